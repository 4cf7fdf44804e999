"""What is done with a refund: the second signature, or the slip of a transfer that was made by hand."""

from collections.abc import Callable

from flask import Response, redirect, request
from sqlalchemy.orm import Session

from engine.words import say
from payments import refunds
from payments.refunds import RefundMoved, RefundRefused
from procedures.errors import SamePerson
from web.access import MAY, policy
from web.context import current_actor, language, now, writing
from web.finance.frame import blueprint
from web.finance.giving_back.listing import HERE, refund_page
from web.finance.giving_back.requesting import refusal_words
from web.forms.plain_text import plain_lines
from web.pages.dates import read_day


@blueprint.post(f"{HERE}/approve")
@policy(MAY("finance.refund"))
def approve_refund(refund_id: str) -> Response:
    """The second person agrees: it is owed, and sent."""
    return _do(
        refund_id,
        "approved",
        "#decide",
        lambda session: refunds.approve(session, current_actor(), now(), refund_id),
    )


@blueprint.post(f"{HERE}/reject")
@policy(MAY("finance.refund"))
def reject_refund(refund_id: str) -> Response:
    """The second person does not agree, and says why."""
    why = plain_lines(request.form.get("why", ""))
    return _do(
        refund_id,
        "rejected",
        "#why",
        lambda session: refunds.reject(session, current_actor(), now(), refund_id, why),
    )


@blueprint.post(f"{HERE}/outside")
@policy(MAY("finance.refund"))
def pay_refund_outside(refund_id: str) -> Response:
    """The transfer was made: its slip and its day."""
    slip, typed = request.form.get("slip", "").strip(), request.form.get("paid_on", "")
    paid_on = read_day(typed)
    if paid_on is None:
        return refund_page(refund_id, 422, [("#paid_on", say("finance.refund_refused_day", language()))])
    return _do(
        refund_id,
        "paid_outside",
        "#slip",
        lambda session: refunds.note_paid_outside(session, current_actor(), now(), refund_id, slip, paid_on),
    )


def _do(refund_id: str, done: str, where: str, work: Callable[[Session], object]) -> Response:
    """Do it and show the page again; what is refused is told there, and nothing typed is lost."""
    try:
        with writing() as session:
            work(session)
    except RefundRefused as refused:
        at = "#paid_on" if refused.what == "day" else where
        return refund_page(refund_id, 422, [(at, refusal_words(refused))])
    except RefundMoved as moved:
        state = say(f"finance.refund_{moved.status}", language())
        return refund_page(refund_id, 409, [("#state", say("finance.refund_moved", language(), state=state))])
    except SamePerson:
        return refund_page(refund_id, 409, [("#state", say("finance.refund_same_person", language()))])
    return redirect(f"/finance/refunds/{refund_id}?done={done}", 303)
