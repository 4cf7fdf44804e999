"""Stripe's payouts as plain values."""

from typing import Any

from payments.providers.payouts import PayoutState
from payments.providers.stripe.values import id_of, moment


def payout_state(payout: Any) -> PayoutState:
    """A payout. Its day of arrival is a day without a clock, told as its midnight in UTC."""
    return PayoutState(
        id=payout.id,
        status=payout.status,
        yen=payout.amount,
        currency=payout.currency,
        created_at=moment(payout.created),
        arrives_on=moment(payout.arrival_date).date(),
        automatic=payout.automatic,
        transaction_id=id_of(payout.balance_transaction),
        trace=getattr(getattr(payout, "trace_id", None), "value", None),
        failure_reason=payout.failure_code,
        failure_transaction_id=id_of(payout.failure_balance_transaction),
    )
