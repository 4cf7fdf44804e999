"""Opinions as the office that asked, and the office that was asked, read them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.engine import Row
from sqlalchemy.orm import Session

from engine.lifecycle import FINAL
from procedures.actors import EVERYWHERE, Actor
from procedures.authority import may, offices_where
from procedures.errors import NotFound
from procedures.models import Application, CaseOpinion
from procedures.reading.names import names_of

_opinion, _case = CaseOpinion.__table__, Application.__table__


@dataclass(frozen=True, slots=True)
class Opinion:
    """A question to `office` (its id) and its answer; `by` and `closed_by` are names. `state` as in the table."""

    id: str
    office: str
    question: str
    due_on: date
    by: str
    at: datetime
    state: str
    answer: str | None
    closed_by: str | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that waits for an answer of this person's office."""

    id: str
    reference: str
    digest: str
    office: str
    asked_from: str
    due_on: date
    at: datetime


_OF_CASE = (
    select(_opinion)
    .where(_opinion.c.application_id == bindparam("case_id"))
    .order_by(_opinion.c.asked_at, _opinion.c.id)
)


def opinions_of(session: Session, application_id: str) -> tuple[Opinion, ...]:
    """The opinions of a case, oldest first. The caller has checked that the reader is staff of its office."""
    return _told(session, session.execute(_OF_CASE, {"case_id": application_id}).all())


def may_answer(actor: Actor, office: str) -> bool:
    """Whether this person answers for the office that was asked."""
    return may(actor, "opinion.answer", office)


def asked_of(session: Session, actor: Actor, opinion_id: str) -> Row[Any]:
    """The row of a question to this person's office. Raises `NotFound` for a missing one and for all others'."""
    row = session.execute(select(_opinion).where(_opinion.c.id == opinion_id)).one_or_none()
    if row is None or not may_answer(actor, row.office):
        raise NotFound(opinion_id)
    return row


def to_answer(session: Session, actor: Actor, opinion_id: str) -> tuple[Opinion, str]:
    """A question to this person's office that is open, and the case that may be read for it.

    Raises `NotFound` otherwise: once it is answered, or the case is over, the case is closed to that office again.
    """
    row = asked_of(session, actor, opinion_id)
    status = session.execute(select(_case.c.status).where(_case.c.id == row.application_id)).scalar_one()
    if row.state != "open" or status in FINAL:
        raise NotFound(opinion_id)
    return _told(session, [row])[0], row.application_id


def waiting(session: Session, actor: Actor, limit: int = 100) -> tuple[Waiting, ...]:
    """What waits for an answer of this person's offices, what is due first on top."""
    query = (
        select(_opinion, _case.c.reference, _case.c.digest, _case.c.office.label("asked_from"))
        .join(_case, _case.c.id == _opinion.c.application_id)
        .where(*_open_to(actor), _case.c.status.not_in(FINAL))
        .order_by(_opinion.c.due_on, _opinion.c.asked_at)
        .limit(limit)
    )
    return tuple(
        Waiting(row.id, row.reference, row.digest, row.office, row.asked_from, row.due_on, row.asked_at)
        for row in session.execute(query)
    )


def how_many(session: Session, actor: Actor) -> int:
    """How many questions wait for an answer of this person's offices."""
    query = (
        select(func.count())
        .select_from(_opinion.join(_case, _case.c.id == _opinion.c.application_id))
        .where(*_open_to(actor), _case.c.status.not_in(FINAL))
    )
    return session.execute(query).scalar_one()


def _open_to(actor: Actor) -> list[Any]:
    offices = offices_where(actor, "opinion.answer")
    still = [_opinion.c.state == "open"]
    return still if EVERYWHERE in offices else [*still, _opinion.c.office.in_(offices)]


def _told(session: Session, rows: "list[Row[Any]] | tuple[Row[Any], ...]") -> tuple[Opinion, ...]:
    if not rows:
        return ()
    names = names_of(session, {row.asked_by for row in rows} | {row.closed_by for row in rows})
    return tuple(
        Opinion(
            row.id,
            row.office,
            row.question,
            row.due_on,
            names.get(row.asked_by, row.asked_by),
            row.asked_at,
            row.state,
            row.answer,
            names.get(row.closed_by),
            row.closed_at,
        )
        for row in rows
    )
