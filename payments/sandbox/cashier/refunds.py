"""Refunds: at once to a card or wallet, by way of a bank account after a konbini payment; some of them fail."""

from typing import Any

from payments.sandbox.agenda import drop, plan
from payments.sandbox.cashier.movements import available_yen, move
from payments.sandbox.machine import Sandbox
from payments.sandbox.resources.balance_transaction import DAY, Wording
from payments.sandbox.resources.refund import asking_for_bank_account, in_state, refund
from payments.sandbox.store import Body
from payments.sandbox.wire.errors import invalid, wrong_state

DAYS_TO_TELL_ACCOUNT = 45
DAYS_UNDER_WAY = 3
WAYS = ("at_once", "processing", "insufficient_funds")
"""How refunds to a card or wallet go from now on; a person may choose (`refund.way`)."""
UNFINISHED = ("pending", "requires_action")


def create_refund(
    sandbox: Sandbox, charge: Body, amount: int | None, reason: str | None, metadata: dict[str, str], email: str | None
) -> Body:
    """Give back `amount` yen of a charge, or what is left of it."""
    wanted = _checked_amount(sandbox, charge, amount)
    now = sandbox.clock.now()
    body = refund(sandbox.new_id("re"), now, charge, wanted, reason, metadata)
    if charge["payment_method_details"]["type"] != "konbini":
        return _send(sandbox, body)
    address = email or charge["receipt_email"]
    if not address:
        raise invalid("instructions_email", "Missing required param: instructions_email.", "parameter_missing")
    expires_at = now + DAYS_TO_TELL_ACCOUNT * DAY
    body = sandbox.store.put(asking_for_bank_account(body, address, now, expires_at))
    plan(sandbox.store, expires_at, "refund.expires", body["id"])
    sandbox.emit("refund.created", body)
    return body


def _send(sandbox: Sandbox, body: Body) -> Body:
    """To a card or wallet: there at once, or under way, or waiting until the balance suffices."""
    way = sandbox.store.setting("refund.way", WAYS[0])
    if way == "insufficient_funds" and available_yen(sandbox) < body["amount"]:
        body = sandbox.store.put(body | {"pending_reason": "insufficient_funds"})
        sandbox.emit("refund.created", body)
        return body
    if way == "processing":
        body = _debit(sandbox, body | {"pending_reason": "processing"}, "refund.created")
        plan(sandbox.store, sandbox.clock.now() + DAYS_UNDER_WAY * DAY, "refund.arrives", body["id"])
        return body
    return _debit(sandbox, body | {"status": "succeeded"}, "refund.created")


def give_account(sandbox: Sandbox, body: Body) -> Body:
    """The payer told a bank account: the money is under way to it."""
    _expect(body, "requires_action")
    drop(sandbox.store, body["id"], "refund.expires")
    done = _debit(sandbox, in_state(body, "pending", pending_reason="processing"), None)
    _tell(sandbox, done, body)
    plan(sandbox.store, sandbox.clock.now() + DAYS_UNDER_WAY * DAY, "refund.arrives", body["id"])
    return done


def complete_refund(sandbox: Sandbox, body: Body) -> Body:
    """The money has gone back."""
    _expect(body, *UNFINISHED)
    done = in_state(body, "succeeded")
    done = _debit(sandbox, done, None) if body["balance_transaction"] is None else sandbox.store.put(done)
    _tell(sandbox, done, body)
    return done


def fail_refund(sandbox: Sandbox, body: Body, reason: str = "unknown") -> Body:
    """The money could not go back, or came back: the account is closed, or was not told in time."""
    _expect(body, *UNFINISHED, "succeeded")
    fields: dict[str, Any] = {"failure_reason": reason}
    if body["balance_transaction"] is not None:
        wording = Wording(description=f"REFUND FAILURE FOR {body['charge']}")
        back = move(sandbox, body["id"], "refund_failure", body["amount"], wording=wording)
        fields["failure_balance_transaction"] = back["id"]
        _count_refunded(sandbox, body["charge"], -body["amount"])
    failed = sandbox.store.put(in_state(body, "failed", **fields))
    _tell(sandbox, failed, body, "refund.failed")
    return failed


