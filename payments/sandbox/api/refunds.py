"""`/v1/refunds`: create, update, cancel; and expire, which Stripe has for tests."""

from typing import Any

from payments.sandbox.api.listing import find
from payments.sandbox.cashier.refunds import cancel_refund, create_refund, fail_refund
from payments.sandbox.machine import Sandbox
from payments.sandbox.store import Body
from payments.sandbox.wire.errors import invalid, missing, wrong_state
from payments.sandbox.wire.expanding import expanded
from payments.sandbox.wire.forms import integer, merged_metadata, metadata, one_of, only

REASONS = ("duplicate", "fraudulent", "requested_by_customer")
CREATE_PARAMETERS = ("amount", "charge", "expand", "instructions_email", "metadata", "payment_intent", "reason")
UPDATE_PARAMETERS = ("expand", "metadata")


def create(sandbox: Sandbox, parameters: dict[str, Any]) -> Body:
    """Give money back."""
    only(parameters, CREATE_PARAMETERS)
    amount = integer(parameters["amount"], "amount", least=1) if "amount" in parameters else None
    reason = one_of(parameters["reason"], "reason", REASONS) if "reason" in parameters else None
    email = parameters.get("instructions_email")
    if email is not None and "@" not in email:
        raise invalid("instructions_email", f"Invalid email address: {email}", "email_invalid")
    charge = _charge(sandbox, parameters)
    return expanded(sandbox, create_refund(sandbox, charge, amount, reason, metadata(parameters), email), parameters)


def update(sandbox: Sandbox, parameters: dict[str, Any], resource_id: str) -> Body:
    """Change its metadata; nothing else of a refund can be changed."""
    only(parameters, UPDATE_PARAMETERS)
    body = find(sandbox, "refund", resource_id)
    return expanded(sandbox, sandbox.store.put(body | merged_metadata(body, parameters)), parameters)


def cancel(sandbox: Sandbox, parameters: dict[str, Any], resource_id: str) -> Body:
    """Stop waiting for the payer's bank account."""
    only(parameters, ("expand",))
    return expanded(sandbox, cancel_refund(sandbox, find(sandbox, "refund", resource_id)), parameters)


def expire(sandbox: Sandbox, parameters: dict[str, Any], resource_id: str) -> Body:
    """Pretend that the payer did not tell a bank account in time."""
    only(parameters, ("expand",))
    body = find(sandbox, "refund", resource_id)
    if body["status"] != "requires_action":
        raise wrong_state(f"You can only expire a refund with a status of requires_action. It is {body['status']}.")
    return expanded(sandbox, fail_refund(sandbox, body), parameters)


def _charge(sandbox: Sandbox, parameters: dict[str, Any]) -> Body:
    if "charge" in parameters:
        return find(sandbox, "charge", parameters["charge"], "charge")
    if "payment_intent" not in parameters:
        raise missing("charge")
    intent = find(sandbox, "payment_intent", parameters["payment_intent"], "payment_intent")
    if intent["latest_charge"] is None:
        raise wrong_state(f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.")
    return find(sandbox, "charge", intent["latest_charge"], "payment_intent")
