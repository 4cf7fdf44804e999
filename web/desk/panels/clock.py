"""The clock of a case: how its day came about."""

from sqlalchemy.orm import Session

from procedures.clock.reading import Clock, clock_of
from procedures.days import tokyo_day
from web.desk.panels import Look


def read(_session: Session, look: Look) -> Clock | None:
    """None for a case without a standard period, or that was not received yet. No statement of its own."""
    return clock_of(look.case.timeline, look.case.due_on, tokyo_day(look.now))
