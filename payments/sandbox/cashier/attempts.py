"""What a person does on the pay page: a card that works or not, 3-D Secure, PayPay."""

import secrets
from typing import Any

from payments.sandbox.cashier.movements import take_in
from payments.sandbox.machine import Sandbox
from payments.sandbox.resources.charge import charge, declined, method_details
from payments.sandbox.resources.payment_intent import payment_error, payment_intent, redirect
from payments.sandbox.store import Body

NOT_AUTHENTICATED = "We are unable to authenticate your payment method."
WALLET_REFUSED = "The customer did not approve the payment in PayPay."


def intent_for(sandbox: Sandbox, session: Body) -> Body:
    """The session's intent; made when the person first tries to pay."""
    if session["payment_intent"]:
        return sandbox.store.get(session["payment_intent"])
    private = sandbox.store.setting(f"session.{session['id']}", {})
    intent = payment_intent(
        sandbox.new_id("pi"), secrets.token_hex(8), sandbox.clock.now(), session, private["payment_intent_data"]
    )
    sandbox.store.put(intent)
    sandbox.store.put(session | {"payment_intent": intent["id"]})
    sandbox.emit("payment_intent.created", intent)
    return intent


def pay(sandbox: Sandbox, session: Body, method: str, *, authenticated: bool = False, shop: str | None = None) -> Body:
    """The payment succeeds now. Answers the charge."""
    intent = intent_for(sandbox, session)
    session = sandbox.store.get(session["id"])
    taken = _take(sandbox, intent, method, authenticated=authenticated, shop=shop)
    was_waiting = session["status"] == "complete"
    session = sandbox.store.put(
        session | {"status": "complete", "payment_status": "paid", "url": None, "customer_details": payer_of(session)}
    )
    sandbox.emit("checkout.session.async_payment_succeeded" if was_waiting else "checkout.session.completed", session)
    return taken


def _take(sandbox: Sandbox, intent: Body, method: str, *, authenticated: bool, shop: str | None) -> Body:
    now = sandbox.clock.now()
    details = method_details(method, intent["amount"], authenticated=authenticated, shop=shop)
    prefix = "ch" if method == "card" else "py"
    taken = charge(sandbox.new_id(prefix), now, intent, sandbox.new_id("pm"), details)
    movement = take_in(sandbox, taken["id"], method, intent["amount"])
    taken = sandbox.store.put(taken | {"balance_transaction": movement["id"]})
    intent = sandbox.store.put(
        intent
        | {
            "amount_received": intent["amount"],
            "last_payment_error": None,
            "latest_charge": taken["id"],
            "next_action": None,
            "payment_method": taken["payment_method"],
            "status": "succeeded",
        }
    )
    sandbox.emit("payment_intent.succeeded", intent)
    sandbox.emit("charge.succeeded", taken)
    return taken


def decline(sandbox: Sandbox, session: Body, decline_code: str = "generic_decline") -> Body:
    """The card's bank says no; the session stays open for another try."""
    intent = intent_for(sandbox, session)
    details = method_details("card", intent["amount"])
    body = charge(sandbox.new_id("ch"), sandbox.clock.now(), intent, sandbox.new_id("pm"), details)
    failed = sandbox.store.put(declined(body, decline_code))
    sandbox.emit("charge.failed", failed)
    error = payment_error(failed["failure_code"], failed["failure_message"], decline_code)
    return fail_attempt(sandbox, intent | {"latest_charge": failed["id"]}, error)


def ask_to_authenticate(sandbox: Sandbox, session: Body, url: str, return_url: str) -> Body:
    """The person must go elsewhere first: the bank's 3-D Secure page, the PayPay app."""
    intent = intent_for(sandbox, session)
    intent = sandbox.store.put(intent | {"next_action": redirect(url, return_url), "status": "requires_action"})
    sandbox.emit("payment_intent.requires_action", intent)
    return intent


def refuse(sandbox: Sandbox, session: Body, method: str) -> Body:
    """The person did not approve there; the session stays open for another try."""
    intent = intent_for(sandbox, session)
    if method == "paypay":
        return fail_attempt(sandbox, intent, payment_error("payment_method_provider_decline", WALLET_REFUSED))
    return fail_attempt(sandbox, intent, payment_error("payment_intent_authentication_failure", NOT_AUTHENTICATED))


def fail_attempt(sandbox: Sandbox, intent: Body, error: dict[str, Any]) -> Body:
    """The intent goes back to waiting for another way to pay."""
    unpaid = {"last_payment_error": error, "next_action": None, "status": "requires_payment_method"}
    intent = sandbox.store.put(intent | unpaid)
    sandbox.emit("payment_intent.payment_failed", intent)
    return intent


def payer_of(session: Body) -> dict[str, Any]:
    """`customer_details` once somebody has filled in the page."""
    return {
        "address": None,
        "business_name": None,
        "email": session["customer_email"],
        "individual_name": None,
        "name": None,
        "phone": None,
        "tax_exempt": "none",
        "tax_ids": None,
    }
