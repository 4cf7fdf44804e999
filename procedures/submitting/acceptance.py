"""Whether a procedure takes applications now: its periods, suspensions, and the places of a limit.

A limit counts cases at submission, first come, first served. A case that is withdrawn, lapses, is refused or revoked
gives its place back; one that is approved keeps it.
"""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from engine.lifecycle import Status
from engine.model import Procedure
from engine.rules.acceptance import Standing, next_window, standing, window
from procedures import library
from procedures.days import tokyo_day
from procedures.errors import NotAccepted, NotFound
from procedures.library import InForce
from procedures.models import Intake, Place
from procedures.storing.fixed import Fixed
from procedures.storing.rows import insert_new

GIVE_BACK = frozenset({Status.WITHDRAWN, Status.LAPSED, Status.REFUSED, Status.REVOKED})

_intake, _place = Intake.__table__, Place.__table__
_TAKEN = Fixed(select(_intake.c.taken).where(_intake.c.id == bindparam("intake")))
_TAKE = Fixed(
    update(_intake)
    .where(_intake.c.id == bindparam("intake"), _intake.c.taken < bindparam("most"))
    .values(taken=_intake.c.taken + 1)
)
_ANYWAY = Fixed(update(_intake).where(_intake.c.id == bindparam("intake")).values(taken=_intake.c.taken + 1))
_HOLD = Fixed(insert(_place))
_FREE = Fixed(update(_intake).where(_intake.c.id == bindparam("intake")).values(taken=_intake.c.taken - 1))
_LEAVE = Fixed(delete(_place).where(_place.c.application_id == bindparam("case_id")).returning(_place.c.intake_id))


def look(session: Session, found: InForce, day: date) -> Standing:
    """How it stands on `day` (Tokyo); `left` says how many places of a limit are free."""
    procedure = found.procedure
    stands = standing(procedure.accepts, day)
    if found.suspended and stands.state != "suspended":
        return Standing("suspended")
    limit = procedure.accepts.limit
    if limit is None or stands.state != "open":
        return stands
    row = _TAKEN.one_or_none(session, {"intake": _intake_id(procedure, day)})
    left = limit.number - (row.taken if row else 0)
    return replace(stands, left=left) if left > 0 else full(procedure, stands, day)


def of_draft(session: Session, own: Procedure, day: date) -> Standing:
    """How it stands for a draft of the version `own`: what is in force on `day` counts."""
    return look(session, _in_force(session, own, day), day)


def require(session: Session, found: InForce, day: date) -> None:
    """Raise `NotAccepted` where nobody can apply on `day`."""
    stands = look(session, found, day)
    if stands.state != "open":
        raise NotAccepted(stands)


def take(session: Session, now: datetime, application_id: str, own: Procedure) -> None:
    """Let the case in, and give it a place where they are limited. Raises `NotAccepted`.

    What counts is the version in force today: a draft of an earlier one (`own`) knows nothing of a new deadline.
    """
    day = tokyo_day(now)
    found = _in_force(session, own, day)
    stands = standing(found.procedure.accepts, day)
    if found.suspended or stands.state != "open":
        raise NotAccepted(look(session, found, day))
    limit = found.procedure.accepts.limit
    if limit is None:
        return
    intake = _intake_id(found.procedure, day)
    insert_new(session, Intake.__table__, {"id": intake, "taken": 0}, unique="id")
    if _TAKE.change(session, {"intake": intake, "most": limit.number}) != 1:
        raise NotAccepted(full(found.procedure, stands, day))
    _HOLD.change(session, {"application_id": application_id, "intake_id": intake, "taken_at": now})


def give_back(session: Session, application_id: str) -> None:
    """The case ends without having been accepted: its place, if it holds one, is free again."""
    for row in _LEAVE.all(session, {"case_id": application_id}):
        _FREE.change(session, {"intake": row.intake_id})


def hold_again(session: Session, now: datetime, application_id: str, own: Procedure, submitted_on: date) -> None:
    """A case is taken up again: it has a place as before, also where others have taken all of them meanwhile."""
    if own.accepts.limit is None:
        return
    intake = _intake_id(own, submitted_on)
    if _ANYWAY.change(session, {"intake": intake}) == 1:
        _HOLD.change(session, {"application_id": application_id, "intake_id": intake, "taken_at": now})


def full(procedure: Procedure, stands: Standing, day: date) -> Standing:
    """No place is left on `day`; `opens` is when they are counted anew."""
    limit = procedure.accepts.limit
    opens = next_window(limit, procedure.accepts, day) if limit else None
    return replace(stands, state="full", opens=opens, notice=limit.notice if limit else None, left=0)


def _in_force(session: Session, own: Procedure, day: date) -> InForce:
    try:
        return library.in_force(session, own.id, day)
    except NotFound:
        return InForce(own, suspended=False)


def _intake_id(procedure: Procedure, day: date) -> str:
    limit = procedure.accepts.limit
    return f"{procedure.id}: {window(limit, procedure.accepts, day)}" if limit else procedure.id
