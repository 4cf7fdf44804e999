"""Orders that make something happen to money: at shops, refunds, disputes, payouts, other movements."""

from payments.sandbox.cashier import disputes, konbini, movements, payouts, refunds
from payments.sandbox.control.order import Order, Senseless
from payments.sandbox.machine import Sandbox
from payments.sandbox.resources.balance_transaction import Wording
from payments.sandbox.resources.dispute import REASONS
from payments.sandbox.resources.payout import FAILURES
from payments.sandbox.resources.refund import FAILURE_REASONS
from payments.sandbox.store import Body
from payments.sandbox.wire.errors import wrong_state

DAY = 86_400


def at_the_shop(sandbox: Sandbox, order: Order, intent_id: str) -> Body:
    """`do`: pay (at `shop`) | expire | later (in `seconds`, a day if not said) | never."""
    do = order.word("do", ("pay", "expire", "later", "never"))
    intent = sandbox.store.find(intent_id)
    if intent is None or intent["object"] != "payment_intent" or not konbini.is_waiting(intent):
        raise Senseless("no konbini number waits there", 404)
    if do == "pay":
        return konbini.pay_at_shop(sandbox, intent, order.word("shop", konbini.SHOPS, konbini.SHOPS[0]))
    if do == "later":
        return konbini.pay_later(sandbox, intent, order.number("seconds", DAY))
    return konbini.pay_never(sandbox, intent) if do == "never" else konbini.let_expire(sandbox, intent)


def refund(sandbox: Sandbox, order: Order, refund_id: str) -> Body:
    """`do`: account (the payer told one) | succeed | fail (with `reason`) | cancel."""
    body = found(sandbox, "refund", refund_id)
    do = order.word("do", ("account", "succeed", "fail", "cancel"))
    if do == "fail":
        return refunds.fail_refund(sandbox, body, order.word("reason", FAILURE_REASONS, FAILURE_REASONS[0]))
    done = {"account": refunds.give_account, "succeed": refunds.complete_refund, "cancel": refunds.cancel_refund}
    return done[do](sandbox, body)


def refunding(sandbox: Sandbox, order: Order) -> Body:
    """Money given back past the application, as in Stripe's dashboard; or how refunds go from now on (`way`).

    `yen` of `charge` (all that is left if not said); after a konbini payment instructions go to `email`.
    """
    if order.text("charge"):
        charge = found(sandbox, "charge", order.text("charge"))
        email = order.text("email") or None
        return refunds.create_refund(sandbox, charge, order.optional_number("yen"), None, {}, email)
    way = order.word("way", refunds.WAYS)
    sandbox.store.set_setting("refund.way", way)
    return {"way": way}


def dispute(sandbox: Sandbox, order: Order) -> Body:
    """A dispute of `charge` or `payment_intent`: `yen` of it, for a `reason`, at first only an `inquiry`."""
    charge_id = order.text("charge")
    if not charge_id:
        charge_id = str(found(sandbox, "payment_intent", order.text("payment_intent"))["latest_charge"])
    charge = found(sandbox, "charge", charge_id)
    reason = order.word("reason", REASONS, "fraudulent")
    return disputes.open_dispute(sandbox, charge, order.optional_number("yen"), reason, inquiry=order.flag("inquiry"))


def bank_decides(sandbox: Sandbox, order: Order, dispute_id: str) -> Body:
    """`do`: won (with its fee if `return_fee`) | lost | review | escalate."""
    body = found(sandbox, "dispute", dispute_id)
    do = order.word("do", ("won", "lost", "review", "escalate"))
    if do == "review":
        return disputes.submit_evidence(sandbox, body, {}, submit=True)
    if do == "escalate":
        return disputes.escalate(sandbox, body)
    return disputes.decide(sandbox, body, won=do == "won", fee_returned=order.flag("return_fee"))


def pay_out(sandbox: Sandbox, order: Order) -> Body:
    """Everything that is available, now; or a `schedule` for the time to come."""
    if "schedule" in order.values:
        payouts.set_schedule(sandbox, order.word("schedule", payouts.SCHEDULES))
        return {"schedule": payouts.schedule_of(sandbox)}
    available = movements.available_yen(sandbox)
    if available <= 0:
        raise wrong_state("Nothing is available; move the clock.")
    return payouts.send_payout(sandbox, available, automatic=True)


def payout(sandbox: Sandbox, order: Order, payout_id: str) -> Body:
    """`do`: arrive | fail (with `code`)."""
    body = found(sandbox, "payout", payout_id)
    if order.word("do", ("arrive", "fail")) == "arrive":
        return payouts.arrive(sandbox, body)
    return payouts.fail_payout(sandbox, body, order.word("code", FAILURES, "could_not_process"))


def movement(sandbox: Sandbox, order: Order) -> Body:
    """Any other movement of the balance: its Stripe `type`, its `yen` (also below 0), its `fee` and `description`."""
    wording = Wording(order.text("category") or None, order.text("description") or None)
    source, kind = order.text("source") or None, order.text("type", "stripe_fee")
    return movements.move(sandbox, source, kind, order.whole("yen"), order.number("fee", 0), wording)


def found(sandbox: Sandbox, kind: str, resource_id: str) -> Body:
    """The resource of this kind, or a 404."""
    body = sandbox.store.find(resource_id)
    if body is None or body["object"] != kind:
        raise Senseless(f"there is no {kind} {resource_id}", 404)
    return body
