"""What every page of the sandbox has: its language, its headers, and a refusal of forms that another site sends."""

from typing import Any
from urllib.parse import urlsplit

from flask import Response, abort, make_response, render_template, request

from engine.words import say

POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'"


def language_of(preferred: str | None = None) -> str:
    """The language asked for in the address, else the `preferred` one, else the browser's: Japanese or English."""
    wanted = request.args.get("lang") or preferred
    if wanted is None:
        return request.accept_languages.best_match(["ja", "en"], "ja")
    return "ja" if wanted in {"ja", "auto"} else "en"  # these pages are for those who try out: they speak these two


def page(template: str, language: str, status: int = 200, **values: Any) -> Response:
    """A page from a template."""
    html = render_template(
        f"sandbox/{template}",
        language=language,
        say=lambda key, **parameters: say(key, language, **parameters),
        **{"error": None, **values},
    )
    response = make_response(html, status)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def refuse_other_sites() -> None:
    """A form sent by a page of another site is not followed: it might happen in the background of any browser."""
    origin = request.headers.get("Origin")
    if request.method == "POST" and origin not in (None, "null") and urlsplit(str(origin)).netloc != request.host:
        abort(403)
