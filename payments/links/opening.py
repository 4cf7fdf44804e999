"""The other person's side of a pay link: what it tells them, and nothing of the applicant."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.model.text import Text
from payments.links.tokens import token_hash
from payments.models import Charge, Checkout, CheckoutCharge, PayLink
from procedures import library
from procedures.errors import NotFound
from procedures.models import Application

AFTERWARDS = timedelta(days=90)
"""So long after the payment the link still shows that it was made, and gives the receipt."""


@dataclass(frozen=True, slots=True)
class SharedCharge:
    """What a link shows: what it is for, how much, until when. No lines: a reduction would tell of the applicant.

    `state`: `waiting` to be paid, `konbini` while a number is out, `paid`. The ids are for services, not for pages.
    """

    link_id: str
    charge_id: str
    application_id: str
    owner: str
    title: Text
    reference: str
    yen: int
    due_on: date
    state: Literal["waiting", "konbini", "paid"]


def open_link(session: Session, now: datetime, token: str) -> SharedCharge:
    """What the link leads to. Raises `NotFound` for an unknown one, one taken back and one whose time is over alike."""
    query = (
        select(PayLink.id, Charge, Application.reference, Application.digest, Application.owner)
        .join(Charge, Charge.id == PayLink.charge_id)
        .join(Application, Application.id == Charge.application_id)
        .where(PayLink.token_hash == token_hash(token), PayLink.revoked_at.is_(None))
    )
    found = session.execute(query).one_or_none()
    if found is None or not _counts(found.Charge, now):
        raise NotFound(token)
    charge = found.Charge
    title = library.by_digest(session, found.digest).title
    state = "paid" if charge.status == "paid" else "konbini" if _number_is_out(session, charge.id) else "waiting"
    return SharedCharge(
        found.id,
        charge.id,
        charge.application_id,
        found.owner,
        title,
        found.reference or "",
        charge.yen,
        charge.due_on,
        state,
    )


def _counts(charge: Charge, now: datetime) -> bool:
    if charge.status == "paid":
        return charge.paid_at is not None and now < charge.paid_at + AFTERWARDS
    return charge.status == "demanded" and now < charge.due_at


def _number_is_out(session: Session, charge_id: str) -> bool:
    query = (
        select(Checkout.id)
        .join(CheckoutCharge, CheckoutCharge.checkout_id == Checkout.id)
        .where(CheckoutCharge.charge_id == charge_id, Checkout.status == "waiting")
        .limit(1)
    )
    return session.execute(query).first() is not None
