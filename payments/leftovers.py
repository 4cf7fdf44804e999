"""Money of a case that went another way after it was paid: it stays where it is, and a person is told."""

from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.discrepancies import note
from payments.models import Charge, Payment, PaymentShare

Ending = Literal["withdrawn", "lapsed", "refused", "revoked", "reopened"]


def note_paid(session: Session, now: datetime, application_id: str, ending: Ending) -> None:
    """The case ended by its applicant, by time or by a decision; whether a fee goes back, office and finance decide.

    Taken up again, it may have been given back already: whether it is to be paid once more, they decide as well.
    """
    query = select(Charge.id, Charge.yen).where(Charge.application_id == application_id, Charge.status == "paid")
    for charge in session.execute(query).all():
        subject = _payment_of(session, charge.id)
        note(session, now, f"paid_and_{ending}", subject, ending, str(charge.yen), charge.id)


def issue_fee_paid(session: Session, application_id: str) -> bool:
    """Whether the fee for the issue was paid in an earlier turn of the case, so that it is not demanded twice."""
    query = select(Charge.id).where(
        Charge.application_id == application_id, Charge.purpose == "approval", Charge.status == "paid"
    )
    return session.execute(query).first() is not None


def _payment_of(session: Session, charge_id: str) -> str:
    """The provider's id of what paid the charge; the charge's own where there is none."""
    query = (
        select(Payment.payment_id)
        .join(PaymentShare, PaymentShare.payment_id == Payment.id)
        .where(PaymentShare.charge_id == charge_id, Payment.state == "settled")
    )
    return session.scalar(query) or charge_id
