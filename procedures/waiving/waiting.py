"""Which cases wait for somebody to decide on a reduction, and whether that is before their fee is demanded."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from engine.lifecycle import Event, Fact, Status
from procedures.models import StatusHistory, WaiverRequest
from procedures.storing.fixed import Fixed

_table, _history = WaiverRequest.__table__, StatusHistory.__table__
IS_WAITING = or_(_table.c.state == "open", _table.c.state == "proposed")
"""Somebody has still to decide."""
_ANY = Fixed(select(_table.c.id).where(_table.c.application_id == bindparam("case_id"), IS_WAITING).limit(1))
_ASKED_FROM = Fixed(
    select(_history.c.source)
    .where(_history.c.application_id == bindparam("case_id"), _history.c.event == Event.REQUEST_CORRECTION.value)
    .order_by(_history.c.id.desc())
    .limit(1)
)
CASES = select(_table.c.application_id).where(IS_WAITING)
"""The cases that wait, as a SELECT to look into."""


def waits(session: Session, application_id: str) -> bool:
    """Whether a reduction of the case waits to be decided."""
    return _ANY.one_or_none(session, {"case_id": application_id}) is not None


def decide_by(session: Session, application_ids: Iterable[str]) -> dict[str, date]:
    """By when those of these cases that wait are to be decided."""
    wanted = list(application_ids)
    if not wanted:
        return {}
    query = select(_table.c.application_id, func.min(_table.c.decide_by)).where(
        _table.c.application_id.in_(wanted), IS_WAITING
    )
    return {row[0]: row[1] for row in session.execute(query.group_by(_table.c.application_id))}


def before_the_fee(session: Session, application_id: str, status: Status) -> list[Fact]:
    """`Fact.FEE_UNDECIDED` while the fee waits for a reduction: also for a correction that was asked for meanwhile."""
    if status is Status.CORRECTION_REQUESTED:
        found = _ASKED_FROM.one_or_none(session, {"case_id": application_id})
        undecided = found is not None and found.source == Status.AWAITING_FEE
    else:
        undecided = status is Status.AWAITING_FEE and waits(session, application_id)
    return [Fact.FEE_UNDECIDED] if undecided else []
