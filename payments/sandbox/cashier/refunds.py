"""Refunds: at once to a card or wallet, by way of a bank account after a konbini payment."""

from payments.sandbox.errors import invalid, wrong_state
from payments.sandbox.machine import Sandbox
from payments.sandbox.resources.balance import DAY, asks_for_bank_account, balance_transaction, refund
from payments.sandbox.store import Body

DAYS_TO_TELL_ACCOUNT = 45


def create_refund(
    sandbox: Sandbox, charge: Body, amount: int | None, reason: str | None, metadata: dict[str, str], email: str | None
) -> Body:
    """Give back `amount` yen of a charge, or what is left of it."""
    left = _left_of(sandbox, charge)
    wanted = left if amount is None else amount
    if not charge["paid"]:
        raise wrong_state(f"Charge {charge['id']} has not been paid.")
    if left == 0:
        raise wrong_state(f"Charge {charge['id']} has already been refunded.", "charge_already_refunded")
    if wanted > left:
        raise invalid("amount", f"Refund amount ({wanted}) is greater than unrefunded amount on charge ({left})")
    body = refund(sandbox.new_id("re"), sandbox.clock.now(), charge, wanted, reason, metadata)
    if charge["payment_method_details"]["type"] == "konbini":
        address = email or charge["receipt_email"]
        if not address:
            raise invalid("instructions_email", "Missing required param: instructions_email.", "parameter_missing")
        now = sandbox.clock.now()
        body = asks_for_bank_account(body, address, now, now + DAYS_TO_TELL_ACCOUNT * DAY)
        sandbox.store.put(body)
        sandbox.emit("refund.created", body)
        return body
    sandbox.store.put(body)
    sandbox.emit("refund.created", body)
    return complete_refund(sandbox, body)


def complete_refund(sandbox: Sandbox, body: Body) -> Body:
    """The money has gone back."""
    if body["status"] not in ("pending", "requires_action"):
        raise wrong_state(f"This refund is already {body['status']}.")
    charge = sandbox.store.get(body["charge"])
    now = sandbox.clock.now()
    is_card = charge["payment_method_details"]["type"] == "card"
    kind = "refund" if is_card else "payment_refund"
    movement = balance_transaction(sandbox.new_id("txn"), now, body["id"], kind, -body["amount"], available_on=now)
    sandbox.store.put(movement)
    done = {name: value for name, value in body.items() if name != "next_action"}
    done = sandbox.store.put(done | {"status": "succeeded", "balance_transaction": movement["id"]})
    refunded = charge["amount_refunded"] + body["amount"]
    charge = sandbox.store.put(charge | {"amount_refunded": refunded, "refunded": refunded == charge["amount"]})
    sandbox.emit("refund.updated", done, {"status": body["status"]})
    sandbox.emit("charge.refunded", charge)
    return done


def fail_refund(sandbox: Sandbox, body: Body) -> Body:
    """The money could not go back: the account is closed, or was not told in time."""
    if body["status"] not in ("pending", "requires_action"):
        raise wrong_state(f"This refund is already {body['status']}.")
    failed = {name: value for name, value in body.items() if name != "next_action"}
    failed = sandbox.store.put(failed | {"status": "failed", "failure_reason": "expired_or_canceled_card"})
    sandbox.emit("refund.failed", failed)
    return failed


def _left_of(sandbox: Sandbox, charge: Body) -> int:
    refunds = sandbox.store.newest_first("refund", {"charge": charge["id"]})
    promised = sum(body["amount"] for body in refunds if body["status"] not in ("failed", "canceled"))
    return int(charge["amount_captured"]) - promised
