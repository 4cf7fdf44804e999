"""Whose receipt it is: the side from which the charge was paid, the applicant's or the one of a pay link."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.links.opening import AFTERWARDS
from payments.models import Charge, Checkout, CheckoutCharge, PayLink


def payer_link(session: Session, now: datetime, charge: Charge) -> str | None:
    """The link through which it was paid; None where it was the applicant.

    The holder of a link has `AFTERWARDS` to ask for the receipt, unless the applicant takes the link back; later it is
    the applicant's.
    """
    query = (
        select(Checkout.last_link_id)
        .join(PayLink, PayLink.id == Checkout.last_link_id)
        .join(CheckoutCharge, CheckoutCharge.checkout_id == Checkout.id)
        .where(CheckoutCharge.charge_id == charge.id, Checkout.status == "paid", PayLink.revoked_at.is_(None))
        .limit(1)
    )
    over = charge.paid_at is None or now >= charge.paid_at + AFTERWARDS
    return None if over else session.execute(query).scalar_one_or_none()
