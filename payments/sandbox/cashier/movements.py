"""Movements of the balance at Stripe: written down, and available some days later."""

from payments.sandbox.agenda import plan
from payments.sandbox.machine import Sandbox
from payments.sandbox.resources.balance_transaction import (
    DAY,
    DAYS_UNTIL_AVAILABLE,
    PLAIN,
    Wording,
    balance_transaction,
    fee_of,
)
from payments.sandbox.resources.payout import balance
from payments.sandbox.store import Body


def take_in(sandbox: Sandbox, source: str, method: str, amount: int) -> Body:
    """A payment came in; Stripe keeps its fee, and the rest is available after some days."""
    now = sandbox.clock.now()
    available_on = (now // DAY + DAYS_UNTIL_AVAILABLE) * DAY
    kind = "charge" if method == "card" else "payment"
    movement = balance_transaction(
        sandbox.new_id("txn"), now, source, kind, amount, fee_of(method, amount), available_on=available_on
    )
    plan(sandbox.store, available_on, "movement.available", movement["id"])
    return sandbox.store.put(movement)


def move(sandbox: Sandbox, source: str | None, kind: str, amount: int, fee: int = 0, wording: Wording = PLAIN) -> Body:
    """Something else moved: `amount` yen, negative when it leaves; available (or gone) at once."""
    now = sandbox.clock.now()
    movement = balance_transaction(
        sandbox.new_id("txn"), now, source, kind, amount, fee, available_on=now, wording=wording
    )
    return sandbox.store.put(movement)


def become_available(sandbox: Sandbox, movement_id: str) -> None:
    """Its day has come: it can be paid out."""
    sandbox.store.put(sandbox.store.get(movement_id) | {"status": "available"})


def available_yen(sandbox: Sandbox) -> int:
    """What could be paid out or given back now."""
    return _total(sandbox, "available")


def current_balance(sandbox: Sandbox) -> Body:
    """What is available and what is not yet."""
    return balance(available_yen(sandbox), _total(sandbox, "pending"))


def _total(sandbox: Sandbox, status: str) -> int:
    rows = sandbox.store.run(
        "SELECT coalesce(sum(body ->> 'net'), 0) FROM resource WHERE kind = 'balance_transaction' AND status = ?",
        (status,),
    )
    return int(rows[0][0])
