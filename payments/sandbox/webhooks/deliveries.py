"""The deliveries of events: queued, sent, lost, and what the endpoint answered."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from payments.sandbox.store import Body, Store
from payments.sandbox.webhooks.faults import PAYLOADS, Faults

if TYPE_CHECKING:
    from payments.sandbox.machine import Sandbox

_COLUMNS = "number, event, due, attempts, state, payload, answer"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to the endpoint. `state`: waiting | accepted | given_up | lost; `answer` of the last try."""

    number: int
    event: str
    due: float
    attempts: int
    state: str
    payload: str
    answer: str | None


def announce(sandbox: "Sandbox", event: Body) -> None:
    """Queue the webhook of a new event as the present fault setting says."""
    faults = Faults.load(sandbox.store).spoil(sandbox.store, event["type"])
    due = sandbox.clock.precise() + faults.late_by
    for _ in range(2 if faults.double else 1):
        queue(sandbox, event, due, "lost" if faults.lose else "waiting")


def queue(sandbox: "Sandbox", event: Body, due: float, state: str = "waiting") -> None:
    """Queue one delivery, in the form that the endpoint is set to."""
    payload = sandbox.store.setting("webhook.payload", PAYLOADS[0])
    sandbox.store.run(
        "INSERT INTO delivery (event, due, attempts, state, payload) VALUES (?, ?, 0, ?, ?)",
        (event["id"], due, state, payload),
    )


def find(store: Store, number: int) -> Delivery | None:
    """One delivery."""
    rows = store.run(f"SELECT {_COLUMNS} FROM delivery WHERE number = ?", (number,))  # noqa: S608 - constant
    return Delivery(*rows[0]) if rows else None


def due_now(sandbox: "Sandbox") -> list[Delivery]:
    """What is due, the earliest first; in reverse when deliveries are to be reordered."""
    rows = sandbox.store.run(
        f"SELECT {_COLUMNS} FROM delivery WHERE state = 'waiting' AND due <= ? ORDER BY due, number",  # noqa: S608
        (sandbox.clock.precise(),),
    )
    found = [Delivery(*row) for row in rows]
    return found[::-1] if Faults.load(sandbox.store).reorder else found


def latest(store: Store, count: int, event: str | None = None) -> list[Delivery]:
    """The log: the latest deliveries, of all events or of one."""
    where, values = ("WHERE event = ?", (event,)) if event else ("", ())
    rows = store.run(f"SELECT {_COLUMNS} FROM delivery {where} ORDER BY number DESC LIMIT ?", (*values, count))  # noqa: S608
    return [Delivery(*row) for row in rows]


def change(sandbox: "Sandbox", delivery: Delivery, do: str, late_by: int) -> None:
    """Let one delivery go at once, be lost, arrive twice, or be late."""
    now = sandbox.clock.precise()
    if do == "double":
        queue(sandbox, sandbox.store.get(delivery.event), now)
        return
    state = "lost" if do == "lose" else "waiting"
    due = now + late_by if do == "late" else now
    settle(sandbox, delivery, delivery.attempts, state, due, delivery.answer)


def settle(sandbox: "Sandbox", delivery: Delivery, attempts: int, state: str, due: float, answer: str | None) -> None:
    """Write down where a delivery stands, and on its event whether one still is to come."""
    store = sandbox.store
    store.run(
        "UPDATE delivery SET attempts = ?, state = ?, due = ?, answer = ? WHERE number = ?",
        (attempts, state, due, answer, delivery.number),
    )
    ((waiting,),) = store.run("SELECT count(*) FROM delivery WHERE event = ? AND state = 'waiting'", (delivery.event,))
    event = store.get(delivery.event)
    if state != "lost" and event["pending_webhooks"] != waiting:
        store.put(event | {"pending_webhooks": waiting})
