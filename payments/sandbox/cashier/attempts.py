"""What a person does on the pay page: a card that works or not, 3-D Secure, a konbini number, PayPay."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from payments.sandbox.cashier.sessions import session_of
from payments.sandbox.machine import Sandbox
from payments.sandbox.resources.balance import DAY, DAYS_UNTIL_AVAILABLE, balance_transaction, fee_of
from payments.sandbox.resources.charge import charge, declined, method_details
from payments.sandbox.resources.payment_intent import konbini_voucher, payment_error, payment_intent, redirect
from payments.sandbox.store import Body

TOKYO = ZoneInfo("Asia/Tokyo")
KONBINI_DAYS = 3
CARD_DECLINED = "Your card was declined."
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
        session | {"status": "complete", "payment_status": "paid", "url": None, "customer_details": _payer(session)}
    )
    sandbox.emit("checkout.session.async_payment_succeeded" if was_waiting else "checkout.session.completed", session)
    return taken


def _take(sandbox: Sandbox, intent: Body, method: str, *, authenticated: bool, shop: str | None) -> Body:
    now = sandbox.clock.now()
    details = method_details(method, intent["amount"], authenticated=authenticated, shop=shop)
    is_card = method == "card"
    taken = charge(sandbox.new_id("ch" if is_card else "py"), now, intent, sandbox.new_id("pm"), details)
    movement = sandbox.store.put(
        balance_transaction(
            sandbox.new_id("txn"),
            now,
            taken["id"],
            "charge" if is_card else "payment",
            intent["amount"],
            fee_of(method, intent["amount"]),
            available_on=_midnight_after(now, DAYS_UNTIL_AVAILABLE),
        )
    )
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


def decline(sandbox: Sandbox, session: Body) -> Body:
    """The card's bank says no; the session stays open for another try."""
    intent = intent_for(sandbox, session)
    details = method_details("card", intent["amount"])
    body = charge(sandbox.new_id("ch"), sandbox.clock.now(), intent, sandbox.new_id("pm"), details)
    failed = sandbox.store.put(declined(body, "card_declined", CARD_DECLINED))
    sandbox.emit("charge.failed", failed)
    error = payment_error("card_declined", CARD_DECLINED, "generic_decline")
    return _fail(sandbox, intent | {"latest_charge": failed["id"]}, error)


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
        return _fail(sandbox, intent, payment_error("payment_method_provider_decline", WALLET_REFUSED))
    return _fail(sandbox, intent, payment_error("payment_intent_authentication_failure", NOT_AUTHENTICATED))


def issue_konbini_number(sandbox: Sandbox, session: Body) -> Body:
    """The session is complete but unpaid: the person carries a number to a shop. Answers the intent."""
    intent = intent_for(sandbox, session)
    options = session["payment_method_options"].get("konbini", {})
    expires = konbini_expiry(sandbox.clock.now(), options.get("expires_after_days") or KONBINI_DAYS)
    number = "".join(secrets.choice("0123456789") for _ in range(11))
    voucher = konbini_voucher(f"{sandbox.base_url}/konbini/{intent['id']}", expires, number[:6], number)
    intent = sandbox.store.put(intent | {"next_action": voucher, "status": "requires_action"})
    session = sandbox.store.get(session["id"])
    session = sandbox.store.put(session | {"status": "complete", "url": None, "customer_details": _payer(session)})
    sandbox.emit("payment_intent.requires_action", intent)
    sandbox.emit("checkout.session.completed", session)
    return intent


def pay_at_shop(sandbox: Sandbox, intent: Body, shop: str = "familymart") -> Body:
    """Cash was taken at the counter for this number."""
    return pay(sandbox, session_of(sandbox, intent), "konbini", shop=shop)


def let_konbini_expire(sandbox: Sandbox, intent: Body) -> Body:
    """The number was not paid in time."""
    intent = _fail(
        sandbox, intent, payment_error("payment_intent_payment_attempt_expired", "The payment code expired.")
    )
    sandbox.emit("checkout.session.async_payment_failed", session_of(sandbox, intent))
    return intent


def konbini_expiry(now: int, days: int) -> int:
    """23:59:59 in Japan on the last day on which the number can be paid."""
    last = datetime.fromtimestamp(now, UTC).astimezone(TOKYO) + timedelta(days=days)
    return int(last.replace(hour=23, minute=59, second=59, microsecond=0).timestamp())


def local_time(second: int) -> str:
    """A moment as people in Japan read it."""
    return datetime.fromtimestamp(second, UTC).astimezone(TOKYO).strftime("%Y-%m-%d %H:%M")


def _fail(sandbox: Sandbox, intent: Body, error: dict[str, Any]) -> Body:
    unpaid = {"last_payment_error": error, "next_action": None, "status": "requires_payment_method"}
    intent = sandbox.store.put(intent | unpaid)
    sandbox.emit("payment_intent.payment_failed", intent)
    return intent


def _payer(session: Body) -> dict[str, Any]:
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


def _midnight_after(now: int, days: int) -> int:
    return (now // DAY + days) * DAY
