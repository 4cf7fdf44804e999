"""The balance at Stripe and its payouts to the authority's bank."""

from payments.sandbox.errors import ApiError
from payments.sandbox.machine import Sandbox
from payments.sandbox.resources.balance import DAY, balance, balance_transaction, payout
from payments.sandbox.store import Body

DAYS_TO_ARRIVE = 2


def current_balance(sandbox: Sandbox) -> Body:
    """What is available and what is not yet."""
    movements = sandbox.store.newest_first("balance_transaction")
    available = sum(body["net"] for body in movements if body["status"] == "available")
    return balance(available, sum(body["net"] for body in movements if body["status"] == "pending"))


def send_payout(sandbox: Sandbox, amount: int, *, automatic: bool = False) -> Body:
    """Send `amount` yen of what is available; it arrives after two days of the sandbox's clock."""
    available = current_balance(sandbox)["available"][0]["amount"]
    if amount > available:
        message = "You have insufficient funds in your Stripe account for this transfer."
        raise ApiError(400, message, code="balance_insufficient", kept=True)
    now = sandbox.clock.now()
    payout_id = sandbox.new_id("po")
    movement = balance_transaction(sandbox.new_id("txn"), now, payout_id, "payout", -amount, available_on=now)
    arrival = (now // DAY + DAYS_TO_ARRIVE) * DAY
    body = payout(payout_id, now, amount, movement["id"], arrival=arrival, automatic=automatic)
    if automatic:
        _name_contents(sandbox, payout_id)
    sandbox.store.put(movement)
    sandbox.store.put(body)
    sandbox.emit("payout.created", body)
    return body


def _name_contents(sandbox: Sandbox, payout_id: str) -> None:
    """Remember which movements an automatic payout settles, for `balance_transactions?payout=`."""
    settled = sandbox.store.setting("payout.settled", [])
    contents = [
        body["id"]
        for body in sandbox.store.newest_first("balance_transaction", {"status": "available"})
        if body["id"] not in settled and body["type"] != "payout"
    ]
    sandbox.store.set_setting(f"payout.{payout_id}", contents)
    sandbox.store.set_setting("payout.settled", settled + contents)


def contents_of(sandbox: Sandbox, payout_id: str) -> list[str]:
    """The ids of the balance transactions that an automatic payout settled."""
    return list(sandbox.store.setting(f"payout.{payout_id}", []))
