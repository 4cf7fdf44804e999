"""Disputes: opened at the cardholder's bank, answered with evidence, won or lost."""

from payments.sandbox.agenda import plan
from payments.sandbox.cashier.movements import move
from payments.sandbox.machine import Sandbox
from payments.sandbox.resources.balance_transaction import DAY, Wording
from payments.sandbox.resources.dispute import dispute
from payments.sandbox.store import Body
from payments.sandbox.wire.errors import invalid, wrong_state

FEE_YEN = 1_500  # a sandbox's figure, not a price list
FEE_WORDS = "Dispute fee"
DAYS_TO_ANSWER = 10
DAYS_OF_INQUIRY = 120
OPEN = ("needs_response", "under_review", "warning_needs_response", "warning_under_review")
# What Stripe's own test mode does with these words as evidence (`uncategorized_text`).
DECIDED_BY_WORDS = {"winning_evidence": "won", "losing_evidence": "lost"}
ESCALATED_BY_WORDS = "escalate_inquiry_evidence"


def open_dispute(
    sandbox: Sandbox, charge: Body, amount: int | None = None, reason: str = "fraudulent", *, inquiry: bool = False
) -> Body:
    """The cardholder denies the payment. The bank takes the money at once, unless it only inquires."""
    if charge["payment_method_details"]["type"] != "card" or not charge["paid"]:
        raise wrong_state("Only a paid charge of a card can be disputed.")
    if charge["disputed"]:
        raise wrong_state(f"Charge {charge['id']} is disputed already.")
    most = charge["amount"] - charge["amount_refunded"]
    if not 0 < (wanted := most if amount is None else amount) <= most:
        raise invalid("amount", f"Between 1 and {most} yen of this charge can be disputed.")
    now = sandbox.clock.now()
    due_by = (now // DAY + DAYS_TO_ANSWER + 1) * DAY - 1
    body = dispute(sandbox.new_id("dp"), now, charge, wanted, reason, due_by=due_by, inquiry=inquiry)
    sandbox.store.put(body)
    sandbox.store.put(charge | {"disputed": True})
    sandbox.emit("charge.dispute.created", body)
    plan(sandbox.store, now + DAYS_OF_INQUIRY * DAY if inquiry else due_by + 1, "dispute.unanswered", body["id"])
    return body if inquiry else _withdraw(sandbox, body)


def escalate(sandbox: Sandbox, body: Body) -> Body:
    """The bank is not content with the answer to its inquiry, and takes the money."""
    _expect(body, "warning_needs_response", "warning_under_review")
    now = sandbox.clock.now()
    due_by = (now // DAY + DAYS_TO_ANSWER + 1) * DAY - 1
    details = body["payment_method_details"]
    raised = body | {
        "evidence_details": body["evidence_details"] | {"due_by": due_by},
        "is_charge_refundable": False,
        "payment_method_details": details | {"card": details["card"] | {"case_type": "chargeback"}},
        "status": "needs_response",
    }
    _change(sandbox, raised, body)
    plan(sandbox.store, due_by + 1, "dispute.unanswered", body["id"])
    return _withdraw(sandbox, raised)


def submit_evidence(sandbox: Sandbox, body: Body, texts: dict[str, str | None], *, submit: bool) -> Body:
    """Keep evidence; when submitted, the bank reviews it – and decides at once on the words of Stripe's test mode."""
    _expect(body, "needs_response", "warning_needs_response")
    evidence = body["evidence"] | texts
    details = body["evidence_details"] | {"has_evidence": any(evidence[name] for name in evidence if name in texts)}
    if not submit:
        return _change(sandbox, body | {"evidence": evidence, "evidence_details": details}, body)
    inquiry = body["status"] == "warning_needs_response"
    submitted = body | {
        "evidence": evidence,
        "evidence_details": details | {"submission_count": 1, "submission_method": "manual"},
        "status": "warning_under_review" if inquiry else "under_review",
    }
    submitted = _change(sandbox, submitted, body)
    words = evidence["uncategorized_text"]
    if inquiry and words == ESCALATED_BY_WORDS:
        return escalate(sandbox, submitted)
    decided = DECIDED_BY_WORDS.get(words or "")
    if decided:
        return decide(sandbox, submitted, won=decided == "won")
    return submitted


def decide(sandbox: Sandbox, body: Body, *, won: bool, fee_returned: bool = False) -> Body:
    """The bank has decided. Won: the money comes back, its fee only if `fee_returned`. An inquiry is just closed."""
    _expect(body, *OPEN)
    if body["status"].startswith("warning_"):
        return escalate_and_lose(sandbox, body) if not won else _close(sandbox, body, "warning_closed")
    if not won:
        return _close(sandbox, body, "lost")
    wording = Wording("dispute_reversal", f"Chargeback reversal for {body['charge']}", FEE_WORDS)
    back = move(sandbox, body["id"], "adjustment", body["amount"], -FEE_YEN if fee_returned else 0, wording)
    body = sandbox.store.put(body | {"balance_transactions": [*body["balance_transactions"], back]})
    closed = _close(sandbox, body, "won")
    sandbox.emit("charge.dispute.funds_reinstated", closed)
    return closed


def escalate_and_lose(sandbox: Sandbox, body: Body) -> Body:
    """An inquiry that is lost becomes a dispute first: only then has money been taken."""
    return _close(sandbox, escalate(sandbox, body), "lost")


def accept(sandbox: Sandbox, body: Body) -> Body:
    """The authority does not contest it: it is lost. An inquiry is closed so, too."""
    _expect(body, *OPEN)
    return _close(sandbox, body, "warning_closed" if body["status"].startswith("warning_") else "lost")


def leave_unanswered(sandbox: Sandbox, body: Body) -> None:
    """The time to answer is over: unanswered it is lost; an inquiry that nobody pursued is closed."""
    if body["status"] == "needs_response" and body["evidence_details"]["due_by"] < sandbox.clock.now():
        _close(sandbox, body, "lost")
    elif body["status"].startswith("warning_") and body["status"] != "warning_closed":
        _close(sandbox, body, "warning_closed")


def _withdraw(sandbox: Sandbox, body: Body) -> Body:
    wording = Wording("dispute", f"Chargeback withdrawal for {body['charge']}", FEE_WORDS)
    taken = move(sandbox, body["id"], "adjustment", -body["amount"], FEE_YEN, wording)
    body = sandbox.store.put(body | {"balance_transactions": [*body["balance_transactions"], taken]})
    sandbox.emit("charge.dispute.funds_withdrawn", body)
    return body


def _close(sandbox: Sandbox, body: Body, status: str) -> Body:
    refundable = body["is_charge_refundable"] or status == "won"  # the money is there again
    closed = sandbox.store.put(body | {"status": status, "is_charge_refundable": refundable})
    sandbox.emit("charge.dispute.closed", closed, {"status": body["status"]})
    return closed


def _change(sandbox: Sandbox, body: Body, earlier: Body) -> Body:
    changed = {name: earlier[name] for name in ("status", "evidence_details") if earlier[name] != body[name]}
    sandbox.emit("charge.dispute.updated", sandbox.store.put(body), changed)
    return body


def _expect(body: Body, *states: str) -> None:
    if body["status"] not in states:
        raise wrong_state(f"This dispute is already {body['status']}.")
