"""/finance/discrepancies/<id>: one thing that does not match, with all around it, and what two people do about it."""

from collections.abc import Callable

from flask import Response, redirect, request
from sqlalchemy.orm import Session

from engine.words import say
from payments.discrepancies.aging import age
from payments.discrepancies.deciding import approve, reject
from payments.discrepancies.proposing import Wish, propose
from payments.discrepancies.rules import LONGEST_TEXT, REASONS, ResolutionRefused
from payments.discrepancies.story import look
from payments.discrepancies.working import assign, finance_people, write_note
from procedures.authority import may
from procedures.errors import SamePerson
from web.access import MAY, policy
from web.context import current_actor, language, now, reading, today, writing
from web.finance.frame import READER, blueprint, show
from web.forms.plain_text import plain_lines

HERE = "/finance/discrepancies/<discrepancy_id>"
DONE = ("noted", "assigned", "proposed", "approved", "rejected")


@blueprint.get(HERE)
@policy(READER)
def show_discrepancy(discrepancy_id: str) -> Response:
    """What is wrong, what to do, what was found out. 404 for one that is not there."""
    return _page(discrepancy_id)


@blueprint.post(f"{HERE}/note")
@policy(MAY("finance.discrepancy"))
def take_note(discrepancy_id: str) -> Response:
    """Keep what somebody found out."""
    text = plain_lines(request.form.get("text", ""))
    return _do(
        discrepancy_id,
        "noted",
        "#note-text",
        lambda session: write_note(session, current_actor(), now(), discrepancy_id, text),
    )


@blueprint.post(f"{HERE}/assign")
@policy(MAY("finance.discrepancy"))
def take_assignment(discrepancy_id: str) -> Response:
    """Say who looks after it."""
    person = request.form.get("person", "")
    return _do(
        discrepancy_id,
        "assigned",
        "#person",
        lambda session: assign(session, current_actor(), now(), discrepancy_id, person),
    )


@blueprint.post(f"{HERE}/propose")
@policy(MAY("finance.discrepancy"))
def take_proposal(discrepancy_id: str) -> Response:
    """Propose what to do; `action` is a name, or a name and what it is about after a colon."""
    action, _, target = request.form.get("action", "").partition(":")
    wish = Wish(action, request.form.get("reason", ""), plain_lines(request.form.get("text", "")), target)
    return _do(
        discrepancy_id,
        "proposed",
        "#propose",
        lambda session: propose(session, current_actor(), now(), discrepancy_id, wish),
    )


@blueprint.post(f"{HERE}/approve")
@policy(MAY("finance.discrepancy"))
def take_approval(discrepancy_id: str) -> Response:
    """The second person agrees: it is done."""
    proposal = request.form.get("proposal", "")
    return _do(
        discrepancy_id,
        "approved",
        "#decide",
        lambda session: approve(session, current_actor(), now(), discrepancy_id, proposal),
    )


@blueprint.post(f"{HERE}/reject")
@policy(MAY("finance.discrepancy"))
def take_rejection(discrepancy_id: str) -> Response:
    """The second person does not agree, and says why."""
    proposal, why = request.form.get("proposal", ""), plain_lines(request.form.get("why", ""))
    return _do(
        discrepancy_id,
        "rejected",
        "#why",
        lambda session: reject(session, current_actor(), now(), discrepancy_id, proposal, why),
    )


def _do(discrepancy_id: str, done: str, where: str, work: Callable[[Session], object]) -> Response:
    """Do it and show the page again; what is refused is told there, and nothing typed is lost."""
    try:
        with writing() as session:
            work(session)
    except ResolutionRefused as refused:
        anchor = {"reason": "#reason", "text": "#text" if where == "#propose" else where}.get(refused.what, where)
        words = say(f"finance.resolution_refused_{refused.what}", language(), most=LONGEST_TEXT)
        return _page(discrepancy_id, 422, [(anchor, words)])
    except SamePerson:
        return _page(discrepancy_id, 422, [("#decide", say("finance.resolution_refused_same", language()))])
    return redirect(f"/finance/discrepancies/{discrepancy_id}?done={done}", 303)


def _page(discrepancy_id: str, status: int = 200, problems: list[tuple[str, str]] | None = None) -> Response:
    actor = current_actor()
    with reading() as session:
        story = look(session, discrepancy_id)
        people = finance_people(session)
        done = request.args.get("done")
        return show(
            "discrepancy.html",
            status,
            story=story,
            people=people,
            days=age(story.view.found_at, today()),
            problems=problems or [],
            done=done if done in DONE else None,
            typed=request.form,
            reasons=REASONS,
            longest=LONGEST_TEXT,
            may_act=may(actor, "finance.discrepancy"),
            own=story.waiting is not None and story.waiting.requested_key == actor.key,
            me=actor.id,
        )
