"""What of a charge was given back, as far as its receipt has to say so."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.models import Charge, Refund, RefundPart


def given_back(session: Session, charge_id: str, until: datetime | None = None) -> int:
    """What of a charge was given back (confirmed), in yen; up to and including the moment `until`."""
    query = (
        select(func.sum(RefundPart.yen))
        .join(Refund, Refund.id == RefundPart.refund_id)
        .where(RefundPart.charge_id == charge_id, Refund.status == "confirmed")
    )
    if until is not None:
        query = query.where(Refund.confirmed_at <= until)
    return session.scalar(query) or 0


def is_given_back(session: Session, charge: Charge) -> bool:
    """Whether all of it went back: there is nothing to receipt any more."""
    return given_back(session, charge.id) >= charge.yen


def unchanged_since(session: Session, charge_id: str, moment: datetime) -> bool:
    """Whether nothing was given back since: a copy from then still says what is so."""
    return given_back(session, charge_id) == given_back(session, charge_id, moment)
