"""How long a message may be, how many a day, and until when one may write."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.lifecycle import FINAL, Status
from procedures.days import TOKYO, tokyo_day
from procedures.models import CaseMessage

APPLICANT, OFFICE = "applicant", "office"
LONGEST = 4_000
"""Characters of one message."""
A_DAY = 20
"""Messages that each side may write about one case on a day (Tokyo)."""
AFTERWARDS = timedelta(days=90)
"""How long an applicant may still write once the case is over, or after the office wrote last."""


def open_until(session: Session, application_id: str, status: Status, changed_at: datetime) -> datetime | None:
    """Until when the applicant may write; None while the case goes on."""
    if status not in FINAL:
        return None
    newest = select(func.max(CaseMessage.at)).where(
        CaseMessage.application_id == application_id, CaseMessage.side == OFFICE
    )
    return max(changed_at, session.execute(newest).scalar_one() or changed_at) + AFTERWARDS


def written_today(session: Session, now: datetime, application_id: str, side: str) -> int:
    """How many messages this side wrote about the case today."""
    midnight = datetime.combine(tokyo_day(now), datetime.min.time(), TOKYO)
    query = select(func.count()).where(
        CaseMessage.application_id == application_id, CaseMessage.side == side, CaseMessage.at >= midnight
    )
    return session.execute(query).scalar_one()
