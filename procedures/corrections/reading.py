"""The requests of a case as staff read them, with what was changed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.correcting import Difference, differences
from engine.model import Procedure
from procedures.corrections import extending, kept
from procedures.corrections.extending import Extension
from procedures.corrections.kept import Mark
from procedures.models import CorrectionRequest
from procedures.reading import casefile
from procedures.reading.casefile import Sent
from procedures.reading.names import names_of


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `by` is the clerk's name; `before` is the submission of its `round`.

    `state` is open, answered, taken_back, expired, withdrawn or lapsed; once answered, `changed` says what differs,
    `files` names the files of both rounds by id, and `note` is what the applicant wrote.
    """

    round: int
    words: str
    marks: tuple[Mark, ...]
    by: str
    at: datetime
    due_on: date
    state: str
    closed_at: datetime | None
    note: str | None
    before: Sent
    changed: tuple[Difference, ...]
    files: dict[str, str]
    extensions: tuple[Extension, ...] = ()


def history(session: Session, application_id: str, procedure: Procedure) -> tuple[Request, ...]:
    """Every request of a case, oldest first. The caller has checked that the reader may see the case."""
    query = select(CorrectionRequest).where(CorrectionRequest.application_id == application_id)
    rows = session.execute(query.order_by(CorrectionRequest.round, CorrectionRequest.requested_at)).scalars().all()
    if not rows:
        return ()
    rounds = casefile.rounds(session, application_id)
    names = names_of(session, (row.requested_by for row in rows))
    granted = extending.of_requests(session, (row.id for row in rows))
    return tuple(
        replace(
            _request(session, row, procedure, rounds, names.get(row.requested_by, "")),
            extensions=granted.get(row.id, ()),
        )
        for row in rows
    )


def until(session: Session, application_ids: Iterable[str]) -> dict[str, date]:
    """By when the applicants of these cases are to answer, where they are."""
    wanted = list(application_ids)
    if not wanted:
        return {}
    query = select(CorrectionRequest.application_id, CorrectionRequest.due_on).where(
        CorrectionRequest.application_id.in_(wanted), CorrectionRequest.state == "open"
    )
    return {row.application_id: row.due_on for row in session.execute(query)}


def _request(
    session: Session, row: CorrectionRequest, procedure: Procedure, rounds: dict[int, Sent], by: str
) -> Request:
    before = rounds[row.round]
    after = rounds[row.round + 1] if row.state == "answered" else before
    return Request(
        round=row.round,
        words=row.words,
        marks=kept.marks_of(session, row.id),
        by=by,
        at=row.requested_at,
        due_on=row.due_on,
        state=row.state,
        closed_at=row.closed_at,
        note=row.note,
        before=before,
        changed=differences(procedure, before.answers, after.answers),
        files={file.id: file.name for file in (*before.files, *after.files)},
    )
