"""The language of the interface: chosen by the person, else the browser's."""

from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, request

from engine.words import LANGUAGES
from web.pages.local_paths import local_path

if TYPE_CHECKING:
    from werkzeug.datastructures import LanguageAccept

LANGUAGE_COOKIE = "tetsuzuki_language"
A_YEAR = 365 * 24 * 3600
SPOKEN = ("ja", "en")  # easy Japanese is nothing that a browser asks for


def choose_language(chosen: str | None, preferred: "LanguageAccept") -> str:
    """`chosen` if we speak it, else the browser's first of Japanese and English, else Japanese."""
    if chosen in LANGUAGES:
        return chosen
    return preferred.best_match(SPOKEN, default="ja")


def language_blueprint() -> Blueprint:
    """POST /language: `language` and `next`, the page to return to."""
    from web.access import ANYONE, policy

    blueprint = Blueprint("language", __name__)

    @blueprint.post("/language")
    @policy(ANYONE)
    def choose() -> Response:
        response = redirect(local_path(request.form.get("next")), 303)
        wanted = request.form.get("language")
        if wanted in LANGUAGES:
            response.set_cookie(LANGUAGE_COOKIE, wanted, max_age=A_YEAR, path="/", samesite="Lax", httponly=True)
        return response

    return blueprint
