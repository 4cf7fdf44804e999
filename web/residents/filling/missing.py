"""An application that is not there for this person: missing, another's, or their own before they sign in."""

from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from procedures.errors import NoCorrection, NotFound
from web.access import SignInNeeded
from web.context import visit
from web.identity.addresses import sign_in_address
from web.pages.errors import show_error, sign_in_needed, typed
from web.security.csrf import SAFE, from_own_page


def not_here(_error: NotFound) -> Response:
    """404, the same for a missing case and another's.

    Who has not signed in is told that signing in may help: mails lead here. Whose session ended while they were typing
    signs in again without losing it, and so does who typed into a draft that belongs to an account by now.
    """
    facts = visit()
    if facts.signed_in is not None or not request.path.startswith("/applications/"):
        return show_error(404)
    if request.method not in SAFE and (facts.session_token or (typed() and from_own_page())):
        return sign_in_needed(SignInNeeded())
    here = request.full_path if request.query_string else request.path
    page = render_template(
        "residents/not_here.html", sign_in=sign_in_address(here if request.method in SAFE else "/applications")
    )
    return make_response(page, 404)


def to_application(_error: NoCorrection) -> Response:
    """Somebody corrects what is not asked for any more: the application says where it stands."""
    return redirect(f"/applications/{(request.view_args or {})['application_id']}", 303)
