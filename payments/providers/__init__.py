"""The port to a payment provider: a few methods in our words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from payments.providers.counter import CounterMethod
from payments.providers.disputes import DisputeMovement, DisputeState
from payments.providers.hints import Hint
from payments.providers.payouts import PayoutState
from payments.providers.refunds import RefundOrder, RefundState

__all__ = [
    "BadSignature",
    "CheckoutOrder",
    "CheckoutState",
    "CheckoutStatus",
    "DisputeMovement",
    "DisputeState",
    "Hint",
    "Method",
    "OrderLine",
    "PayoutState",
    "Provider",
    "ProviderRefused",
    "ProviderUnavailable",
    "RefundOrder",
    "RefundState",
    "Taken",
    "Transaction",
]

Method = Literal["card", "konbini", "paypay"]
CheckoutStatus = Literal["open", "complete", "expired"]


class ProviderUnavailable(Exception):
    """The provider did not answer, or said to come back later. What was asked may have been done nevertheless."""


class ProviderRefused(Exception):
    """The provider answered that it will not do this; asking again the same way is useless."""


class BadSignature(Exception):
    """A webhook that the provider did not sign, or signed too long ago."""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line as the payer sees it on the pay page; `yen` is what all `count` of them cost."""

    title: str
    count: int
    unit_yen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutOrder:
    """What a payer is to be shown. The same order with the same `key` always leads to the same checkout.

    `shares` are the charges of one case that it pays together, with the yen of each, `charge_id` the first of them.
    """

    key: str
    charge_id: str
    shares: Mapping[str, int]
    application_id: str
    reference: str
    lines: tuple[OrderLine, ...]
    methods: tuple[Method, ...]
    expires_at: datetime
    konbini_days: int
    success_url: str
    cancel_url: str
    language: str
    email: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Money that the provider has taken. `transaction_id` names its balance transaction; times are UTC."""

    payment_id: str
    provider_charge_id: str
    method: Method | CounterMethod
    yen: int
    currency: str
    authorised_at: datetime
    captured_at: datetime
    transaction_id: str | None
    fee_yen: int | None
    available_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutState:
    """What the provider knows of a checkout. `waiting_until` is set while a konbini number can still be paid."""

    id: str
    status: CheckoutStatus
    url: str | None
    expires_at: datetime
    yen: int
    currency: str
    metadata: Mapping[str, str]
    taken: Taken | None
    waiting_until: datetime | None
    voucher_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """A movement of the balance at the provider: `yen` gross, of which it keeps `fee_yen`; `kind` is its own word.

    `category` is its own word for the accounts (charge, refund, dispute, dispute_reversal, payout …).
    """

    id: str
    kind: str
    source_id: str | None
    payment_id: str | None
    charge_id: str | None
    yen: int
    fee_yen: int
    currency: str
    created_at: datetime
    available_at: datetime
    method: str | None = None
    category: str | None = None


class Provider(Protocol):
    """A payment provider. Every method but `read_webhook` speaks to the network: never inside a transaction."""

    name: str

    def open_checkout(self, order: CheckoutOrder) -> CheckoutState:
        """Open a pay page. Raises `ProviderUnavailable`, `ProviderRefused`."""
        ...

    def checkout(self, checkout_id: str) -> CheckoutState:
        """What is known of a checkout now. Raises as `open_checkout`."""
        ...

    def close_checkout(self, checkout_id: str) -> CheckoutState:
        """Make sure that nobody can pay through it any more, and answer what was paid until then. Raises likewise."""
        ...

    def transactions(self, since: datetime, until: datetime) -> Iterator[Transaction]:
        """The movements created from `since` up to, not including, `until`; the latest first. Raises likewise."""
        ...

    def create_refund(self, order: RefundOrder) -> RefundState:
        """Give money back. Raises `ProviderUnavailable`, `ProviderRefused`."""
        ...

    def refund(self, refund_id: str) -> RefundState:
        """What is known of a refund now. Raises likewise."""
        ...

    def refunds_of(self, payment_id: str) -> Iterator[RefundState]:
        """Every refund of a payment, the latest first. Raises likewise."""
        ...

    def dispute(self, dispute_id: str) -> DisputeState:
        """What is known of a dispute now. Raises likewise."""
        ...

    def disputes(self, since: datetime) -> Iterator[DisputeState]:
        """The disputes opened from `since` on, the latest first. Raises likewise."""
        ...

    def payout(self, payout_id: str) -> PayoutState:
        """What is known of a payout now. Raises likewise."""
        ...

    def payouts(self, since: datetime) -> Iterator[PayoutState]:
        """The payouts begun from `since` on, the latest first. Raises likewise."""
        ...

    def payout_contents(self, payout_id: str) -> Iterator[Transaction]:
        """The movements that an automatic payout settles, its own among them. Raises likewise."""
        ...

    def read_webhook(self, payload: bytes, signature: str, now: datetime) -> Hint:
        """Verify and read a webhook; no network. Raises `BadSignature`."""
        ...
