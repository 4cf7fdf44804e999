"""Demanding a charge (調定)."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from engine.fees import FeeQuote
from payments.views import Purpose
from procedures.actors import Actor


def demand(
    session: Session, actor: Actor, now: datetime, application_id: str, purpose: Purpose, quote: FeeQuote, pay_by: date
) -> str:
    """Demand what the frozen quote says, payable until the end of `pay_by` (Tokyo); answers the charge's id."""
    raise NotImplementedError
