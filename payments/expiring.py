"""Corrections that nobody sent in time: ended as the procedure says, with a person told of money that was paid."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.lifecycle import Status
from payments.endings import withdraw_charges
from payments.leftovers import note_paid
from procedures.corrections import overdue
from procedures.database import Database
from procedures.models import Application

AT_ONCE = 100


def expire(database: Database, now: datetime) -> int:
    """End what is overdue, in portions; answers how many. Doing so again changes nothing."""
    total, found = 0, AT_ONCE
    while found == AT_ONCE:
        with database.write() as session:
            found = _portion(session, now)
        total += found
    return total


def remind(database: Database, now: datetime) -> int:
    """Remind those whose day is near, in portions; answers how many were looked at."""
    total, found = 0, AT_ONCE
    while found == AT_ONCE:
        with database.write() as session:
            found = overdue.remind(session, now, AT_ONCE)
        total += found
    return total


def _portion(session: Session, now: datetime) -> int:
    ended = overdue.expire(session, now, AT_ONCE)
    lapsed = select(Application.id).where(Application.id.in_(ended), Application.status == Status.LAPSED)
    for application_id in session.scalars(lapsed).all() if ended else ():
        withdraw_charges(session, now, application_id)
        note_paid(session, now, application_id, "lapsed")
    return len(ended)
