"""A provider in memory that does what a test says, and that tells the watch (`tests.quiet`) when it is spoken to."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from payments.providers import (
    BadSignature,
    CheckoutOrder,
    CheckoutState,
    Hint,
    ProviderRefused,
    Taken,
    Transaction,
)
from payments.providers.hints import Subject
from tests.payments.giving_back import GivesBack

SUBJECTS: dict[str, Subject] = {
    "checkout": "checkout",
    "refund": "refund",
    "charge.dispute": "dispute",
    "payout": "payout",
}


@dataclass
class ScriptedProvider(GivesBack):
    """Fills the port. `fail_next` holds what the coming calls raise: before ("lost") or after ("late") being done."""

    now: datetime
    name: str = "stripe"
    states: dict[str, CheckoutState] = field(default_factory=dict)
    by_key: dict[str, tuple[CheckoutOrder, str]] = field(default_factory=dict)
    moved: list[Transaction] = field(default_factory=list)

    def open_checkout(self, order: CheckoutOrder) -> CheckoutState:
        """One checkout for one key, as Stripe's idempotency has it."""
        return self._call(f"open {order.key}", lambda: self._open(order))

    def checkout(self, checkout_id: str) -> CheckoutState:
        """The state as the test has set it."""
        return self._call(f"look {checkout_id}", lambda: self._state(checkout_id))

    def close_checkout(self, checkout_id: str) -> CheckoutState:
        """Ends what is open or waits."""
        return self._call(f"close {checkout_id}", lambda: self._close(checkout_id))

    def transactions(self, since: datetime, until: datetime) -> Iterator[Transaction]:
        """What was moved within the time."""
        rows = [row for row in self.moved if since <= row.created_at < until]
        return iter(self._call("transactions", lambda: rows[::-1]))

    def read_webhook(self, payload: bytes, signature: str, now: datetime) -> Hint:
        """`signature` "good" is one; the payload is "id kind object"."""
        if signature != "good":
            raise BadSignature
        event_id, kind, object_id = payload.decode().split()
        subject = next((sort for begin, sort in SUBJECTS.items() if kind.startswith(begin)), "other")
        return Hint(event_id, kind, object_id, subject, now)

    def pay(self, checkout_id: str, method: str = "card", *, yen: int | None = None, currency: str = "jpy") -> Taken:
        """The payer pays."""
        state = self.states[checkout_id]
        taken = Taken(
            payment_id=f"pi_{checkout_id}",
            provider_charge_id=f"ch_{checkout_id}",
            method=method,
            yen=state.yen if yen is None else yen,
            currency=currency,
            authorised_at=self.now,
            captured_at=self.now,
            transaction_id=f"txn_{checkout_id}",
            fee_yen=36,
            available_at=self.now + timedelta(days=4),
        )
        self.states[checkout_id] = replace(
            state, status="complete", url=None, taken=taken, waiting_until=None, currency=currency
        )
        self.move("charge", taken.yen, 36, f"txn_{checkout_id}", taken.payment_id)
        return taken

    def move(
        self,
        kind: str,
        yen: int,
        fee: int,
        movement_id: str,
        payment_id: str | None = None,
        source_id: str | None = None,
    ) -> None:
        """A movement of the balance."""
        self.moved.append(
            Transaction(
                id=movement_id,
                kind=kind,
                source_id=source_id,
                payment_id=payment_id,
                charge_id=None,
                yen=yen,
                fee_yen=fee,
                currency="jpy",
                created_at=self.now,
                available_at=self.now + timedelta(days=4),
            )
        )

    def issue_number(self, checkout_id: str, until: datetime) -> None:
        """The payer takes a konbini number."""
        waiting = {"status": "complete", "url": None, "waiting_until": until, "voucher_url": f"http://v/{checkout_id}"}
        self.states[checkout_id] = replace(self.states[checkout_id], **waiting)

    def _open(self, order: CheckoutOrder) -> CheckoutState:
        if order.key in self.by_key:
            first, checkout_id = self.by_key[order.key]
            if first != order:
                raise ProviderRefused("idempotency_error")
            return self._fresh(order, checkout_id)
        if order.expires_at < self.now + timedelta(minutes=30):
            raise ProviderRefused("expires too soon")
        checkout_id = f"cs_{len(self.by_key) + 1}"
        self.by_key[order.key] = (order, checkout_id)
        self.states[checkout_id] = self._fresh(order, checkout_id)
        return self.states[checkout_id]

    @staticmethod
    def _fresh(order: CheckoutOrder, checkout_id: str) -> CheckoutState:
        return CheckoutState(
            id=checkout_id,
            status="open",
            url=f"http://pay/{checkout_id}",
            expires_at=order.expires_at,
            yen=sum(line.count * line.unit_yen for line in order.lines),
            currency="jpy",
            metadata={
                "charge": order.charge_id,
                "reference": order.reference,
                "attempt": order.key.rpartition("-")[2],
            },
            taken=None,
            waiting_until=None,
            voucher_url=None,
        )

    def _state(self, checkout_id: str) -> CheckoutState:
        if checkout_id not in self.states:
            raise ProviderRefused("no such checkout")
        state = self.states[checkout_id]
        if state.status == "open" and state.expires_at <= self.now:
            state = self.states[checkout_id] = replace(state, status="expired", url=None)
        if state.waiting_until is not None and state.waiting_until <= self.now:
            state = self.states[checkout_id] = replace(state, waiting_until=None)
        return state

    def _close(self, checkout_id: str) -> CheckoutState:
        state = self._state(checkout_id)
        if state.taken is None:
            status = "expired" if state.status == "open" else state.status
            state = self.states[checkout_id] = replace(state, status=status, url=None, waiting_until=None)
        return state
