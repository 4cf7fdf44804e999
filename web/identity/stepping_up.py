"""The page between two sign-ins of one person: whether to go on with the draft that the first one began."""

from flask import redirect, render_template
from werkzeug.wrappers import Response

from procedures.errors import NotFound
from web.access import RESIDENT, policy
from web.context import current_actor, now, reading, visit, writing
from web.identity.bringing import bring, draft_of
from web.identity.pages import blueprint

ADDRESS = "/sign-in/bring/<application_id>"


@blueprint.get(ADDRESS)
@policy(RESIDENT)
def ask_to_bring(application_id: str) -> str:
    """Under which names, and what happens."""
    signed_in = visit().signed_in
    came_from = signed_in.came_from if signed_in else None
    with reading() as session:
        draft = draft_of(session, came_from, application_id) if came_from else None
    if draft is None:
        raise NotFound(application_id)
    return render_template("identity/bring.html", draft=draft, name=current_actor().name)


@blueprint.post(ADDRESS)
@policy(RESIDENT)
def bring_along(application_id: str) -> Response:
    """Go on with it where it was left: on the page that checks all answers."""
    signed_in = visit().signed_in
    with writing() as session:
        bring(session, current_actor(), now(), signed_in.came_from if signed_in else None, application_id)
    return redirect(f"/applications/{application_id}/check", 303)
