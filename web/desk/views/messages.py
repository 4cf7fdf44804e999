"""/desk/cases/<id>/messages: what the applicant and the office wrote, answering, and that no answer is needed."""

from collections.abc import Sequence

from flask import Response, redirect, request

from engine.digits import LARGEST, whole
from engine.words import say
from procedures.authority import may_somewhere
from procedures.cases import CaseView, view
from procedures.correspondence import reading as messages
from procedures.correspondence import writing as letters
from procedures.correspondence.reading import Exchange
from procedures.correspondence.rules import A_DAY
from procedures.errors import MessageRefused
from procedures.models import new_id
from web import looks
from web.access import MAY, policy
from web.context import current_actor, language, now, reading, writing
from web.desk.frame import READER, blueprint, just_done, show, to_case
from web.forms.plain_text import plain_lines

HERE = "/desk/cases/<application_id>/messages"


@blueprint.get(HERE)
@policy(READER)
def show_messages(application_id: str) -> Response:
    """All of them with the box to write. What the applicant wrote counts as read from now on."""
    return _form(application_id)


@blueprint.post(HERE)
@policy(MAY("message.write"))
def take_message(application_id: str) -> Response:
    """`step` says which button was pressed: insert puts the chosen ready message below what was typed; send."""
    text = plain_lines(request.form.get("text", ""))
    if request.form.get("step") == "insert":
        return _form(application_id, text, ready=request.form.get("ready", ""))
    try:
        with writing() as session:
            nonce, seen = request.form.get("nonce", ""), _seen()
            letters.from_office(session, current_actor(), now(), application_id, text, nonce, seen)
    except MessageRefused as refused:
        words = say(f"desk.message_wrong_{refused.what}", language(), length=f"{len(text):,}", most=A_DAY)
        return _form(application_id, text, problems=[("#text", words)], status=422)
    return redirect(f"/desk/cases/{application_id}/messages?done=message_sent", 303)


@blueprint.post(HERE + "/settle")
@policy(MAY("message.write"))
def settle_messages(application_id: str) -> Response:
    """The messages that this person saw need no answer; newer ones go on waiting."""
    with writing() as session:
        letters.settle(session, current_actor(), now(), application_id, _seen())
    return to_case(application_id, "message_settled")


def read_exchange(application_id: str, exchange: Exchange) -> None:
    """Note that what the applicant wrote was shown at the office."""
    if may_somewhere(current_actor(), "message.write") and (unread := exchange.unread(by_office=True)):
        with writing() as session:
            messages.read_by_office(session, current_actor(), now(), application_id, unread[-1].number)


def _seen() -> int:
    """The number of the newest message that the page showed; 0, which is before all, for anything that is none."""
    return whole(request.form.get("seen", ""), LARGEST) or 0


def _form(
    application_id: str,
    typed: str = "",
    *,
    ready: str = "",
    problems: Sequence[tuple[str, str]] = (),
    status: int = 200,
) -> Response:
    with reading() as session:
        case = view(session, current_actor(), application_id)
        exchange = messages.of_office(session, current_actor(), application_id)
    looks.record(current_actor(), application_id, "messages")
    read_exchange(application_id, exchange)
    return show(
        "messages.html",
        status,
        case=case,
        exchange=exchange,
        ready=case.procedure.review.messages if case.procedure.review else (),
        chosen=ready,
        typed=_with_ready(case, typed, ready),
        nonce=new_id(),
        problems=problems,
        done=just_done(),
    )


def _with_ready(case: CaseView, typed: str, ready: str) -> str:
    """What was typed, with the words of the chosen message below it, in the applicant's language."""
    known = case.procedure.review.messages if case.procedure.review else ()
    words = [message.text.say(case.language).strip() for message in known if message.id == ready]
    return "\n\n".join(part for part in (typed, *words) if part)
