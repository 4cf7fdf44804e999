"""Opening and ending Checkout Sessions."""

from collections.abc import Mapping
from typing import Any

from payments.sandbox.agenda import plan
from payments.sandbox.machine import Sandbox
from payments.sandbox.resources.checkout_session import checkout_session, line_item, total_of
from payments.sandbox.store import Body
from payments.sandbox.wire.errors import no_such, wrong_state


def open_session(sandbox: Sandbox, parameters: Mapping[str, Any]) -> Body:
    """A new open session. `parameters` were checked by the API."""
    now = sandbox.clock.now()
    session_id = sandbox.new_id("cs_test")
    items = [
        line_item(sandbox.new_id("li"), sandbox.new_id("price"), sandbox.new_id("prod"), now, asked)
        for asked in parameters["line_items"]
    ]
    session = checkout_session(
        session_id,
        f"{sandbox.base_url}/pay/{session_id}",
        now,
        parameters["expires_at"],
        parameters,
        total_of(items),
    )
    plan(sandbox.store, _ends_at(sandbox, parameters["expires_at"]), "session.expires", session_id)
    private = {"items": items, "payment_intent_data": parameters.get("payment_intent_data", {})}
    sandbox.store.set_setting(f"session.{session_id}", private)
    return sandbox.store.put(session)


def _ends_at(sandbox: Sandbox, expires_at: int) -> int:
    """When the session ends by our clock. Asked for by a clock that was not moved along, it lasts as long as meant."""
    now = sandbox.clock.now()
    return expires_at if expires_at > now else expires_at + sandbox.clock.moved


def find_session(sandbox: Sandbox, session_id: str) -> Body:
    """The session, or Stripe's 404."""
    session = sandbox.store.find(session_id)
    if session is None or session["object"] != "checkout.session":
        raise no_such("checkout.session", session_id)
    return session


def expire_session(sandbox: Sandbox, session: Body) -> Body:
    """End an open session: nobody can pay through it any more."""
    if session["status"] != "open":
        message = f"Only Checkout Sessions with a status in ['open'] can be expired. This one is {session['status']}."
        raise wrong_state(message)
    session = sandbox.store.put(session | {"status": "expired", "url": None})
    if session["payment_intent"]:
        cancel_attempt(sandbox, sandbox.store.get(session["payment_intent"]), "automatic")
    sandbox.emit("checkout.session.expired", session)
    return session


def cancel_attempt(sandbox: Sandbox, intent: Body, reason: str) -> Body:
    """Cancel an intent that has not collected anything; the konbini number stops working."""
    if intent["status"] not in ("requires_payment_method", "requires_action", "requires_confirmation"):
        message = f"You cannot cancel this PaymentIntent because it has a status of {intent['status']}."
        raise wrong_state(message, "payment_intent_unexpected_state")
    cancelled = sandbox.store.put(
        intent
        | {
            "canceled_at": sandbox.clock.now(),
            "cancellation_reason": reason,
            "next_action": None,
            "status": "canceled",
        }
    )
    sandbox.emit("payment_intent.canceled", cancelled)
    return cancelled


def session_of(sandbox: Sandbox, intent: Body) -> Body:
    """The session through which an intent is paid."""
    return sandbox.store.newest_first("checkout.session", {"payment_intent": intent["id"]})[0]
