"""Telling the applicant: when a refund is approved, when they must act, when it is done, when it failed."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.models import Charge, Payment, Refund
from procedures import notices
from procedures.days import tokyo_day


def tell(session: Session, now: datetime, refund: Refund, kind: notices.Kind) -> None:
    """Queue the notice, once for each refund; nobody is told of a payment that belongs to no case."""
    query = (
        select(Charge.application_id)
        .join(Payment, Payment.charge_id == Charge.id)
        .where(Payment.id == refund.payment_id)
    )
    application_id = session.scalar(query)
    if application_id is None:
        return
    facts: dict[str, str | int] = {"yen": refund.yen}
    if kind == "refund_needs_account" and refund.action_until is not None:
        facts["until"] = tokyo_day(refund.action_until).isoformat()
    notices.queue(session, now, kind, application_id, key=f"{kind}:{refund.id}", **facts)
