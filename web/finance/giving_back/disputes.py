"""/finance/disputes: what payers' banks dispute, what is to be done by when; the end of a lost one by two people."""

from collections.abc import Callable

from flask import Response, redirect, request
from sqlalchemy.orm import Session

from engine.words import catalogue, say
from payments.disputes import deciding
from payments.disputes import reading as disputes
from payments.disputes.deciding import ENDINGS, CannotClaim, DisputeMoved
from payments.refunds import RefundRefused
from payments.refunds.rules import LONGEST_NOTE
from procedures.authority import may
from procedures.errors import SamePerson
from web import looks
from web.access import MAY, policy
from web.context import current_actor, language, now, reading, writing
from web.finance.frame import READER, blueprint, show
from web.finance.giving_back.requesting import refusal_words
from web.forms.plain_text import plain_lines

HERE = "/finance/disputes/<dispute_id>"
DONE = ("wanted", "dropped", "decided")
TONES = {"needs_response": "warn", "inquiry": "warn", "under_review": "busy", "won": "good", "lost": "bad"}


@blueprint.app_template_global()
def dispute_tone(status: str) -> str:
    """The colour of a dispute's state; the words alone say enough."""
    return TONES.get(status, "")


@blueprint.app_template_global()
def dispute_reason(reason: str, in_language: str) -> str:
    """Why the payer disputes it; a reason without words of ours is shown as the provider calls it."""
    key = f"finance.dispute_reason_{reason}"
    return say(key, in_language) if key in catalogue() else reason


@blueprint.get("/finance/disputes")
@policy(READER)
def list_disputes() -> Response:
    """All, those that wait for somebody first."""
    with reading() as session:
        rows = disputes.disputes(session)
    looks.record_all(current_actor(), [row.application_id for row in rows if row.application_id], "disputes")
    return show("disputes.html", rows=rows)


@blueprint.get(HERE)
@policy(READER)
def show_dispute(dispute_id: str) -> Response:
    """What happened, what is to be done, by when. 404 for one that is not there."""
    return _page(dispute_id)


@blueprint.post(f"{HERE}/want")
@policy(MAY("finance.dispute"))
def want_ending(dispute_id: str) -> Response:
    """Want that a lost one is claimed again or written off, with a reason."""
    ending, reason = request.form.get("ending", ""), plain_lines(request.form.get("reason", ""))
    if ending not in ENDINGS:
        return _page(dispute_id, 422, [("#ending-write_off", say("finance.dispute_choose", language()))])
    return _do(
        dispute_id,
        "wanted",
        lambda session: deciding.want(session, current_actor(), now(), dispute_id, ending, reason),
    )


@blueprint.post(f"{HERE}/decide")
@policy(MAY("finance.dispute"))
def decide_ending(dispute_id: str) -> Response:
    """The second person agrees."""
    return _do(dispute_id, "decided", lambda session: deciding.decide(session, current_actor(), now(), dispute_id))


@blueprint.post(f"{HERE}/drop")
@policy(MAY("finance.dispute"))
def drop_ending(dispute_id: str) -> Response:
    """The second person does not agree, or the first has thought better of it."""
    return _do(dispute_id, "dropped", lambda session: deciding.drop(session, current_actor(), now(), dispute_id))


def _do(dispute_id: str, done: str, work: Callable[[Session], object]) -> Response:
    try:
        with writing() as session:
            work(session)
    except RefundRefused as refused:
        return _page(dispute_id, 422, [("#reason", refusal_words(refused))])
    except CannotClaim:
        return _page(dispute_id, 409, [("#state", say("finance.dispute_cannot_claim", language()))])
    except DisputeMoved:
        return _page(dispute_id, 409, [("#state", say("finance.dispute_moved", language()))])
    except SamePerson:
        return _page(dispute_id, 409, [("#state", say("finance.refund_same_person", language()))])
    return redirect(f"/finance/disputes/{dispute_id}?done={done}", 303)


def _page(dispute_id: str, status: int = 200, problems: list[tuple[str, str]] | None = None) -> Response:
    actor = current_actor()
    with reading() as session:
        row = disputes.dispute(session, dispute_id)
    if row.application_id:
        looks.record(actor, row.application_id, "dispute", dispute_id)
    done = request.args.get("done")
    return show(
        "dispute.html",
        status,
        row=row,
        problems=problems or [],
        done=done if done in DONE else None,
        typed=request.form,
        may_act=may(actor, "finance.dispute"),
        own=row.requested_by == actor.key,
        endings=ENDINGS,
        longest=LONGEST_NOTE,
    )
