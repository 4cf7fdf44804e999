"""Stripe through its SDK, which is imported when it is first needed."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from payments.providers import (
    BadSignature,
    CheckoutOrder,
    CheckoutState,
    Hint,
    ProviderRefused,
    ProviderUnavailable,
    Transaction,
)
from payments.providers.stripe_shapes import checkout_state, order_parameters, transaction

if TYPE_CHECKING:
    import stripe

API_VERSION = "2026-10-28.endive"
"""The version whose shapes this code reads; the SDK's own, pinned so that an update of the SDK shows."""
TOLERANCE = timedelta(minutes=5)
TIMEOUT = 15.0
RETRIES = 2
EXPAND = ["payment_intent.latest_charge.balance_transaction"]

T = TypeVar("T")


class StripeProvider:
    """Stripe, or whatever speaks its API at `api_base`. Fills the port `payments.providers.Provider`."""

    name = "stripe"

    def __init__(
        self, api_key: str, webhook_secret: str, api_base: str = "https://api.stripe.com", timeout: float = TIMEOUT
    ) -> None:
        self._api_key, self._webhook_secret = api_key, webhook_secret
        self._api_base, self._timeout = api_base.rstrip("/"), timeout

    def open_checkout(self, order: CheckoutOrder) -> CheckoutState:
        """See the port. The key makes a repeated request one request; a conflict is waited out by the SDK."""
        options = {"idempotency_key": order.key}
        sessions = self._client.v1.checkout.sessions
        return checkout_state(_ask(lambda: sessions.create(order_parameters(order), options)))

    def checkout(self, checkout_id: str) -> CheckoutState:
        """See the port."""
        sessions = self._client.v1.checkout.sessions
        return checkout_state(_ask(lambda: sessions.retrieve(checkout_id, {"expand": EXPAND})))

    def close_checkout(self, checkout_id: str) -> CheckoutState:
        """See the port. A session that waits for a konbini is closed by cancelling its intent."""
        state = self.checkout(checkout_id)
        if state.status == "open":
            _try(lambda: self._client.v1.checkout.sessions.expire(checkout_id))
        elif state.waiting_until is not None:
            intent = _ask(lambda: self._client.v1.checkout.sessions.retrieve(checkout_id)).payment_intent
            _try(lambda: self._client.v1.payment_intents.cancel(str(intent)))
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
        first = _ask(lambda: self._client.v1.balance_transactions.list(parameters))
        rows = first.auto_paging_iter()
        while True:
            row = _ask(lambda: next(rows, None))
            if row is None:
                return
            yield transaction(row)

    def read_webhook(self, payload: bytes, signature: str, now: datetime) -> Hint:
        """See the port. The age is measured against `now`, as everything here is."""
        import stripe

        try:
            stripe.WebhookSignature.verify_header(payload, signature, self._webhook_secret, tolerance=None)
            event = json.loads(payload)
        except (stripe.SignatureVerificationError, ValueError) as refused:
            raise BadSignature("the signature does not fit the payload") from refused
        sent = re.search(r"(?:^|,)\s*t=(\d{1,12})", signature)
        if sent is None or datetime.fromtimestamp(int(sent[1]), UTC) < now - TOLERANCE:
            raise BadSignature("the signature is too old")
        return _hint(event)

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


def _hint(event: Any) -> Hint:
    try:
        subject = event["data"]["object"]
        is_checkout = subject["object"] == "checkout.session"
        created = datetime.fromtimestamp(event["created"], UTC)
        return Hint(event["id"], event["type"], subject.get("id", "-"), subject["id"] if is_checkout else None, created)
    except (KeyError, TypeError, AttributeError) as broken:
        raise BadSignature("signed, but no event of the kind that we read") from broken


def _ask(request: Callable[[], T]) -> T:
    """The request's answer, its errors in our words."""
    import stripe

    try:
        return request()
    except (stripe.APIConnectionError, stripe.RateLimitError) as lost:
        raise ProviderUnavailable(type(lost).__name__) from lost
    except stripe.StripeError as error:
        if error.http_status in (None, 409) or error.http_status >= 500:  # noqa: PLR2004 - the server's own failure
            raise ProviderUnavailable(f"{type(error).__name__} {error.http_status}") from error
        raise ProviderRefused(f"{type(error).__name__} {error.http_status} {error.code or ''}".strip()) from error


def _try(request: Callable[[], object]) -> None:
    """Something whose refusal says only that the state has changed meanwhile: what is so is asked for afterwards."""
    try:
        _ask(request)
    except ProviderRefused:
        return
