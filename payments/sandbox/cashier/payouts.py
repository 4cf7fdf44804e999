"""Payouts to the authority's bank: by hand or by a schedule, arriving some days later, or sent back by the bank."""

from datetime import UTC, datetime, timedelta

from payments.sandbox.agenda import drop, plan
from payments.sandbox.cashier.movements import available_yen, move
from payments.sandbox.cashier.times import TOKYO
from payments.sandbox.machine import Sandbox
from payments.sandbox.resources.balance_transaction import DAY, Wording
from payments.sandbox.resources.payout import FAILURES, payout
from payments.sandbox.store import Body
from payments.sandbox.wire.errors import ApiError, wrong_state

DAYS_TO_ARRIVE = 2
SCHEDULES = ("manual", "daily", "weekly")
FRIDAY = 4  # Stripe's weekly payouts in Japan; as `date.weekday` counts
_SCHEDULE, _SUBJECT = "payout.schedule", "schedule"


def send_payout(sandbox: Sandbox, amount: int, *, automatic: bool = False) -> Body:
    """Send `amount` yen of what is available; it arrives after two days of the sandbox's clock."""
    if amount > available_yen(sandbox):
        message = "You have insufficient funds in your Stripe account for this transfer."
        raise ApiError(400, message, code="balance_insufficient", kept=True)
    now = sandbox.clock.now()
    payout_id = sandbox.new_id("po")
    if automatic:
        _name_contents(sandbox, payout_id)
    movement = move(sandbox, payout_id, "payout", -amount, wording=Wording(description="STRIPE PAYOUT"))
    arrival = (now // DAY + DAYS_TO_ARRIVE) * DAY
    body = sandbox.store.put(payout(payout_id, now, amount, movement["id"], arrival=arrival, automatic=automatic))
    plan(sandbox.store, arrival, "payout.arrives", payout_id)
    sandbox.emit("payout.created", body)
    if automatic:
        sandbox.emit("payout.reconciliation_completed", body)
    return body


def arrive(sandbox: Sandbox, body: Body) -> Body:
    """The bank has the money."""
    if body["status"] != "in_transit":
        return body
    paid = sandbox.store.put(body | {"status": "paid", "trace_id": {"status": "supported", "value": body["id"][-12:]}})
    sandbox.emit("payout.paid", paid, {"status": "in_transit"})
    return paid


def fail_payout(sandbox: Sandbox, body: Body, code: str = "could_not_process") -> Body:
    """The bank sent it back, which it may do even days after it seemed to have arrived: the money is in the balance."""
    if body["status"] not in ("in_transit", "paid"):
        raise wrong_state(f"This payout is already {body['status']}.")
    drop(sandbox.store, body["id"], "payout.arrives")
    back = move(
        sandbox, body["id"], "payout_failure", body["amount"], wording=Wording(description="STRIPE PAYOUT FAILURE")
    )
    failed = sandbox.store.put(
        body
        | {
            "failure_balance_transaction": back["id"],
            "failure_code": code,
            "failure_message": FAILURES[code],
            "status": "failed",
        }
    )
    sandbox.emit("payout.failed", failed, {"status": body["status"]})
    return failed


def set_schedule(sandbox: Sandbox, schedule: str) -> None:
    """From now on the available balance is paid out daily, weekly (Fridays), or only by hand."""
    drop(sandbox.store, _SUBJECT, "payout.day")
    sandbox.store.set_setting(_SCHEDULE, schedule)
    _plan_next_day(sandbox, schedule)


def schedule_of(sandbox: Sandbox) -> str:
    """How often the balance is paid out by itself."""
    return str(sandbox.store.setting(_SCHEDULE, "manual"))


def pay_out_today(sandbox: Sandbox) -> None:
    """A day of the schedule: everything that is available goes out."""
    available = available_yen(sandbox)
    if available > 0:
        send_payout(sandbox, available, automatic=True)
    _plan_next_day(sandbox, schedule_of(sandbox))


def _plan_next_day(sandbox: Sandbox, schedule: str) -> None:
    if schedule == "manual":
        return
    today = datetime.fromtimestamp(sandbox.clock.now(), UTC).astimezone(TOKYO)
    days = 1 if schedule == "daily" else (FRIDAY - today.weekday() - 1) % 7 + 1
    next_day = (today + timedelta(days=days)).replace(hour=10, minute=0, second=0, microsecond=0)
    plan(sandbox.store, int(next_day.timestamp()), "payout.day", _SUBJECT)


def _name_contents(sandbox: Sandbox, payout_id: str) -> None:
    """Remember which movements an automatic payout settles, for `balance_transactions?payout=`."""
    sandbox.store.run(
        "INSERT INTO settled (movement, payout) SELECT id, ? FROM resource WHERE kind = 'balance_transaction'"
        " AND status = 'available' AND body ->> 'type' <> 'payout' AND id NOT IN (SELECT movement FROM settled)",
        (payout_id,),
    )
