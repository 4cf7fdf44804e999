"""Refunds as a provider is asked for them and as it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

RefundStatus = Literal["pending", "requires_action", "succeeded", "failed", "canceled"]
FINAL: tuple[RefundStatus, ...] = ("succeeded", "failed", "canceled")


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundOrder:
    """What is to be given back of a payment. The same order with the same `key` always leads to the same refund.

    `refund_id` is our number of it, `charge_id` and `reference` are None where the payment named no charge of ours;
    `email` is where the payer is asked for a bank account, for ways to pay that know no other way back (konbini).
    """

    key: str
    refund_id: str
    payment_id: str
    charge_id: str | None
    reference: str | None
    yen: int
    duplicate: bool
    email: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundState:
    """What the provider knows of a refund, in whole yen and UTC.

    `requires_action`: the payer was asked for a bank account and has until `action_until`. `transaction_id` names the
    movement of the balance, `failure_transaction_id` the one that brought the money back after it failed.
    """

    id: str
    status: RefundStatus
    payment_id: str | None
    yen: int
    currency: str
    metadata: Mapping[str, str]
    created_at: datetime
    transaction_id: str | None = None
    action_sent_at: datetime | None = None
    action_until: datetime | None = None
    failure_reason: str | None = None
    failure_transaction_id: str | None = None
