"""One charge with everything that happened to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from payments.demands.reading import charges_where
from payments.discrepancies import discrepancies_where
from payments.models import (
    Charge,
    Checkout,
    CheckoutCharge,
    Discrepancy,
    LedgerPosting,
    Payment,
    PaymentShare,
    ProviderEvent,
)
from payments.postings import postings_where
from payments.views import ChargeView, DiscrepancyView, PostingView
from procedures.errors import NotFound


@dataclass(frozen=True, slots=True)
class CheckoutView:
    """One attempt to pay: `status` opening, open, waiting (konbini), paid, expired; `session_id` is the provider's."""

    attempt: int
    session_id: str | None
    status: str
    opened_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class EventView:
    """One webhook that arrived."""

    id: str
    kind: str
    received_at: datetime
    handled_at: datetime | None


@dataclass(frozen=True, slots=True)
class PaymentView:
    """Money that the provider took; the three dates of DESIGN §4 are kept apart.

    `share_yen` is what this charge got of it: the rest paid other charges of the case; 0 while it is in suspense.
    `voided`: it was entered at a counter by mistake.
    """

    payment_id: str
    method: str
    yen: int
    share_yen: int
    fee_yen: int | None
    authorised_at: datetime
    captured_at: datetime
    available_at: datetime | None
    in_suspense: bool
    voided: bool


@dataclass(frozen=True, slots=True)
class ChargeStory:
    """A charge's whole story, oldest first in every list."""

    charge: ChargeView
    checkouts: tuple[CheckoutView, ...]
    events: tuple[EventView, ...]
    payments: tuple[PaymentView, ...]
    postings: tuple[PostingView, ...]
    discrepancies: tuple[DiscrepancyView, ...]


def of_charge(session: Session, charge_id: str) -> ChargeStory:
    """The story of a charge. Raises `procedures.errors.NotFound`."""
    found = charges_where(session, Charge.id == charge_id)
    if not found:
        raise NotFound(charge_id)
    checkouts = session.scalars(_checkouts(charge_id)).all()
    sessions = [row.session_id for row in checkouts if row.session_id]
    events = session.scalars(
        select(ProviderEvent)
        .where(ProviderEvent.checkout_session_id.in_(sessions))
        .order_by(ProviderEvent.received_at, ProviderEvent.created_at)
    )
    payments = session.execute(_payments(charge_id, sessions))
    return ChargeStory(
        found[0],
        tuple(CheckoutView(r.attempt, r.session_id, r.status, r.opened_at, r.expires_at) for r in checkouts),
        tuple(EventView(row.event_id, row.kind, row.received_at, row.handled_at) for row in events),
        tuple(_payment(row.Payment, row.share) for row in payments),
        tuple(postings_where(session, LedgerPosting.charge_id == charge_id)),
        tuple(discrepancies_where(session, Discrepancy.charge_id == charge_id)),
    )


def _checkouts(charge_id: str) -> Select[tuple[Checkout]]:
    named = select(CheckoutCharge.checkout_id).where(CheckoutCharge.charge_id == charge_id)
    return select(Checkout).where(Checkout.id.in_(named)).order_by(Checkout.opened_at, Checkout.attempt)


def _payments(charge_id: str, sessions: Sequence[str]) -> Select[tuple[Payment, int | None]]:
    """Money that came for the charge, with what the charge got of it; what is in suspense gave it nothing."""
    mine = and_(PaymentShare.payment_id == Payment.id, PaymentShare.charge_id == charge_id)
    return (
        select(Payment, PaymentShare.yen.label("share"))
        .outerjoin(PaymentShare, mine)
        .where(or_(Payment.charge_id == charge_id, PaymentShare.yen > 0, Payment.session_id.in_(sessions)))
        .order_by(Payment.captured_at)
    )


def _payment(row: Payment, share: int | None) -> PaymentView:
    return PaymentView(
        row.payment_id,
        row.method,
        row.yen,
        share or 0,
        row.fee_yen,
        row.authorised_at,
        row.captured_at,
        row.available_at,
        row.state == "suspense",
        row.state == "voided",
    )
