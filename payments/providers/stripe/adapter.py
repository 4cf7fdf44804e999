"""The port as Stripe fills it."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from payments.providers import CheckoutOrder, CheckoutState, Hint, ProviderRefused, Transaction
from payments.providers.disputes import DisputeState
from payments.providers.payouts import PayoutState
from payments.providers.refunds import RefundOrder, RefundState
from payments.providers.stripe.asking import ask, attempt, pages, read
from payments.providers.stripe.checkouts import checkout_state, order_parameters, transaction
from payments.providers.stripe.disputes import dispute_state
from payments.providers.stripe.events import hint, verified
from payments.providers.stripe.payouts import payout_state
from payments.providers.stripe.refunds import refund_parameters, refund_state

if TYPE_CHECKING:
    import stripe

API_VERSION = "2026-10-28.endive"
"""The version whose shapes this code reads; the SDK's own, pinned so that an update of the SDK shows."""
TIMEOUT = 15.0
RETRIES = 2
EXPAND = ["payment_intent.latest_charge.balance_transaction"]


class StripeProvider:
    """Stripe, or whatever speaks its API at `api_base`. Fills the port `payments.providers.Provider`.

    `webhook_secret` may be several, separated by commas: one for each destination of events.
    """

    name = "stripe"

    def __init__(
        self, api_key: str, webhook_secret: str, api_base: str = "https://api.stripe.com", timeout: float = TIMEOUT
    ) -> None:
        self._api_key, self._secrets = api_key, [part for part in re.split(r"[\s,]+", webhook_secret) if part]
        self._api_base, self._timeout = api_base.rstrip("/"), timeout

    def open_checkout(self, order: CheckoutOrder) -> CheckoutState:
        """See the port. The key makes a repeated request one request; a conflict is waited out by the SDK."""
        options = {"idempotency_key": order.key}
        sessions = self._client.v1.checkout.sessions
        return read(checkout_state, ask(lambda: sessions.create(order_parameters(order), options)))

    def checkout(self, checkout_id: str) -> CheckoutState:
        """See the port."""
        sessions = self._client.v1.checkout.sessions
        return read(checkout_state, ask(lambda: sessions.retrieve(checkout_id, {"expand": EXPAND})))

    def close_checkout(self, checkout_id: str) -> CheckoutState:
        """See the port. A session that waits for a konbini is closed by cancelling its intent."""
        state = self.checkout(checkout_id)
        if state.status == "open":
            attempt(lambda: self._client.v1.checkout.sessions.expire(checkout_id))
        elif state.waiting_until is not None:
            session = ask(lambda: self._client.v1.checkout.sessions.retrieve(checkout_id))
            intent = read(lambda told: told.payment_intent, session)
            attempt(lambda: self._client.v1.payment_intents.cancel(str(intent)))
        else:
            return state
        state = self.checkout(checkout_id)
        if state.taken is None and (state.status == "open" or state.waiting_until is not None):
            raise ProviderRefused(f"{checkout_id} could not be closed")
        return state

    def transactions(self, since: datetime, until: datetime) -> Iterator[Transaction]:
        """See the port; page by page."""
        within = {"gte": int(since.timestamp()), "lt": int(until.timestamp())}
        parameters = {"created": within, "limit": 100, "expand": ["data.source"]}
        for row in pages(lambda: self._client.v1.balance_transactions.list(parameters)):
            yield read(transaction, row)

    def create_refund(self, order: RefundOrder) -> RefundState:
        """See the port. The key makes a repeated request one request, for the day that Stripe remembers keys."""
        options = {"idempotency_key": order.key}
        return read(refund_state, ask(lambda: self._client.v1.refunds.create(refund_parameters(order), options)))

    def refund(self, refund_id: str) -> RefundState:
        """See the port."""
        return read(refund_state, ask(lambda: self._client.v1.refunds.retrieve(refund_id)))

    def refunds_of(self, payment_id: str) -> Iterator[RefundState]:
        """See the port; page by page."""
        parameters = {"payment_intent": payment_id, "limit": 100}
        for row in pages(lambda: self._client.v1.refunds.list(parameters)):
            yield read(refund_state, row)

    def dispute(self, dispute_id: str) -> DisputeState:
        """See the port."""
        return read(dispute_state, ask(lambda: self._client.v1.disputes.retrieve(dispute_id)))

    def disputes(self, since: datetime) -> Iterator[DisputeState]:
        """See the port; page by page."""
        parameters = {"created": {"gte": int(since.timestamp())}, "limit": 100}
        for row in pages(lambda: self._client.v1.disputes.list(parameters)):
            yield read(dispute_state, row)

    def payout(self, payout_id: str) -> PayoutState:
        """See the port."""
        return read(payout_state, ask(lambda: self._client.v1.payouts.retrieve(payout_id)))

    def payouts(self, since: datetime) -> Iterator[PayoutState]:
        """See the port; page by page."""
        parameters = {"created": {"gte": int(since.timestamp())}, "limit": 100}
        for row in pages(lambda: self._client.v1.payouts.list(parameters)):
            yield read(payout_state, row)

    def payout_contents(self, payout_id: str) -> Iterator[Transaction]:
        """See the port; page by page."""
        parameters = {"payout": payout_id, "limit": 100, "expand": ["data.source"]}
        for row in pages(lambda: self._client.v1.balance_transactions.list(parameters)):
            yield read(transaction, row)

    def read_webhook(self, payload: bytes, signature: str, now: datetime) -> Hint:
        """See the port. The age is measured against `now`, as everything here is."""
        return hint(verified(payload, signature, self._secrets, now), self._client)

    @cached_property
    def _client(self) -> "stripe.StripeClient":
        import stripe

        return stripe.StripeClient(
            self._api_key,
            stripe_version=API_VERSION,
            base_addresses={"api": self._api_base},
            max_network_retries=RETRIES,
            http_client=stripe.RequestsClient(timeout=self._timeout),
        )
