"""Finding charges by what finance has in hand: a reference, a name, an amount, a number of provider or receipt."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import ColumnElement, Select, func, or_, select, union
from sqlalchemy.orm import Session

from engine.digits import LARGEST_SHORT, whole
from engine.references import normalise
from payments.days import end_of, start_of
from payments.demands.reading import charges_where
from payments.models import (
    Charge,
    Checkout,
    CheckoutCharge,
    Payment,
    PaymentShare,
    ProviderEvent,
    ProviderTransaction,
    Receipt,
)
from payments.views import ChargeView
from procedures.models import Application

Sort = Literal["reference", "amount", "receipt", "provider", "payer"]
STATUSES = ("demanded", "paid", "lapsed", "cancelled")
LIKE = str.maketrans({"%": r"\%", "_": r"\_", "\\": r"\\"})
SPACES = (" ", "\u3000")
PROVIDERS = re.compile(r"[a-z]{2,5}_[A-Za-z0-9_-]+", re.ASCII)
"""How the provider's numbers begin: pi_, ch_, py_, cs_, txn_, re_, evt_ and so on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is looked for. `text` is anything; `since` and `until` are days of the demand, both included."""

    text: str = ""
    status: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of charges, the newest first, and what all of them sum up to; `sorts` is what `text` was taken for."""

    charges: Sequence[ChargeView]
    count: int
    yen: int
    sorts: tuple[Sort, ...]


def search(session: Session, wanted: Search, limit: int | None, skip: int = 0) -> Found:
    """Charges that meet all that is asked for; the text may be taken for several things at once."""
    ways = dict(_ways(wanted.text.strip()))
    conditions = [*_spans(wanted)]
    if ways:
        conditions.append(Charge.id.in_(union(*ways.values())))
    query = select(func.count(), func.coalesce(func.sum(Charge.yen), 0)).where(*conditions)
    count, yen = session.execute(query).one()
    page = select(Charge.id).where(*conditions).order_by(Charge.demanded_at.desc(), Charge.id.desc())
    ids = session.scalars(page.limit(limit).offset(skip)).all()
    place = {charge_id: number for number, charge_id in enumerate(ids)}
    charges = sorted(charges_where(session, Charge.id.in_(ids)), key=lambda charge: place[charge.id])
    return Found(charges, count, int(yen), tuple(ways))


def _spans(wanted: Search) -> Iterator[ColumnElement[bool]]:
    if wanted.status in STATUSES:
        yield Charge.status == wanted.status
    if wanted.since:
        yield Charge.demanded_at >= start_of(wanted.since)
    if wanted.until:
        yield Charge.demanded_at < end_of(wanted.until)


def _ways(text: str) -> Iterator[tuple[Sort, Select[tuple[str]]]]:
    """What the text can be, each as the charges it then means."""
    if not text:
        return
    plain = unicodedata.normalize("NFKC", text)
    if reference := normalise(text):
        cases = select(Application.id).where(Application.reference == reference)
        yield "reference", select(Charge.id).where(Charge.application_id.in_(cases))
    amount = re.sub(r"[,、\s円¥]", "", plain)
    if yen := whole(amount, LARGEST_SHORT):
        yield "amount", select(Charge.id).where(Charge.yen == yen)
    yield "receipt", select(Receipt.charge_id).where(Receipt.number == plain)
    if PROVIDERS.fullmatch(plain):
        yield "provider", _of_provider(plain)
    else:
        yield "payer", _of_payer(text)


def _of_payer(text: str) -> Select[tuple[str]]:
    """Names that contain the text, wherever spaces stand. Characters are compared as they were written."""
    name = Charge.payer
    for space in SPACES:
        name, text = func.replace(name, space, ""), text.replace(space, "")
    return select(Charge.id).where(name.like(f"%{text.translate(LIKE)}%", escape="\\"))


def _of_provider(number: str) -> Select[tuple[str]]:
    """Charges that a number of the provider has to do with: of a payment, a pay page, a movement, a notice."""
    sessions = select(ProviderEvent.checkout_session_id).where(
        or_(ProviderEvent.event_id == number, ProviderEvent.object_id == number)
    )
    moved = select(ProviderTransaction.payment_id).where(
        or_(ProviderTransaction.transaction_id == number, ProviderTransaction.source_id == number)
    )
    named = (Payment.payment_id, Payment.provider_charge_id, Payment.transaction_id, Payment.session_id)
    payments = select(Payment.id).where(
        or_(*(column == number for column in named), Payment.payment_id.in_(moved), Payment.session_id.in_(sessions))
    )
    checkouts = select(Checkout.id).where(or_(Checkout.session_id == number, Checkout.session_id.in_(sessions)))
    return select(Charge.id).where(
        or_(
            Charge.id.in_(select(Payment.charge_id).where(Payment.id.in_(payments))),
            Charge.id.in_(select(PaymentShare.charge_id).where(PaymentShare.payment_id.in_(payments))),
            Charge.id.in_(select(CheckoutCharge.charge_id).where(CheckoutCharge.checkout_id.in_(checkouts))),
        )
    )
