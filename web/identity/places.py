"""/account/sessions: on which devices one is signed in, and ending that; and noting that a session is used."""

from datetime import timedelta

import structlog
from flask import make_response, redirect, render_template, request
from sqlalchemy.exc import DBAPIError
from werkzeug.wrappers import Response

from web.access import RESIDENT, policy
from web.context import current_actor, now, reading, visit, writing
from web.identity.pages import blueprint
from web.identity.sessions import note_use
from web.identity.signed_in_at import end_others, end_place, places_of

log = structlog.get_logger("sign_in")
HERE = "/account/sessions"
DONE = frozenset({"one", "others"})
NOTED_EVERY = timedelta(minutes=5)


@blueprint.get(HERE)
@policy(RESIDENT)
def show_places() -> Response:
    """The devices, this one first."""
    with reading() as session:
        places = places_of(session, now(), current_actor().id, visit().session_token or "")
    done = request.args.get("done", "")
    page = render_template("identity/places.html", places=places, done=done if done in DONE else None)
    return make_response(page)


@blueprint.post(HERE + "/end")
@policy(RESIDENT)
def end_one_place() -> Response:
    """Sign out there; here, it is what the button at the top of the page does."""
    with writing() as session:
        end_place(session, current_actor(), now(), request.form.get("session", ""))
    return redirect(f"{HERE}?done=one", 303)


@blueprint.post(HERE + "/end-others")
@policy(RESIDENT)
def end_other_places() -> Response:
    """Sign out everywhere else."""
    with writing() as session:
        end_others(session, current_actor(), now(), visit().session_token or "")
    return redirect(f"{HERE}?done=others", 303)


def note_visit() -> None:
    """Remember, every few minutes, that this session is used. Where that cannot be written, nobody is kept waiting."""
    facts = visit()
    known, token = facts.known_session, facts.session_token
    if known is None or token is None or known.seen_at is None or facts.moment - known.seen_at < NOTED_EVERY:
        return
    try:
        with writing() as session:
            note_use(session, facts.moment, token)
    except DBAPIError as error:
        log.warning("use_not_noted", reason=type(error).__name__)
