"""The other resources: intents, charges, balance, refunds, payouts and events."""

from typing import Any

from payments.sandbox.api.answers import LIST_PARAMETERS, expanded, page
from payments.sandbox.api.forms import integer, metadata, one_of, only, required
from payments.sandbox.cashier.payouts import contents_of, current_balance, send_payout
from payments.sandbox.cashier.refunds import create_refund
from payments.sandbox.cashier.sessions import cancel_attempt
from payments.sandbox.errors import missing, no_such
from payments.sandbox.machine import Sandbox
from payments.sandbox.store import Body

CANCEL_REASONS = ("abandoned", "duplicate", "fraudulent", "requested_by_customer")
REFUND_REASONS = ("duplicate", "fraudulent", "requested_by_customer")
REFUND_PARAMETERS = ("amount", "charge", "expand", "instructions_email", "metadata", "payment_intent", "reason")
# Where each kind is listed, and by which of its fields a list may be narrowed.
LISTED = {
    "payment_intent": ("/v1/payment_intents", ()),
    "charge": ("/v1/charges", ("payment_intent",)),
    "refund": ("/v1/refunds", ("charge", "payment_intent")),
    "payout": ("/v1/payouts", ("status",)),
    "event": ("/v1/events", ("type",)),
    "balance_transaction": ("/v1/balance_transactions", ("type", "source")),
}


def retrieve(sandbox: Sandbox, parameters: dict[str, Any], kind: str, resource_id: str) -> Body:
    """One resource of a kind."""
    only(parameters, ("expand",))
    return expanded(sandbox, _find(sandbox, kind, resource_id), parameters)


def list_all(sandbox: Sandbox, parameters: dict[str, Any], kind: str) -> Body:
    """The resources of a kind, the latest first."""
    url, narrowing = LISTED[kind]
    extra = {"event": ("types",), "balance_transaction": ("payout",)}.get(kind, ())
    only(parameters, (*LIST_PARAMETERS, *narrowing, *extra))
    where = {name: parameters[name] for name in narrowing if name in parameters}
    items = sandbox.store.newest_first(kind, where)
    if "types" in parameters:
        items = [item for item in items if item["type"] in parameters["types"]]
    if "payout" in parameters:
        settled = set(contents_of(sandbox, parameters["payout"]))
        items = [item for item in items if item["id"] in settled]
    return expanded(sandbox, page(items, url, parameters), parameters)


def cancel_intent(sandbox: Sandbox, parameters: dict[str, Any], resource_id: str) -> Body:
    """Cancel an intent that waits: the konbini number can no longer be paid."""
    only(parameters, ("cancellation_reason", "expand"))
    reason = parameters.get("cancellation_reason", "requested_by_customer")
    one_of(reason, "cancellation_reason", CANCEL_REASONS)
    return expanded(sandbox, cancel_attempt(sandbox, _find(sandbox, "payment_intent", resource_id), reason), parameters)


def refund(sandbox: Sandbox, parameters: dict[str, Any]) -> Body:
    """Give money back."""
    only(parameters, REFUND_PARAMETERS)
    amount = integer(parameters["amount"], "amount", least=1) if "amount" in parameters else None
    reason = one_of(parameters["reason"], "reason", REFUND_REASONS) if "reason" in parameters else None
    charge = _charge_to_refund(sandbox, parameters)
    email = parameters.get("instructions_email")
    return expanded(sandbox, create_refund(sandbox, charge, amount, reason, metadata(parameters), email), parameters)


def balance(sandbox: Sandbox, parameters: dict[str, Any]) -> Body:
    """What Stripe holds."""
    only(parameters, ("expand",))
    return current_balance(sandbox)


def pay_out(sandbox: Sandbox, parameters: dict[str, Any]) -> Body:
    """Send money to the bank by hand."""
    only(parameters, ("amount", "currency", "expand"))
    one_of(required(parameters, "currency"), "currency", ("jpy",))
    amount = integer(required(parameters, "amount"), "amount", least=1)
    return expanded(sandbox, send_payout(sandbox, amount), parameters)


def _charge_to_refund(sandbox: Sandbox, parameters: dict[str, Any]) -> Body:
    if "charge" in parameters:
        return _find(sandbox, "charge", parameters["charge"], "charge")
    if "payment_intent" not in parameters:
        raise missing("charge")
    intent = _find(sandbox, "payment_intent", parameters["payment_intent"], "payment_intent")
    return _find(sandbox, "charge", str(intent["latest_charge"]), "payment_intent")


def _find(sandbox: Sandbox, kind: str, resource_id: str, param: str = "id") -> Body:
    body = sandbox.store.find(resource_id)
    if body is None or body["object"] != kind:
        raise no_such(kind, resource_id, param)
    return body
