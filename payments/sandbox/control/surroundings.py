"""Orders about the world around: the clock, webhooks, and faults of the API."""

from datetime import datetime
from typing import Any

from payments.sandbox.cashier.passing_time import catch_up
from payments.sandbox.cashier.times import TOKYO
from payments.sandbox.control.order import Order, Senseless
from payments.sandbox.machine import Sandbox
from payments.sandbox.webhooks import deliveries
from payments.sandbox.webhooks.faults import PAYLOADS, Faults
from payments.sandbox.webhooks.sender import deliver_due
from payments.sandbox.wire import faults

LONGEST_MOVE = 400 * 86_400


def move_clock(sandbox: Sandbox, order: Order) -> dict[str, Any]:
    """On by `seconds`, or `to` a moment in Japan ("2026-12-24T09:00"); what passes meanwhile happens in its order."""
    seconds = _until(sandbox, order.text("to")) if order.text("to") else order.number("seconds")
    if seconds > LONGEST_MOVE:
        raise Senseless("the clock moves at most 400 days at once")
    sandbox.clock.advance(seconds)
    catch_up(sandbox)
    return clock(sandbox)


def clock(sandbox: Sandbox) -> dict[str, Any]:
    """What time it is, and how far the clock was moved."""
    return {"now": sandbox.clock.now(), "offset": sandbox.clock.offset, "moved": sandbox.clock.moved}


def _until(sandbox: Sandbox, text: str) -> int:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Senseless("to is a moment such as 2026-12-24T09:00") from None
    at = moment if moment.tzinfo else moment.replace(tzinfo=TOKYO)
    seconds = int(at.timestamp()) - sandbox.clock.now()
    if seconds < 0:
        raise Senseless("the clock only moves forward")
    return seconds


def set_webhooks(sandbox: Sandbox, order: Order) -> dict[str, Any]:
    """From now on: `lose`, `double`, `late_by` seconds, `reorder`; `only` some types, the next `count`; `payload`."""
    if "payload" in order.values:
        sandbox.store.set_setting("webhook.payload", order.word("payload", PAYLOADS))
    if set(order.values) == {"payload"}:
        return webhooks(sandbox)
    Faults(
        lose=order.flag("lose"),
        double=order.flag("double"),
        late_by=order.number("late_by", 0),
        reorder=order.flag("reorder"),
        only=tuple(order.words("only")),
        count=order.optional_number("count"),
    ).save(sandbox.store)
    return webhooks(sandbox)


def webhooks(sandbox: Sandbox) -> dict[str, Any]:
    """The present setting, and how many deliveries stand where."""
    states = dict(sandbox.store.run("SELECT state, count(*) FROM delivery GROUP BY state"))
    payload = sandbox.store.setting("webhook.payload", PAYLOADS[0])
    return Faults.load(sandbox.store).as_settings() | {"payload": payload, "deliveries": states}


def send_due(sandbox: Sandbox, _: Order) -> dict[str, Any]:
    """Send what is due now."""
    return {"accepted": deliver_due(sandbox)}


def change_delivery(sandbox: Sandbox, order: Order, number: int) -> dict[str, Any]:
    """`do` with one delivery: now | lose | double | late (by `late_by` seconds)."""
    do = order.word("do", ("now", "lose", "double", "late"))
    found = deliveries.find(sandbox.store, number)
    if found is None:
        raise Senseless(f"there is no delivery {number}", 404)
    deliveries.change(sandbox, found, do, order.number("late_by", 3_600))
    return {"delivery": number, "did": do}


def send_again(sandbox: Sandbox, _: Order, event_id: str) -> dict[str, Any]:
    """Send an event once more, whatever became of it so far."""
    event = sandbox.store.find(event_id)
    if event is None or event["object"] != "event":
        raise Senseless(f"there is no event {event_id}", 404)
    deliveries.queue(sandbox, event, sandbox.clock.precise())
    return {"queued": event_id}


def order_faults(sandbox: Sandbox, order: Order) -> dict[str, Any]:
    """The next `count` requests whose path begins with `path` go wrong: `kind`, `seconds`; kind "none" ends all."""
    kind = order.word("kind", (*faults.KINDS, "none"))
    if kind == "none":
        faults.clear(sandbox.store)
    else:
        method, _, path = order.text("target").rpartition(" ")  # from the page, both in one field
        path, method = path or order.text("path", "/v1"), method or order.text("method")
        faults.order_fault(sandbox.store, path, kind, order.number("count", 1), order.seconds("seconds"), method)
    return {"ordered": True, "waiting": faults.waiting(sandbox.store)}


def limit_requests(sandbox: Sandbox, order: Order) -> dict[str, Any]:
    """No more than `per_second` requests to the API in one second; 0 for no limit."""
    per_second = order.number("per_second")
    sandbox.store.set_setting("api.limit", per_second)
    return {"per_second": per_second}
