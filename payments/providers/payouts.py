"""Payouts as a provider tells them: money on its way from its balance to the authority's bank."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

PayoutStatus = Literal["pending", "in_transit", "paid", "failed", "canceled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutState:
    """What the provider knows of a payout. `yen` is what reaches the bank on `arrives_on`.

    `transaction_id` names the movement of the balance; `trace` the bank's own number of the transfer, once it is
    known; `failure_reason` is the provider's own word, and `failure_transaction_id` the movement that brought it back.
    """

    id: str
    status: PayoutStatus
    yen: int
    currency: str
    created_at: datetime
    arrives_on: date
    automatic: bool
    transaction_id: str | None
    trace: str | None
    failure_reason: str | None
    failure_transaction_id: str | None
