"""`/v1/payment_intents`: cancel."""

from typing import Any

from payments.sandbox.api.listing import find
from payments.sandbox.cashier.sessions import cancel_attempt
from payments.sandbox.machine import Sandbox
from payments.sandbox.store import Body
from payments.sandbox.wire.expanding import expanded
from payments.sandbox.wire.forms import one_of, only

CANCEL_PARAMETERS = ("cancellation_reason", "expand")
CANCEL_REASONS = ("abandoned", "duplicate", "fraudulent", "requested_by_customer")


def cancel(sandbox: Sandbox, parameters: dict[str, Any], resource_id: str) -> Body:
    """Cancel an intent that waits: the konbini number can no longer be paid."""
    only(parameters, CANCEL_PARAMETERS)
    reason = parameters.get("cancellation_reason", "requested_by_customer")
    one_of(reason, "cancellation_reason", CANCEL_REASONS)
    return expanded(sandbox, cancel_attempt(sandbox, find(sandbox, "payment_intent", resource_id), reason), parameters)
