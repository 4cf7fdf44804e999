"""What a resident and the office write to each other about one case."""

from collections.abc import Sequence

from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from engine.words import say
from engine.words.bureaus import bureau_name
from procedures import applications
from procedures.correspondence import reading as messages
from procedures.correspondence.rules import A_DAY
from procedures.correspondence.writing import from_applicant
from procedures.errors import MessageRefused
from procedures.models import new_id
from web.access import APPLICANT, policy
from web.context import current_actor, language, now, reading, writing
from web.forms.plain_text import plain_lines
from web.residents.routes import blueprint

HERE = "/applications/<application_id>/messages"


@blueprint.get(HERE)
@policy(APPLICANT)
def read_messages(application_id: str) -> Response:
    """All of them, oldest first, and the box to write. What the office wrote counts as read from now on."""
    return _draw(application_id)


@blueprint.post(HERE)
@policy(APPLICANT)
def write_message(application_id: str) -> Response:
    """Send once: a second click ends where the first one did."""
    text = plain_lines(request.form.get("text", ""))
    try:
        with writing() as session:
            from_applicant(session, current_actor(), now(), application_id, text, request.form.get("nonce", ""))
    except MessageRefused as refused:
        words = say(f"correspondence.wrong_{refused.what}", language(), length=f"{len(text):,}", most=A_DAY)
        return _draw(application_id, text, [("#text", words)], 422)
    return redirect(f"/applications/{application_id}/messages?sent=1", 303)


def _draw(
    application_id: str, typed: str = "", problems: Sequence[tuple[str, str]] = (), status: int = 200
) -> Response:
    with reading() as session:
        exchange = messages.of_applicant(session, current_actor(), application_id)
        case = applications.view_own(session, current_actor(), application_id)
    new = frozenset(one.number for one in exchange.unread(by_office=False))
    if new:
        with writing() as session:
            messages.read_by_applicant(session, current_actor(), now(), application_id, max(new))
    page = render_template(
        "residents/messages.html",
        case=case,
        exchange=exchange,
        new=new,
        over=exchange.until is not None and exchange.until < now(),
        bureau=bureau_name(case.procedure.bureau, language()),
        nonce=new_id(),
        typed=typed,
        problems=problems,
        sent="sent" in request.args,
    )
    return make_response(page, status)
