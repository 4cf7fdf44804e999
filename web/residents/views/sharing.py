"""A link by which somebody else can pay: made, shown, taken back."""

from flask import redirect
from werkzeug.wrappers import Response

from payments.links.sharing import share, take_back
from payments.links.tokens import Tokens
from web.access import APPLICANT, policy
from web.context import current_actor, now, settings, writing
from web.residents.routes import blueprint

LINK = "/applications/<application_id>/pay/link"


@blueprint.post(LINK)
@policy(APPLICANT)
def make_link(application_id: str) -> Response:
    """Make it; the page to pay shows it."""
    with writing() as session:
        share(session, current_actor(), now(), application_id, Tokens(settings().secret_key))
    return redirect(f"/applications/{application_id}/pay#link", 303)


@blueprint.post(LINK + "/remove")
@policy(APPLICANT)
def remove_link(application_id: str) -> Response:
    """Let it lead nowhere."""
    with writing() as session:
        take_back(session, current_actor(), now(), application_id)
    return redirect(f"/applications/{application_id}/pay", 303)
