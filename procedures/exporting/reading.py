"""The cases of a filtered queue, portion by portion, each in a short transaction of its own.

So a slow download holds no transaction open, and the memory that it takes does not grow with the queue.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.lifecycle import Status
from engine.model import Procedure
from procedures import library
from procedures.actors import Actor
from procedures.correspondence.reading import waiting_since
from procedures.database import Database
from procedures.keyring.live import current
from procedures.models import Application, Submission
from procedures.people import offices
from procedures.reading import queues
from procedures.reading.names import names_of
from procedures.reading.queues import QueueFilter
from procedures.storing import answers as stored

A_PORTION = 500
MOST = 100_000
"""Cases of one export."""


@dataclass(frozen=True, slots=True)
class Exported:
    """One case of an export; `answers` are of the newest submission, empty where none were asked for."""

    application_id: str
    reference: str
    procedure: Procedure
    status: Status
    office: str
    assignee: str
    language: str
    round: int
    submitted_at: datetime
    changed_at: datetime
    due_on: date | None
    answers: Mapping[str, Any]


def count(session: Session, actor: Actor, filters: QueueFilter) -> int:
    """How many cases the filter finds; one more than `MOST` stands for all above."""
    found = select(Application.id).where(queues.matching(actor, filters)).limit(MOST + 1)
    return session.execute(select(func.count()).select_from(found.subquery())).scalar_one()


def portions(
    database: Database, actor: Actor, filters: QueueFilter, *, with_answers: bool, language: str
) -> Iterator[list[Exported]]:
    """At most `MOST` cases in the order of the queue. Who joins or leaves it meanwhile repeats nobody."""
    left, wanted = MOST, replace(filters, place=None)
    while left > 0:
        wanted = replace(wanted, limit=min(A_PORTION, left))
        with database.read() as session:
            rows = session.execute(queues.rows(actor, wanted)).scalars().all()
            if not rows:
                return
            found = _exported(session, rows, language, with_answers=with_answers)
            since = waiting_since(session, [rows[-1].id]) if filters.scope == "message" else {}
            place = queues.ordering(filters).place_of(rows[-1], since.get(rows[-1].id))
        yield found
        left -= len(rows)
        if len(rows) < wanted.limit:
            return
        wanted = replace(wanted, place=place)


def _exported(session: Session, rows: Sequence[Application], language: str, *, with_answers: bool) -> list[Exported]:
    names = names_of(session, (row.claimed_by for row in rows))
    places = offices.names_of(session, (row.office for row in rows if row.office), language)
    answers = _answers(session, rows) if with_answers else {}
    return [
        Exported(
            row.id,
            row.reference or "",
            library.by_digest(session, row.digest),
            Status(row.status),
            places.get(row.office or "", row.office or ""),
            names.get(row.claimed_by or "", ""),
            row.language,
            row.round,
            row.submitted_at or row.created_at,
            row.status_changed_at,
            row.due_on,
            answers.get(row.id, {}),
        )
        for row in rows
    ]


def _answers(session: Session, rows: Sequence[Application]) -> dict[str, dict[str, Any]]:
    current().meet(row.id for row in rows)
    newest = (Submission.application_id == Application.id) & (Submission.round == Application.round)
    query = select(Submission.application_id, Submission.answers).join(Application, newest)
    found = session.execute(query.where(Application.id.in_([row.id for row in rows])))
    return {row.application_id: stored.unpack(row.answers) for row in found}
