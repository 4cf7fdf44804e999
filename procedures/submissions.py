"""Submitting: the whole checked again, priced, and frozen for ever."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine import fees, routing
from engine.fees import FeeQuote
from engine.journey import Journey, walk
from engine.lifecycle import Event, Fact, Status, Who
from engine.model import Procedure
from engine.references import new_reference
from engine.validation import check_submission
from procedures import library, lifecycle, notices
from procedures.actors import Actor
from procedures.amending.versions import open_to_drafts
from procedures.continuing.forgetting import forget_typed
from procedures.days import tokyo_day
from procedures.errors import AlreadySubmitted, NotAccepted, NotComplete, NotFound, StaleDraft, VersionClosed
from procedures.keyring.owned import of
from procedures.mandates import acting
from procedures.models import Application, Draft
from procedures.searching.remembering import remember
from procedures.storing import answers as stored
from procedures.storing.fixed import Fixed
from procedures.submitting import acceptance, applicants
from procedures.submitting import files as named_files
from procedures.submitting.freezing import Contents, freeze
from procedures.waiving import asking
from procedures.waiving.waiting import decide_by

_TRIES = 8

_application, _draft = Application.__table__, Draft.__table__

# Fixed statements: putting one together anew costs several times what running it does.
_READ = Fixed(
    select(_application.c.id, _application.c.digest, _application.c.round, _draft.c.answers, _draft.c.revision)
    .select_from(_application.join(_draft))
    .where(_application.c.id == bindparam("case_id"))
    .with_for_update(of=_draft)
)
_CLOSE = Fixed(update(_draft).where(_draft.c.application_id == bindparam("case_id")).values(revision=bindparam("next")))
_WITH_REFERENCE = _application.alias()
_SUBMIT = Fixed(
    update(_application)
    .where(
        _application.c.id == bindparam("case_id"),
        ~exists().where(_WITH_REFERENCE.c.reference == bindparam("number")),
    )
    .values(
        reference=bindparam("number"),
        round=bindparam("new_round"),
        submitted_at=bindparam("moment"),
        language=bindparam("spoken"),
        office=bindparam("bureau_office"),
        contact_email=bindparam("address"),
    )
)


@dataclass(frozen=True, slots=True)
class Submitted:
    """The result. `quote` is the frozen price (None: free of charge); `pay_by` is set when it is due now.

    Without one a case that awaits its fee waits for a decision on a reduction.
    """

    application_id: str
    reference: str
    status: Status
    quote: FeeQuote | None
    pay_by: date | None


def submit(session: Session, actor: Actor, now: datetime, application_id: str, revision: int, seen: str) -> Submitted:
    """Submit the draft at `revision`; `seen` is what the resident saw and agreed to.

    Raises `NotFound`, `AlreadySubmitted`, `StaleDraft`, `VersionClosed`, `NotComplete`, `NotAccepted`,
    `SignInRequired`, `AssuranceTooLow`, `MandateMissing`, and engine's `NoRate`/`UnknownFee` (a stop, never 0 yen) and
    `NoOffice` (a stop, never a guess).
    """
    case = _own_draft(session, actor, application_id, revision)
    procedure = library.by_digest(session, case.digest)
    contact = applicants.check(session, actor, procedure)
    today = tokyo_day(now)
    represented = acting.require(session, actor, procedure, application_id, today)
    _require_open_version(session, procedure, today)
    journey, files = _checked(session, application_id, procedure, stored.unpack(case.answers), today)
    acceptance.take(session, now, application_id, procedure)
    quote = fees.quote(procedure, journey, today)
    routing.standard_days(procedure, journey)  # asked again when it is received; without one there is no submitting
    who = applicants.described(actor, represented)
    contents = Contents(journey.answers, quote, [*files, *acting.papers(represented)], seen, actor.language, who)
    forget_typed(session, application_id)
    freeze(session, now, case, contents)
    waiting = asking.take(session, actor, now, application_id, case.round + 1, procedure, quote)
    pay_by = None if waiting else _pay_by(procedure, journey, quote, today)
    columns = {
        "case_id": application_id,
        "new_round": case.round + 1,
        "moment": now,
        "spoken": actor.language,
        "bureau_office": routing.office_of(procedure, journey) or procedure.bureau,
        "address": of(application_id, applicants.contact_email(procedure, journey.answers) or contact),
    }
    reference = _give_reference(session, columns)
    remember(session, application_id, procedure, reference, journey.answers, who)
    status = lifecycle.apply(
        session,
        actor,
        now,
        application_id,
        Event.SUBMIT,
        who=Who.APPLICANT,
        facts=[Fact.FEE_DUE] if pay_by or (waiting and _due_now(procedure)) else [],
    )
    if waiting and status is Status.AWAITING_FEE:
        until = decide_by(session, [application_id])[application_id]
        notices.queue(session, now, "waiver_asked", application_id, until=until.isoformat())
    if pay_by and quote:
        notices.queue(session, now, "fee_due", application_id, yen=quote.total, pay_by=pay_by.isoformat())
    return Submitted(application_id, reference, status, quote, pay_by)


def _own_draft(session: Session, actor: Actor, application_id: str, revision: int) -> Row[Any]:
    """Case and draft, both locked. A save that waits for the lock finds another revision and is told."""
    case = lifecycle.lock(session, application_id)
    if case.owner != actor.owner_key:
        raise NotFound(application_id)
    if case.status != Status.DRAFT:
        raise AlreadySubmitted(case.status, case.reference)
    [row] = _READ.all(session, {"case_id": application_id})
    if row.revision != revision:
        raise StaleDraft(row.revision)
    _CLOSE.change(session, {"case_id": application_id, "next": revision + 1})
    return row


def _require_open_version(session: Session, procedure: Procedure, today: date) -> None:
    """Raise `VersionClosed`; where nobody can apply just now, `NotAccepted` before that."""
    if open_to_drafts(session, procedure, today) is procedure:
        return
    standing = acceptance.of_draft(session, procedure, today)
    if standing.state != "open":
        raise NotAccepted(standing)
    raise VersionClosed


def _checked(
    session: Session, application_id: str, procedure: Procedure, answers: Mapping[str, Any], today: date
) -> tuple[Journey, list[dict[str, Any]]]:
    """The path through these answers and the files they name. Raises `NotComplete`."""
    journey = walk(procedure, answers, today)
    failures = check_submission(procedure, journey.answers, today)
    files, missing = named_files.collect(session, application_id, procedure, journey.answers)
    if failures or missing:
        raise NotComplete([*failures, *missing])
    return journey, files


def _pay_by(procedure: Procedure, journey: Journey, quote: FeeQuote | None, today: date) -> date | None:
    if quote is None or quote.total == 0 or not _due_now(procedure):
        return None
    return fees.pay_by(procedure, journey, today)


def _due_now(procedure: Procedure) -> bool:
    return procedure.fees is not None and procedure.fees.due == "submission"


def _give_reference(session: Session, columns: dict[str, Any]) -> str:
    """Write the columns with a short number for people; one that is taken is drawn again.

    Should two cases draw the same in the same instant, the UNIQUE column refuses the second, and it draws again.
    """
    for _ in range(_TRIES):
        reference = new_reference(os.urandom(8))
        if _written(session, {**columns, "number": reference}):
            return reference
    raise RuntimeError("no free reference was found")


def _written(session: Session, columns: dict[str, Any]) -> bool:
    """Whether the case has its number. What a database refuses is undone back to here, not to the beginning."""
    try:
        with session.connection().begin_nested():
            return _SUBMIT.change(session, columns) == 1
    except IntegrityError as error:
        if "reference" not in str(error.orig):
            raise
        return False
