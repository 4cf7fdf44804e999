"""What waits for finance: money that does not match, and money that has not gone back yet."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.models import Discrepancy, Refund
from payments.today import WAITING_REFUNDS
from procedures.morning.concerns import Concern, Offices


def discrepancies(session: Session, _now: datetime, _offices: Offices) -> int:
    """What nobody has resolved."""
    return session.execute(select(func.count(Discrepancy.id)).where(Discrepancy.resolved_at.is_(None))).scalar_one()


def refunds(session: Session, _now: datetime, _offices: Offices) -> int:
    """Refunds whose money has not reached the payer."""
    return session.execute(select(func.count(Refund.id)).where(Refund.status.in_(WAITING_REFUNDS))).scalar_one()


CONCERNS = (
    Concern("discrepancies", "finance", "finance/discrepancies", discrepancies),
    Concern("refunds", "finance", "finance/refunds", refunds),
)
