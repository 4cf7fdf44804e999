"""A sandbox in which everything has happened: every resource in every state that it knows, as plain JSON."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.payments.conftest import Payer

DAY = 86_400
LISTED = (
    "checkout/sessions",
    "payment_intents",
    "charges",
    "balance_transactions",
    "refunds",
    "disputes",
    "payouts",
    "events",
)
Row = Mapping[str, Any]


class History:
    """Lets everything happen to one sandbox. The events keep each resource as it was after each step."""

    def __init__(self, payer: Payer) -> None:
        """`payer` at a fresh sandbox."""
        self._payer = payer
        self._web = payer.web
        self._web.headers["Authorization"] = f"Bearer {payer.sandbox.api_key}"
        self.seen: dict[tuple[str, str, str], Row] = {}
        for step in (self._attempts, self._refunds, self._failures, self._disputes, self._inquiries, self._payouts):
            step()
        self._look()

    def rows(self) -> list[Row]:
        """Every resource as it was in every state; events, thin and full, and what they carry."""
        return list(self.seen.values())

    def _paid(self, choice: str = "card_ok") -> str:
        """The id of a charge of 6,000 yen."""
        session = self._payer.session()
        self._payer.choose(session.id, choice)
        if choice in ("paypay", "card_3ds"):
            self._payer.approve(session.id, "paypay" if choice == "paypay" else "card")
        if choice == "konbini":
            self._payer.at_the_shop(self._payer.look(session.id).payment_intent.id)
        return str(self._payer.look(session.id).payment_intent.latest_charge.id)

    def _attempts(self) -> None:
        payer = self._payer
        self._note_lines(payer.session().id)
        for choice in ("card_ok", "card_3ds", "paypay", "konbini"):
            self._paid(choice)
        for decline in ("generic_decline", "expired_card", "fraudulent"):
            payer.choose(payer.session().id, "card_declined", decline=decline)
        for choice, method in (("card_3ds", "card"), ("paypay", "paypay")):
            session = payer.session()
            payer.choose(session.id, choice)
            payer.approve(session.id, method, "refuse")
        cancelled, over = payer.session(), payer.session()
        for session in (cancelled, over):
            payer.choose(session.id, "konbini")
        payer.client.v1.payment_intents.cancel(payer.look(cancelled.id).payment_intent.id)
        payer.at_the_shop(payer.look(over.id).payment_intent.id, "expire")
        payer.client.v1.checkout.sessions.expire(payer.session().id)
        for row in self._all("balance_transactions"):
            self._note(row)

    def _refunds(self) -> None:
        create = self._payer.client.v1.refunds.create
        for choice in ("card_ok", "paypay"):
            create({"charge": self._paid(choice), "amount": 100, "reason": "duplicate"})
        waiting = [create({"charge": self._paid("konbini"), "instructions_email": "a@example.jp"}) for _ in range(4)]
        for refund, do in zip(waiting, ("account", "cancel", "fail", "succeed"), strict=True):
            self._payer.order(f"refunds/{refund.id}", do=do)

    def _failures(self) -> None:
        create, order = self._payer.client.v1.refunds.create, self._payer.order
        for way in ("processing", "insufficient_funds", "at_once"):
            order("refunds", way=way)
            refund = create({"charge": self._paid()})
            order(f"refunds/{refund.id}", do="fail", reason="expired_or_canceled_card")

    def _disputes(self) -> None:
        order, disputes = self._payer.order, self._payer.client.v1.disputes
        opened = [order("disputes", charge=self._paid(), reason="duplicate").json()["id"] for _ in range(3)]
        disputes.update(opened[0], {"evidence": {"customer_name": "花子"}, "submit": False})
        for dispute in opened[:2]:
            order(f"disputes/{dispute}", do="review")
        order(f"disputes/{opened[0]}", do="won", return_fee=True)
        order(f"disputes/{opened[1]}", do="lost")
        disputes.close(opened[2])

    def _inquiries(self) -> None:
        order = self._payer.order
        opened = [order("disputes", charge=self._paid(), inquiry=True).json()["id"] for _ in range(2)]
        order(f"disputes/{opened[0]}", do="review")
        order(f"disputes/{opened[0]}", do="won")
        order(f"disputes/{opened[1]}", do="escalate")

    def _payouts(self) -> None:
        order = self._payer.order
        order("clock", seconds=6 * DAY)
        first = order("payouts").json()["id"]
        order(f"payouts/{first}", do="arrive")
        order(f"payouts/{first}", do="fail")
        order("payouts")
        order("movements", yen=-500, description="Monthly fee")

    def _look(self) -> None:
        """Keep everything as it is now, and as the events say that it was."""
        for path in LISTED:
            for row in self._all(path):
                self._note(row)
        self._note(self._get("/v1/balance"))
        for row in self._get("/v2/core/events?limit=100")["data"]:
            self._note(row)

    def _all(self, path: str) -> Iterator[Row]:
        cursor = ""
        while True:
            answer = self._get(f"/v1/{path}?limit=100{cursor}")
            yield from answer["data"]
            if not answer["has_more"]:
                return
            cursor = f"&starting_after={answer['data'][-1]['id']}"

    def _note_lines(self, session_id: str) -> None:
        self._note(self._get(f"/v1/checkout/sessions/{session_id}"))
        for item in self._get(f"/v1/checkout/sessions/{session_id}/line_items")["data"]:
            self._note(item)
            self._note(item["price"])

    def _note(self, row: Row) -> None:
        state = f"{row.get('status')} {row.get('type')} {row.get('payment_status')} {row.get('pending_reason')}"
        self.seen[row["object"], str(row.get("id")), state] = row
        if row["object"] == "event":
            subject = row["data"]["object"]
            self.seen[subject["object"], f"{row['id']} {subject['id']}", state] = subject

    def _get(self, path: str) -> Any:
        return self._web.get(f"{self._payer.sandbox.base_url}{path}", timeout=10).json()


STATES: Mapping[str, frozenset[str]] = {
    "checkout.session": frozenset({"open", "complete", "expired"}),
    "payment_intent": frozenset({"requires_payment_method", "requires_action", "succeeded", "canceled"}),
    "charge": frozenset({"succeeded", "failed"}),
    "refund": frozenset({"pending", "requires_action", "succeeded", "failed", "canceled"}),
    "dispute": frozenset(
        {
            "needs_response",
            "under_review",
            "won",
            "lost",
            "warning_needs_response",
            "warning_under_review",
            "warning_closed",
        }
    ),
    "payout": frozenset({"in_transit", "paid", "failed"}),
    "balance_transaction": frozenset({"pending", "available"}),
}
"""The states that `docs/sandbox.md` names."""
EVENTS = frozenset(
    {
        "charge.dispute.closed",
        "charge.dispute.created",
        "charge.dispute.funds_reinstated",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.updated",
        "charge.failed",
        "charge.refund.updated",
        "charge.refunded",
        "charge.succeeded",
        "checkout.session.async_payment_failed",
        "checkout.session.async_payment_succeeded",
        "checkout.session.completed",
        "checkout.session.expired",
        "payment_intent.canceled",
        "payment_intent.created",
        "payment_intent.payment_failed",
        "payment_intent.requires_action",
        "payment_intent.succeeded",
        "payout.created",
        "payout.failed",
        "payout.paid",
        "payout.reconciliation_completed",
        "refund.created",
        "refund.failed",
        "refund.updated",
    }
)
