"""Reminding of what is to be paid soon: once a charge, while there is still time, never just after the demand."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.models import Charge
from procedures import notices
from procedures.database import Database
from procedures.models import Job

BEFORE = timedelta(days=3)
"""So long before the end of the last day."""
AFTER = timedelta(days=1)
"""Not sooner than this after the demand: that notice is still fresh."""
AT_ONCE = 500
KEY = "reminder:"


def remind(database: Database, now: datetime) -> int:
    """Queue the reminders that are due; answers how many. Doing so again adds none."""
    with database.read() as session:
        due = _due(session, now)
    for charge in due:
        with database.write() as session:
            notices.queue(
                session,
                now,
                "fee_reminder",
                charge.application_id,
                key=KEY + charge.id,
                yen=charge.yen,
                pay_by=charge.due_on.isoformat(),
            )
    return len(due)


def _due(session: Session, now: datetime) -> list[Charge]:
    """Open charges whose last day is near, and of which nobody was reminded."""
    reminded = select(Job.id).where(Job.key == KEY + Charge.id).exists()
    query = (
        select(Charge)
        .where(
            Charge.status == "demanded",
            Charge.due_at > now,
            Charge.due_at <= now + BEFORE,
            Charge.demanded_at <= now - AFTER,
            ~reminded,
        )
        .order_by(Charge.due_at, Charge.id)
        .limit(AT_ONCE)
    )
    return list(session.scalars(query))
