"""POST /language: remembers the language somebody chose and returns to their page."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from engine.words import LANGUAGES
from web.access import ANYONE, policy
from web.context import settings, visit, writing
from web.identity.people import remember_language
from web.pages.local_paths import local_path
from web.security.cookies import A_YEAR, LANGUAGE, set_cookie

blueprint = Blueprint("language", __name__)


@blueprint.post("/language")
@policy(ANYONE)
def choose() -> Response:
    """`language` and `next`, the path to return to. A language we do not speak changes nothing."""
    response = redirect(local_path(request.form.get("next")), 303)
    wanted = request.form.get("language")
    if wanted in LANGUAGES:
        set_cookie(response, settings(), LANGUAGE, wanted, A_YEAR)
        if person := visit().signed_in:
            with writing() as session:
                remember_language(session, person.person_id, wanted)
    return response