def cancel_refund(sandbox: Sandbox, body: Body) -> Body:
    """Give up waiting for the payer's account."""
    if body["status"] != "requires_action":
        raise wrong_state(f"You can only cancel a refund with a status of requires_action. It is {body['status']}.")
    cancelled = sandbox.store.put(in_state(body, "canceled", failure_reason="merchant_request"))
    _tell(sandbox, cancelled, body)
    return cancelled


def send_waiting(sandbox: Sandbox) -> None:
    """Refunds that waited for money go out, the oldest first, as far as the balance suffices."""
    terms = ["status = 'pending'", "body ->> 'pending_reason' = 'insufficient_funds'"]
    for body in sandbox.store.select("refund", terms, oldest=True):
        if available_yen(sandbox) < body["amount"]:
            return
        complete_refund(sandbox, body)


def _checked_amount(sandbox: Sandbox, charge: Body, amount: int | None) -> int:
    if not charge["paid"]:
        raise wrong_state(f"Charge {charge['id']} has not been paid.")
    if charge["disputed"] and not _refundable(sandbox, charge):
        message = f"Charge {charge['id']} has been charged back; cannot issue a refund."
        raise wrong_state(message, "charge_disputed")
    left = left_of(sandbox, charge)
    if left == 0:
        raise wrong_state(f"Charge {charge['id']} has already been refunded.", "charge_already_refunded")
    wanted = left if amount is None else amount
    if wanted > left:
        message = f"Refund amount (¥{wanted:,}) is greater than unrefunded amount on charge (¥{left:,})"
        raise invalid("amount", message)
    return wanted


def _refundable(sandbox: Sandbox, charge: Body) -> bool:
    disputes = sandbox.store.newest_first("dispute", {"charge": charge["id"]})
    return all(body["is_charge_refundable"] for body in disputes)


def left_of(sandbox: Sandbox, charge: Body) -> int:
    """The yen of a charge for which no refund has been asked for that still stands."""
    refunds = sandbox.store.newest_first("refund", {"charge": charge["id"]})
    promised = sum(body["amount"] for body in refunds if body["status"] not in ("failed", "canceled"))
    return int(charge["amount_captured"]) - promised


def _debit(sandbox: Sandbox, body: Body, event: str | None) -> Body:
    """Take the money out of the balance, and count it as refunded on the charge."""
    is_card = sandbox.store.get(body["charge"])["payment_method_details"]["type"] == "card"
    wording = Wording(description=f"REFUND FOR {'CHARGE' if is_card else 'PAYMENT'}")
    movement = move(sandbox, body["id"], "refund" if is_card else "payment_refund", -body["amount"], wording=wording)
    body = sandbox.store.put(body | {"balance_transaction": movement["id"]})
    if event:
        sandbox.emit(event, body)
    sandbox.emit("charge.refunded", _count_refunded(sandbox, body["charge"], body["amount"]))
    return body


def _count_refunded(sandbox: Sandbox, charge_id: str, yen: int) -> Body:
    charge = sandbox.store.get(charge_id)
    refunded = charge["amount_refunded"] + yen
    return sandbox.store.put(charge | {"amount_refunded": refunded, "refunded": refunded == charge["amount"]})


def _tell(sandbox: Sandbox, body: Body, earlier: Body, *first: str) -> None:
    for kind in (*first, "refund.updated", "charge.refund.updated"):
        sandbox.emit(kind, body, {"status": earlier["status"]})


def _expect(body: Body, *states: str) -> None:
    if body["status"] not in states:
        raise wrong_state(f"This refund is already {body['status']}.")
