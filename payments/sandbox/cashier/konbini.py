"""Konbini payments: a number is issued, carried to a shop, and paid there – now, later, or never."""

import secrets

from payments.sandbox.agenda import drop, plan, planned
from payments.sandbox.cashier.attempts import fail_attempt, intent_for, pay, payer_of
from payments.sandbox.cashier.sessions import session_of
from payments.sandbox.cashier.times import end_of_day_in
from payments.sandbox.machine import Sandbox
from payments.sandbox.resources.payment_intent import konbini_voucher, payment_error
from payments.sandbox.store import Body
from payments.sandbox.wire.errors import wrong_state

DAYS = 3
SHOPS = ("familymart", "lawson", "ministop", "seicomart")


def issue_number(sandbox: Sandbox, session: Body) -> Body:
    """The session is complete but unpaid: the person carries a number to a shop. Answers the intent."""
    intent = intent_for(sandbox, session)
    options = session["payment_method_options"].get("konbini", {})
    expires = end_of_day_in(sandbox.clock.now(), options.get("expires_after_days") or DAYS)
    number = "".join(secrets.choice("0123456789") for _ in range(11))
    voucher = konbini_voucher(f"{sandbox.base_url}/konbini/{intent['id']}", expires, number[:6], number)
    intent = sandbox.store.put(intent | {"next_action": voucher, "status": "requires_action"})
    session = sandbox.store.get(session["id"])
    session = sandbox.store.put(session | {"status": "complete", "url": None, "customer_details": payer_of(session)})
    plan(sandbox.store, expires, "konbini.expires", intent["id"])
    sandbox.emit("payment_intent.requires_action", intent)
    sandbox.emit("checkout.session.completed", session)
    return intent


def is_waiting(intent: Body) -> bool:
    """Whether its number can still be paid."""
    return intent["status"] == "requires_action" and (intent["next_action"] or {}).get("type", "")[:7] == "konbini"


def pay_at_shop(sandbox: Sandbox, intent: Body, shop: str = SHOPS[0]) -> Body:
    """Cash was taken at the counter for this number."""
    return pay(sandbox, session_of(sandbox, intent), "konbini", shop=shop)


def pay_later(sandbox: Sandbox, intent: Body, seconds: int) -> Body:
    """Cash will be taken so many seconds from now, if the number is good until then."""
    if not is_waiting(intent):
        raise wrong_state("This number can no longer be paid.")
    drop(sandbox.store, intent["id"], "konbini.paid")
    plan(sandbox.store, sandbox.clock.now() + seconds, "konbini.paid", intent["id"])
    return intent


def pay_never(sandbox: Sandbox, intent: Body) -> Body:
    """Nobody goes to the shop: the number runs out when its time is over."""
    drop(sandbox.store, intent["id"], "konbini.paid")
    return intent


def will_be_paid(sandbox: Sandbox, intent: Body) -> int | None:
    """The second at which somebody is going to pay it."""
    return next((entry.due for entry in planned(sandbox.store, intent["id"]) if entry.what == "konbini.paid"), None)


def pay_if_still_possible(sandbox: Sandbox, intent_id: str) -> None:
    """The moment for which somebody planned to pay."""
    intent = sandbox.store.get(intent_id)
    if is_waiting(intent):
        pay_at_shop(sandbox, intent)


def expire_if_unpaid(sandbox: Sandbox, intent_id: str) -> None:
    """The last moment of the number."""
    intent = sandbox.store.get(intent_id)
    if is_waiting(intent):
        let_expire(sandbox, intent)


def let_expire(sandbox: Sandbox, intent: Body) -> Body:
    """The number was not paid in time."""
    error = payment_error("payment_intent_payment_attempt_expired", "The payment code expired.")
    intent = fail_attempt(sandbox, intent, error)
    sandbox.emit("checkout.session.async_payment_failed", session_of(sandbox, intent))
    return intent
