"""What happens because time passes: sessions and konbini numbers end, money becomes available, payouts arrive."""

from payments.sandbox.cashier.attempts import let_konbini_expire
from payments.sandbox.cashier.sessions import expire_session
from payments.sandbox.machine import Sandbox


def catch_up(sandbox: Sandbox) -> None:
    """Let everything that is due by the sandbox's clock happen, in one change."""
    with sandbox.store.change():
        now = sandbox.clock.now()
        for session in sandbox.store.newest_first("checkout.session", {"status": "open"}):
            if session["expires_at"] <= now:
                expire_session(sandbox, session)
        for intent in sandbox.store.newest_first("payment_intent", {"status": "requires_action"}):
            voucher = (intent["next_action"] or {}).get("konbini_display_details")
            if voucher and voucher["expires_at"] <= now:
                let_konbini_expire(sandbox, intent)
        for movement in sandbox.store.newest_first("balance_transaction", {"status": "pending"}):
            if movement["available_on"] <= now:
                sandbox.store.put(movement | {"status": "available"})
        for body in sandbox.store.newest_first("payout", {"status": "in_transit"}):
            if body["arrival_date"] <= now:
                sandbox.emit("payout.paid", sandbox.store.put(body | {"status": "paid"}))
