"""Error pages: what happened in plain words, what to do next, and nothing of the inside."""

from typing import TYPE_CHECKING

import structlog
from flask import Flask, Response, make_response, redirect, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from procedures.errors import AlreadySubmitted, NotFound
from web.access import BusinessNeeded, SignInNeeded
from web.api.problems import is_api, of_status
from web.context import settings
from web.identity.addresses import sign_in_address
from web.logs import log_failure
from web.pages.plain import plain_page
from web.security.csrf import FIELD, SAFE, TokenRefused, from_own_page
from web.security.pace import TooOften

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response as AnyResponse

log = structlog.get_logger("web")

# Codes with wordings of their own in platform.yaml; any other is told as its class, 400 or 500.
WORDED = frozenset({400, 403, 404, 405, 409, 413, 422, 429, 500, 503})
SERVER_FAULT = 500
TOO_OFTEN = 429


def show_error(code: int, **facts: object) -> Response:
    """The page for `code`; for other systems, as JSON. Should even that fail, a page without the frame."""
    if is_api():
        return of_status(code)
    known = code if code in WORDED else 400 if code < SERVER_FAULT else SERVER_FAULT
    try:
        page = render_template("errors/error.html", code=known, **facts)
    except Exception as error:  # noqa: BLE001 - whatever broke the page must not break the error page too
        log_failure(log, "error_page_failed", error)
        page = plain_page(known)
    return make_response(page, code)


def typed() -> "Sequence[tuple[str, str]]":
    """What the form carried, to be sent again by the person; files cannot be kept."""
    return [(name, value) for name, values in request.form.lists() for value in values if name != FIELD]


def token_refused(_error: TokenRefused) -> Response:
    """The page expired, or the form is forged. From a page of ours, what was typed can be sent again."""
    kept = typed() if from_own_page() else []
    page = render_template("errors/again.html", kept=kept, ours=from_own_page(), sign_in=None, words="again")
    return make_response(page, 403)


def too_often(error: TooOften) -> Response:
    """Wait a little; from a page of ours, what was typed can be sent again then."""
    kept = typed() if request.method not in SAFE and from_own_page() else []
    if kept:
        page = render_template("errors/again.html", kept=kept, ours=True, sign_in=None, words="too_often")
        answer = make_response(page, TOO_OFTEN)
    else:
        answer = show_error(TOO_OFTEN)
    answer.headers["Retry-After"] = str(error.seconds)
    return answer


def sign_in_needed(error: SignInNeeded) -> Response:
    """Send a reader to sign in and back; keep what was typed of somebody whose session ended meanwhile."""
    if request.method in SAFE:
        here = request.full_path if request.query_string else request.path
        return redirect(sign_in_address(here, error.level, fresh=error.fresh), 302)
    came_from = _page_before()
    if not typed() or not from_own_page() or came_from is None:
        return redirect(sign_in_address(came_from or "/", error.level, fresh=error.fresh), 303)
    address = sign_in_address("/sign-in/done", error.level, fresh=error.fresh)
    return make_response(
        render_template("errors/again.html", kept=typed(), ours=True, sign_in=address, words="again_session"), 401
    )


def _page_before() -> str | None:
    """The path of the page of ours whose form was sent."""
    start = settings().public_url.rstrip("/")
    referrer = request.headers.get("Referer", "")
    return referrer.removeprefix(start) or "/" if referrer.startswith(start + "/") else None


def already_submitted(_error: AlreadySubmitted) -> "AnyResponse":
    """A page of a draft that was sent meanwhile, in another window: on to where the case stands."""
    return redirect(f"/applications/{(request.view_args or {}).get('application_id', '')}", 303)


def broken(error: Exception) -> Response:
    """Something of ours failed: log where, without a value of anybody's; tell the person it was not them."""
    log_failure(log, "request_failed", error, endpoint=request.endpoint)
    return show_error(SERVER_FAULT)


def install_errors(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(TokenRefused, token_refused)
    app.register_error_handler(TooOften, too_often)
    app.register_error_handler(SignInNeeded, sign_in_needed)
    app.register_error_handler(BusinessNeeded, lambda _error: redirect("/sign-in/as-business", 303))
    app.register_error_handler(NotFound, lambda _error: show_error(404))
    app.register_error_handler(AlreadySubmitted, already_submitted)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, broken)


def http_error(error: HTTPException) -> Response:
    """An error that a view or Flask itself raised; redirects among them pass through."""
    if error.code is None or error.response is not None or error.code < 400:  # noqa: PLR2004 - the HTTP error classes
        return error.get_response()
    answer = show_error(error.code)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))  # RFC 9110, 15.5.6
    return answer
