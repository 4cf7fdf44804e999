"""Whether a stage may be left: everything required is ticked and filled in."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from engine.examining import Missing, filling, missing
from engine.model import Procedure
from procedures.days import tokyo_day
from procedures.examining.entries import Record, record_of
from procedures.reading import casefile


class ExaminationIncomplete(Exception):
    """Something is still to be ticked or filled in before the stage is left."""

    def __init__(self, what: tuple[Missing, ...]) -> None:
        self.missing = what
        super().__init__(f"{len(what)} entries are missing")


def left_to_do(
    procedure: Procedure,
    answers: dict[str, Any],
    record: Record,
    submitted_at: datetime,
    now: datetime,
    role: str,
    *,
    fields: bool = True,
) -> tuple[Missing, ...]:
    """What is missing in the stages of `role`; without `fields`, of the checklist alone."""
    if not asks(procedure):
        return ()
    journey = filling(procedure, answers, record.filled, tokyo_day(submitted_at), tokyo_day(now))
    return tuple(missing(procedure, journey, record.ticked, role, fields=fields))


def asks(procedure: Procedure) -> bool:
    """Whether staff have anything to fill in or tick at all."""
    return procedure.review is not None and bool(procedure.review.clerk_fields or procedure.review.checklist)


def require_complete(
    session: Session, now: datetime, case: Row[Any], procedure: Procedure, role: str, outcome: str
) -> None:
    """Raises `ExaminationIncomplete`. A refusal needs the ticks, but none of the fields."""
    if not asks(procedure):
        return
    answers, record = casefile.submission(session, case.id).answers, record_of(session, case.id, case.round)
    wanted = outcome != "refuse"
    if what := left_to_do(procedure, answers, record, case.submitted_at, now, role, fields=wanted):
        raise ExaminationIncomplete(what)
