"""Reminding of what is to be paid soon: once a charge and one mail a case, in time, never just after the demand."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.demands.reading import payable
from payments.models import Charge
from payments.settlement.judging import WAITS_FOR
from procedures import notices
from procedures.database import Database
from procedures.models import Job

BEFORE = timedelta(days=3)
"""So long before the end of the last day; and no case is reminded twice within it."""
AFTER = timedelta(days=1)
"""Not sooner than this after the demand: that notice is still fresh."""
AT_ONCE = 500
KEY = "reminder:"


def remind(database: Database, now: datetime) -> int:
    """Queue the reminders that are due; answers how many. Doing so again adds none."""
    with database.read() as session:
        due = _due(session, now)
    return sum(_remind(database, now, application_id, first) for application_id, first in due.items())


def _due(session: Session, now: datetime) -> dict[str, str]:
    """By case, the first of its open charges whose last day is near, and of which nobody was reminded."""
    reminded = select(Job.id).where(Job.key == KEY + Charge.id).exists()
    query = (
        select(Charge.application_id, Charge.id)
        .where(
            Charge.status == "demanded",
            Charge.due_at > now,
            Charge.due_at <= now + BEFORE,
            Charge.demanded_at <= now - AFTER,
            ~reminded,
        )
        .order_by(Charge.due_at.desc(), Charge.id.desc())
        .limit(AT_ONCE)
    )
    return {row.application_id: row.id for row in session.execute(query)}


def _remind(database: Database, now: datetime, application_id: str, first: str) -> bool:
    """One mail with all that the case owes: so a charge whose own day comes soon after needs no other."""
    with database.write() as session:
        owed = payable(session, application_id, now)
        if first not in {charge.id for charge in owed} or _just_reminded(session, now, (one.id for one in owed)):
            return False
        kind = "fee_reminder" if any(charge.purpose in WAITS_FOR for charge in owed) else "difference_reminder"
        facts = {
            "yen": sum(charge.yen for charge in owed),
            "pay_by": min(charge.due_on for charge in owed if charge.due_at > now).isoformat(),
        }
        notices.queue(session, now, kind, application_id, key=KEY + first, **facts)
    return True


def _just_reminded(session: Session, now: datetime, charge_ids: Iterable[str]) -> bool:
    keys = [KEY + charge_id for charge_id in charge_ids]
    query = select(Job.id).where(Job.key.in_(keys), Job.created_at > now - BEFORE).limit(1)
    return session.execute(query).first() is not None
