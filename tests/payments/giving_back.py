"""What a provider in memory knows of refunds, disputes and payouts; what happens to them, the test says."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from payments.providers import (
    DisputeMovement,
    DisputeState,
    PayoutState,
    ProviderRefused,
    ProviderUnavailable,
    RefundOrder,
    RefundState,
    Transaction,
)
from tests.quiet import STAND_IN

T = TypeVar("T")


@dataclass(kw_only=True)
class GivesBack:
    """One refund for one key, as Stripe's idempotency has it. A key can be forgotten, as Stripe does after a day."""

    refunds: dict[str, RefundState] = field(default_factory=dict)
    refund_keys: dict[str, tuple[RefundOrder, str]] = field(default_factory=dict)
    disputed: dict[str, DisputeState] = field(default_factory=dict)
    paid_out: dict[str, PayoutState] = field(default_factory=dict)
    made_of: dict[str, list[str]] = field(default_factory=dict)
    refuse_refunds: str = ""
    calls: list[str] = field(default_factory=list)
    fail_next: list[str] = field(default_factory=list)

    def create_refund(self, order: RefundOrder) -> RefundState:
        """Begins as pending; `go_back` and the like say how it goes on."""
        return self._call(f"refund {order.key}", lambda: self._refund(order))

    def refund(self, refund_id: str) -> RefundState:
        """The state as the test has set it."""
        return self._call(f"look {refund_id}", lambda: self._known(self.refunds, refund_id))

    def refunds_of(self, payment_id: str) -> Iterator[RefundState]:
        """The latest first."""
        rows = [row for row in self.refunds.values() if row.payment_id == payment_id]
        return iter(self._call(f"refunds of {payment_id}", lambda: rows[::-1]))

    def dispute(self, dispute_id: str) -> DisputeState:
        """The state as the test has set it."""
        return self._call(f"look {dispute_id}", lambda: self._known(self.disputed, dispute_id))

    def disputes(self, since: datetime) -> Iterator[DisputeState]:
        """The latest first."""
        rows = [row for row in self.disputed.values() if row.created_at >= since]
        return iter(self._call("disputes", lambda: rows[::-1]))

    def payout(self, payout_id: str) -> PayoutState:
        """The state as the test has set it."""
        return self._call(f"look {payout_id}", lambda: self._known(self.paid_out, payout_id))

    def payouts(self, since: datetime) -> Iterator[PayoutState]:
        """The latest first."""
        rows = [row for row in self.paid_out.values() if row.created_at >= since]
        return iter(self._call("payouts", lambda: rows[::-1]))

    def payout_contents(self, payout_id: str) -> Iterator[Transaction]:
        """What no earlier payout settled, as of when it was sent; a test may say otherwise in `made_of`."""
        rows = [row for row in self.moved if row.id in self.made_of.get(payout_id, ())]
        return iter(self._call(f"contents {payout_id}", lambda: rows[::-1]))

    def go_back(self, refund_id: str) -> RefundState:
        """The money is on its way to the payer: the provider's last word, most often."""
        state = self._set_refund(
            refund_id, status="succeeded", transaction_id=f"txn_{refund_id}", action_until=None, action_sent_at=None
        )
        self.move("refund", -state.yen, 0, f"txn_{refund_id}", state.payment_id, source_id=refund_id)
        return state

    def ask_for_account(self, refund_id: str, days: int = 45) -> RefundState:
        """The payer is asked for a bank account."""
        until = self.now + timedelta(days=days)
        return self._set_refund(refund_id, status="requires_action", action_sent_at=self.now, action_until=until)

    def fail_refund(self, refund_id: str, reason: str = "expired_or_canceled_card") -> RefundState:
        """It does not go through; where the money had left already, it comes back."""
        state = self.refunds[refund_id]
        back = f"txn_back_{refund_id}" if state.transaction_id else None
        if back:
            self.move("refund_failure", state.yen, 0, back, state.payment_id, source_id=refund_id)
        return self._set_refund(
            refund_id, status="failed", failure_reason=reason, failure_transaction_id=back, action_until=None
        )

    def cancel_refund(self, refund_id: str) -> RefundState:
        """The payer told no account in time."""
        return self._set_refund(refund_id, status="canceled", action_until=None)

    def open_dispute(self, payment_id: str, yen: int, *, inquiry: bool = False, fee: int = 1300) -> DisputeState:
        """The payer's bank takes the money back, or asks first."""
        dispute_id = f"dp_{len(self.disputed) + 1}"
        self.disputed[dispute_id] = DisputeState(
            id=dispute_id,
            status="inquiry" if inquiry else "needs_response",
            payment_id=payment_id,
            yen=yen,
            currency="jpy",
            reason="fraudulent",
            created_at=self.now,
            evidence_due=self.now + timedelta(days=9),
            evidence_sent=False,
            movements=() if inquiry else (self._withdrawal(dispute_id, payment_id, yen, fee),),
        )
        return self.disputed[dispute_id]

    def escalate(self, dispute_id: str, fee: int = 1300) -> DisputeState:
        """The inquiry becomes a dispute: now the money goes."""
        state = self.disputed[dispute_id]
        withdrawal = self._withdrawal(dispute_id, str(state.payment_id), state.yen, fee)
        return self._set_dispute(dispute_id, status="needs_response", movements=(*state.movements, withdrawal))

    def decide(self, dispute_id: str, status: str, *, fee_back: int = 0) -> DisputeState:
        """The bank decides; what it found for us comes back."""
        state = self.disputed[dispute_id]
        if status != "won":
            return self._set_dispute(dispute_id, status=status)
        back = DisputeMovement(id=f"txn_{dispute_id}_won", yen=state.yen, fee_yen=-fee_back, created_at=self.now)
        self.move("adjustment", state.yen, -fee_back, back.id, state.payment_id, source_id=dispute_id)
        return self._set_dispute(dispute_id, status="won", movements=(*state.movements, back))

    def _withdrawal(self, dispute_id: str, payment_id: str, yen: int, fee: int) -> DisputeMovement:
        self.move("adjustment", -yen, fee, f"txn_{dispute_id}", payment_id, source_id=dispute_id)
        return DisputeMovement(id=f"txn_{dispute_id}", yen=-yen, fee_yen=fee, created_at=self.now)

    def pay_out(self, yen: int, **changes: Any) -> PayoutState:
        """Money goes to the bank."""
        payout_id = f"po_{len(self.paid_out) + 1}"
        state = PayoutState(
            id=payout_id,
            status="in_transit",
            yen=yen,
            currency="jpy",
            created_at=self.now,
            arrives_on=date(2026, 5, 20),
            automatic=True,
            transaction_id=f"txn_{payout_id}",
            trace=None,
            failure_reason=None,
            failure_transaction_id=None,
        )
        self.paid_out[payout_id] = replace(state, **changes)
        settled = {movement for movements in self.made_of.values() for movement in movements}
        self.made_of[payout_id] = [row.id for row in self.moved if row.id not in settled and row.kind != "payout"]
        self.move("payout", -yen, 0, f"txn_{payout_id}", None, source_id=payout_id)
        return self.paid_out[payout_id]

    def _refund(self, order: RefundOrder) -> RefundState:
        if order.key in self.refund_keys:
            first, refund_id = self.refund_keys[order.key]
            if first != order:
                raise ProviderRefused("idempotency_error")
            return self.refunds[refund_id]
        if self.refuse_refunds:
            raise ProviderRefused(self.refuse_refunds)
        refund_id = f"re_{len(self.refunds) + 1}"
        self.refund_keys[order.key] = (order, refund_id)
        self.refunds[refund_id] = RefundState(
            id=refund_id,
            status="pending",
            payment_id=order.payment_id,
            yen=order.yen,
            currency="jpy",
            metadata={"refund": order.refund_id},
            created_at=self.now,
        )
        return self.refunds[refund_id]

    def _set_refund(self, refund_id: str, **changes: Any) -> RefundState:
        self.refunds[refund_id] = replace(self.refunds[refund_id], **changes)
        return self.refunds[refund_id]

    def _set_dispute(self, dispute_id: str, **changes: Any) -> DisputeState:
        self.disputed[dispute_id] = replace(self.disputed[dispute_id], **changes)
        return self.disputed[dispute_id]

    @staticmethod
    def _known(rows: dict[str, T], object_id: str) -> T:
        if object_id not in rows:
            raise ProviderRefused("no such object")
        return rows[object_id]

    def _call(self, what: str, work: Callable[[], T]) -> T:
        sys.audit(STAND_IN)
        self.calls.append(what)
        failure = self.fail_next.pop(0) if self.fail_next else ""
        if failure == "lost":
            raise ProviderUnavailable
        answer = work()
        if failure == "late":
            raise ProviderUnavailable
        return answer
