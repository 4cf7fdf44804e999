"""One charge with everything that happened to it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from payments.views import ChargeView, DiscrepancyView, PostingView


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
    """Money that the provider took for this charge; the three dates of DESIGN §4 are kept apart."""

    payment_id: str
    method: str
    yen: int
    fee_yen: int | None
    authorised_at: datetime
    captured_at: datetime
    available_at: datetime | None
    in_suspense: bool


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
    raise NotImplementedError
