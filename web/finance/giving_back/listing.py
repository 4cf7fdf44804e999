"""/finance/refunds: refunds by their state, what waits for somebody first; /finance/refunds/<id>: one of them."""

from datetime import date

from flask import Response, request

from payments.refunds import reading as refunds
from payments.refunds.reading import STANDS, RefundView
from payments.refunds.rules import LONGEST_NOTE, LONGEST_SLIP
from procedures.authority import may
from web import looks
from web.access import policy
from web.context import current_actor, reading, today
from web.finance.frame import READER, blueprint, show

HERE = "/finance/refunds/<refund_id>"
DONE = ("requested", "approved", "rejected", "paid_outside")
TONES = {
    "requested": "warn",
    "approved": "busy",
    "sent": "busy",
    "requires_action": "warn",
    "confirmed": "good",
    "failed": "bad",
    "rejected": "",
}


@blueprint.app_template_global()
def refund_tone(status: str) -> str:
    """The colour of a refund's state; the words alone say enough."""
    return TONES.get(status, "")


@blueprint.get("/finance/refunds")
@policy(READER)
def list_refunds() -> Response:
    """All, or those in one state."""
    wanted = request.args.get("status")
    status = wanted if wanted in STANDS else None
    with reading() as session:
        rows, counts = refunds.refunds(session, status), refunds.counts(session)
    looks.record_all(current_actor(), [row.application_id for row in rows if row.application_id], "refunds")
    return show("refunds.html", rows=rows, counts=counts, chosen=status, states=STANDS)


@blueprint.get(HERE)
@policy(READER)
def show_refund(refund_id: str) -> Response:
    """What is given back and why, where it stands, and what this person can do. 404 for one that is not there."""
    return refund_page(refund_id)


def refund_page(refund_id: str, status: int = 200, problems: list[tuple[str, str]] | None = None) -> Response:
    """The page of one refund, also when a form came back with `problems`."""
    actor = current_actor()
    with reading() as session:
        row = refunds.refund(session, refund_id)
    if row.application_id:
        looks.record(actor, row.application_id, "refund", refund_id)
    done = request.args.get("done")
    return show(
        "refund.html",
        status,
        row=row,
        problems=problems or [],
        done=done if done in DONE else None,
        typed=request.form,
        next=next_step(row, actor.key) if may(actor, "finance.refund") else "",
        today=str(_latest(row, today())),
        longest=LONGEST_NOTE,
        longest_slip=LONGEST_SLIP,
    )


def next_step(row: RefundView, actor: str) -> str:
    """What somebody of finance can do: decide, wait (for another to decide), pay (by hand), replace, or nothing."""
    if row.status == "requested":
        return "wait" if row.requested_by == actor else "decide"
    if row.status == "approved" and row.way == "outside":
        return "pay"
    return "replace" if row.status == "failed" and row.replaced_by is None else ""


def _latest(row: RefundView, day: date) -> date:
    return row.paid_on or day
