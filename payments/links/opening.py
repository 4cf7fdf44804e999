"""The other person's side of a pay link: what it tells them, and nothing of the applicant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from engine.model.text import Text
from payments.checkouts.attempts import number_is_out
from payments.demands.reading import charges_where, payable
from payments.links.tokens import token_hash
from payments.models import Charge, Checkout, CheckoutCharge, PayLink
from payments.views import ChargeView
from procedures import library
from procedures.errors import NotFound
from procedures.models import Application

AFTERWARDS = timedelta(days=90)
"""So long after the payment the link still shows that it was made, and gives the receipt."""


@dataclass(frozen=True, slots=True)
class PaidByLink:
    """A charge that was paid: its receipt is the payer's. `charge_id` stands in no more than an address."""

    charge_id: str
    yen: int


@dataclass(frozen=True, slots=True)
class SharedCharge:
    """What a link shows: what it is for, how much, until when. No lines: a reduction would tell of the applicant.

    `yen` is all that the case owes now, or what was paid where it owes nothing. `state`: `waiting` to be paid,
    `konbini` while a number is out, `paid`. The ids are for services, not for pages.
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
    paid: tuple[PaidByLink, ...] = ()


def open_link(session: Session, now: datetime, token: str) -> SharedCharge:
    """What the link leads to. Raises `NotFound` for an unknown one, one taken back and one whose time is over alike."""
    query = (
        select(PayLink.id, PayLink.charge_id, Application.reference, Application.digest, Application.owner)
        .add_columns(Charge.application_id)
        .join(Charge, Charge.id == PayLink.charge_id)
        .join(Application, Application.id == Charge.application_id)
        .where(PayLink.token_hash == token_hash(token), PayLink.revoked_at.is_(None))
    )
    found = session.execute(query).one_or_none()
    if found is None:
        raise NotFound(token)
    owed, paid = payable(session, found.application_id, now), _paid(session, now, found)
    if not owed and not paid:
        raise NotFound(token)
    out = number_is_out(session, [charge.id for charge in owed])
    return SharedCharge(
        found.id,
        found.charge_id,
        found.application_id,
        found.owner,
        library.by_digest(session, found.digest).title,
        found.reference or "",
        sum(charge.yen for charge in owed or paid),
        min(charge.due_on for charge in owed or paid),
        "konbini" if out else "waiting" if owed else "paid",
        tuple(PaidByLink(charge.id, charge.yen) for charge in paid),
    )


def _paid(session: Session, now: datetime, link: Row[tuple[str, ...]]) -> Sequence[ChargeView]:
    """What was paid through the link not long ago, and the charge that it was made for, whoever paid it."""
    through = (
        select(CheckoutCharge.charge_id)
        .join(Checkout, Checkout.id == CheckoutCharge.checkout_id)
        .where(Checkout.last_link_id == link.id, Checkout.status == "paid")
    )
    mine = or_(Charge.id == link.charge_id, Charge.id.in_(through))
    return charges_where(session, mine, Charge.status == "paid", Charge.paid_at > now - AFTERWARDS)
