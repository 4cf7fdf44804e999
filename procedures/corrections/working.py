"""The applicant's side of an open request: what may be changed, and the working copy."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from engine import fees
from engine.correcting import Corrected, Place, correct, covered, put_at, value_at
from engine.fees import FeeQuote
from engine.lifecycle import Status
from engine.model import Procedure
from procedures import library, lifecycle
from procedures.actors import Actor
from procedures.corrections import kept
from procedures.corrections.kept import Mark
from procedures.days import tokyo_day
from procedures.errors import NoCorrection, NotFound, StaleDraft
from procedures.keyring.owned import of
from procedures.models import Application, CorrectionRequest
from procedures.reading import casefile
from procedures.reading.casefile import Sent
from procedures.waiving.pricing import after_decisions, granted
from procedures.waiving.waiting import before_the_fee


@dataclass(frozen=True, slots=True)
class Working:
    """An open request as its applicant works on it.

    `before` is the submission to be corrected, on `day` (Tokyo); `corrected` is it with the `changes` so far.
    `office_due_on` is the last day of the standard period, which stands still since `requested_at`. `granted` is what
    was decided on reductions; `undemanded`: no fee was demanded yet, because one is still to be decided.
    """

    id: str
    application_id: str
    reference: str
    procedure: Procedure
    words: str
    marks: tuple[Mark, ...]
    requested_at: datetime
    due_on: date
    office_due_on: date | None
    before: Sent
    day: date
    changes: dict[Place, Any]
    corrected: Corrected
    revision: int
    granted: dict[str, int]
    undemanded: bool

    @property
    def price_before(self) -> FeeQuote | None:
        """What the submission costs that is to be corrected."""
        return after_decisions(self.procedure, self.before.answers, self.before.quote, self.day, self.granted)

    def price_after(self) -> FeeQuote | None:
        """What it costs with the changes so far. Raises engine's `NoRate` and `UnknownFee`."""
        return fees.quote(self.procedure, self.corrected.journey, self.day, self.granted)

    def changed(self, place: Place, answer: Any) -> dict[Place, Any]:
        """The changes with `answer` put at `place` (ABSENT: none). Raises `NotFound` where nothing may be changed."""
        root = next((root for root in self.corrected.roots if covered(place, {root})), None)
        if root is None:
            raise NotFound(self.application_id)
        whole = put_at(value_at(self.corrected.given, root), place[len(root) :], answer)
        changes = {other: value for other, value in self.changes.items() if other != root}
        return changes if whole == value_at(self.before.answers, root) else {**changes, root: whole}

    def tried(self, changes: dict[Place, Any]) -> Corrected:
        """The submission with these changes put in."""
        marks = [mark.place for mark in self.marks]
        return correct(self.procedure, self.before.answers, marks, changes, self.day)

    def why(self, place: Place) -> tuple[str, ...]:
        """What the office wrote about this place, or about something in it."""
        return tuple(mark.why for mark in self.marks if covered(mark.place, {place}))


def open_request(session: Session, actor: Actor, application_id: str) -> Working:
    """The open request of one's own case. Raises `NotFound` for a missing case and another's, `NoCorrection`."""
    query = select(Application).where(Application.id == application_id, Application.owner == actor.owner_key)
    case = session.execute(query).scalar_one_or_none()
    if case is None:
        raise NotFound(application_id)
    return working_on(session, case)


def save(
    session: Session, actor: Actor, now: datetime, application_id: str, place: Place, answer: Any, revision: int
) -> int:
    """Keep the new answer at `place` (ABSENT: none); returns the next revision.

    Raises `NotFound` (also for a place that may not be changed), `NoCorrection`, `StaleDraft`.
    """
    work = locked_request(session, actor, application_id)
    if work.revision != revision:
        raise StaleDraft(work.revision)
    changes = work.changed(place, answer)
    this = update(CorrectionRequest).where(CorrectionRequest.id == work.id)
    session.execute(this.values(changes=of(application_id, kept.pack(changes)), changed_at=now, revision=revision + 1))
    return revision + 1


def locked_request(session: Session, actor: Actor, application_id: str) -> Working:
    """As `open_request`, with the case locked: for whoever reads, judges and saves in one transaction."""
    return working_on(session, locked_own(session, actor, application_id))


def locked_own(session: Session, actor: Actor, application_id: str) -> Row[Any]:
    """The actor's case, locked: whoever closes the request waits, or was first."""
    case = lifecycle.lock(session, application_id)
    if case.owner != actor.owner_key:
        raise NotFound(application_id)
    return case


def working_on(session: Session, case: Row[Any] | Application) -> Working:
    """The open request of a case. Raises `NoCorrection`."""
    row = kept.open_of(session, case.id)
    if row is None:
        raise NoCorrection(case.status)
    procedure = library.by_digest(session, case.digest)
    marks, changes = kept.marks_of(session, row.id), kept.unpack(row.changes)
    before, day = casefile.submission(session, case.id), tokyo_day(case.submitted_at)
    corrected = correct(procedure, before.answers, [mark.place for mark in marks], changes, day)
    return Working(
        id=row.id,
        application_id=case.id,
        reference=case.reference or "",
        procedure=procedure,
        words=row.words,
        marks=marks,
        requested_at=row.requested_at,
        due_on=row.due_on,
        office_due_on=case.due_on,
        before=before,
        day=day,
        changes=changes,
        corrected=corrected,
        revision=row.revision,
        granted=granted(session, case.id),
        undemanded=bool(before_the_fee(session, case.id, Status(case.status))),
    )
