"""What waits for finance: money that does not match, and money that has not gone back yet."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.keeping import HOLDS
from payments.models import Discrepancy, Refund
from payments.today import WAITING_REFUNDS
from procedures.keeping.due import held
from procedures.morning.concerns import Concern, Offices

MOST = 100
"""Cases that are counted: it is not looked for more."""


def discrepancies(session: Session, _now: datetime, _offices: Offices) -> int:
    """What nobody has resolved."""
    return session.execute(select(func.count(Discrepancy.id)).where(Discrepancy.resolved_at.is_(None))).scalar_one()


def refunds(session: Session, _now: datetime, _offices: Offices) -> int:
    """Refunds whose money has not reached the payer."""
    return session.execute(select(func.count(Refund.id)).where(Refund.status.in_(WAITING_REFUNDS))).scalar_one()


def kept_for_money(session: Session, now: datetime, _offices: Offices) -> int:
    """Cases whose time is over and that cannot be erased while something about their money is open."""
    return len(held(session, now, MOST, HOLDS))


CONCERNS = (
    Concern("discrepancies", "finance", "finance/discrepancies", discrepancies),
    Concern("refunds", "finance", "finance/refunds", refunds),
    Concern("held", "finance", "finance", kept_for_money),
)
