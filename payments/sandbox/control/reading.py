"""What the control pages show: payments, where each of them stands, and everything that happened to one."""

from dataclasses import dataclass
from typing import Any

from payments.sandbox.cashier.konbini import is_waiting, will_be_paid
from payments.sandbox.machine import Sandbox
from payments.sandbox.store import Body
from payments.sandbox.webhooks.deliveries import Delivery, latest

MOST_PAYMENTS = 25
MOST_EVENTS = 60
MOST_LOGGED = 25


@dataclass(frozen=True, slots=True)
class PaymentView:
    """A checkout session and all that belongs to it. `state` is a word of the catalogue (`payment.control_state_…`)."""

    session: Body
    intent: Body | None
    charge: Body | None
    refunds: list[Body]
    disputes: list[Body]
    state: str
    paid_at: int | None

    @property
    def method(self) -> str | None:
        """How it was paid, or is going to be."""
        if self.charge is not None:
            return str(self.charge["payment_method_details"]["type"])
        return "konbini" if self.intent is not None and is_waiting(self.intent) else None

    @property
    def reference(self) -> str:
        """What the application calls it."""
        metadata = self.session["metadata"]
        return str(metadata.get("reference") or metadata.get("charge") or self.session["id"])


def payments(sandbox: Sandbox, text: str = "") -> list[PaymentView]:
    """The latest payments, or those in whose data `text` occurs, or to which the id `text` belongs."""
    if (named := by_id(sandbox, text)) is not None:
        return [named]
    sandbox_rows = (
        sandbox.store.select("checkout.session", ["instr(body, ?) > 0"], [text], limit=MOST_PAYMENTS)
        if text
        else sandbox.store.select("checkout.session", limit=MOST_PAYMENTS)
    )
    return [payment(sandbox, row) for row in sandbox_rows]


def by_id(sandbox: Sandbox, resource_id: str) -> PaymentView | None:
    """The payment to which a session, intent, charge, refund, dispute or movement belongs."""
    body = sandbox.store.find(resource_id) if resource_id else None
    if body is not None and body["object"] == "balance_transaction":
        body = sandbox.store.find(body["source"] or "")
    if body is not None and body["object"] == "payment_intent":
        body = _session_of(sandbox, body["id"])
    elif body is not None and body["object"] in ("charge", "refund", "dispute"):
        body = _session_of(sandbox, body["payment_intent"])
    if body is None or body["object"] != "checkout.session":
        return None
    return payment(sandbox, body)


def _session_of(sandbox: Sandbox, intent_id: str) -> Body | None:
    return next(iter(sandbox.store.newest_first("checkout.session", {"payment_intent": intent_id})), None)


def payment(sandbox: Sandbox, session: Body) -> PaymentView:
    """Everything about one session."""
    store, intent_id = sandbox.store, session["payment_intent"]
    intent = store.find(intent_id) if intent_id else None
    charge = store.find(intent["latest_charge"]) if intent and intent["latest_charge"] else None
    refunds = store.newest_first("refund", {"payment_intent": intent_id}) if intent_id else []
    disputes = store.newest_first("dispute", {"payment_intent": intent_id}) if intent_id else []
    paid_at = will_be_paid(sandbox, intent) if intent and is_waiting(intent) else None
    return PaymentView(session, intent, charge, refunds, disputes, _state(session, intent, charge), paid_at)


def _state(session: Body, intent: Body | None, charge: Body | None) -> str:
    if charge is not None and charge["paid"]:
        if charge["disputed"]:
            return "disputed"
        if charge["refunded"]:
            return "refunded"
        return "part_refunded" if charge["amount_refunded"] else "paid"
    if session["status"] != "complete":
        return str(session["status"])
    if intent is not None and is_waiting(intent):
        return "konbini"
    return "canceled" if intent is not None and intent["status"] == "canceled" else "konbini_over"


@dataclass(frozen=True, slots=True)
class EventView:
    """An event and what became of its deliveries."""

    event: Body
    deliveries: list[Delivery]


def events_of(sandbox: Sandbox, view: PaymentView) -> list[EventView]:
    """What happened to a payment, the latest first."""
    ids = [view.session["id"], *(body["id"] for body in (view.intent, view.charge) if body)]
    ids += [body["id"] for body in (*view.refunds, *view.disputes)]
    marks = ", ".join("?" for _ in ids)
    found = sandbox.store.select("event", [f"body ->> '$.data.object.id' IN ({marks})"], ids, limit=MOST_EVENTS)
    return [EventView(body, latest(sandbox.store, 10, body["id"])) for body in found]


def log(sandbox: Sandbox) -> list[tuple[Delivery, Body]]:
    """The latest deliveries, each with its event."""
    return [(row, sandbox.store.get(row.event)) for row in latest(sandbox.store, MOST_LOGGED)]


def movements_of(sandbox: Sandbox, view: PaymentView) -> list[dict[str, Any]]:
    """What a payment moved, the oldest first."""
    ids = [body["id"] for body in (view.charge, *view.refunds, *view.disputes) if body]
    marks = ", ".join("?" for _ in ids)
    terms = [f"body ->> 'source' IN ({marks})"]
    return sandbox.store.select("balance_transaction", terms, ids, oldest=True) if ids else []
