"""What happens because time passes, each thing at its own moment and one after the other."""

from collections.abc import Callable, Mapping

from payments.sandbox.agenda import take_next
from payments.sandbox.cashier import disputes, konbini, movements, payouts, refunds
from payments.sandbox.cashier.sessions import expire_session
from payments.sandbox.machine import Sandbox

Happening = Callable[[Sandbox, str], None]


def catch_up(sandbox: Sandbox) -> None:
    """Let everything that is due by the sandbox's clock happen, in the order of its moments, in one change."""
    with sandbox.store.change():
        while entry := take_next(sandbox.store, sandbox.clock.now()):
            with sandbox.clock.showing(entry.due):
                HAPPENINGS[entry.what](sandbox, entry.subject)


def _session_expires(sandbox: Sandbox, session_id: str) -> None:
    session = sandbox.store.get(session_id)
    if session["status"] == "open":
        expire_session(sandbox, session)


def _movement_available(sandbox: Sandbox, movement_id: str) -> None:
    movements.become_available(sandbox, movement_id)
    refunds.send_waiting(sandbox)


def _refund_expires(sandbox: Sandbox, refund_id: str) -> None:
    body = sandbox.store.get(refund_id)
    if body["status"] == "requires_action":
        refunds.fail_refund(sandbox, body)


def _refund_arrives(sandbox: Sandbox, refund_id: str) -> None:
    body = sandbox.store.get(refund_id)
    if body["status"] == "pending":
        refunds.complete_refund(sandbox, body)


# What may be noted in the agenda, and what it does; each looks whether it still makes sense.
HAPPENINGS: Mapping[str, Happening] = {
    "session.expires": _session_expires,
    "konbini.expires": konbini.expire_if_unpaid,
    "konbini.paid": konbini.pay_if_still_possible,
    "movement.available": _movement_available,
    "payout.arrives": lambda sandbox, payout_id: void(payouts.arrive(sandbox, sandbox.store.get(payout_id))),
    "payout.day": lambda sandbox, _: payouts.pay_out_today(sandbox),
    "refund.expires": _refund_expires,
    "refund.arrives": _refund_arrives,
    "dispute.unanswered": lambda sandbox, dispute_id: disputes.leave_unanswered(sandbox, sandbox.store.get(dispute_id)),
}


def void(_: object) -> None:
    """For what answers something that nobody needs here."""
