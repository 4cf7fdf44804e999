"""When the database or the disk fails: a page that says so, with all that was typed, to be sent again."""

from flask import Flask, Response, make_response, render_template, request

from web.api.problems import is_api
from web.context import visit
from web.logs import log_failure
from web.pages.errors import broken, log, show_error, typed
from web.pages.plain import plain_page
from web.security.csrf import SAFE, from_own_page
from web.trouble import AGAIN_AFTER, KINDS, is_trouble

UNAVAILABLE = 503


def unavailable(error: Exception) -> Response:
    """503 and when to come back; a form of ours can be sent again from the very page. Other errors are a fault."""
    if not is_trouble(error):
        return broken(error)
    log_failure(log, "storage_trouble", error, endpoint=request.endpoint)
    visit().ask_nobody()
    answer = _page()
    answer.headers["Retry-After"] = AGAIN_AFTER
    return answer


def _page() -> Response:
    kept = typed() if request.method not in SAFE and not is_api() and from_own_page() else []
    if not kept:
        return show_error(UNAVAILABLE)
    try:
        page = render_template("errors/again.html", kept=kept, ours=True, sign_in=None, words="unavailable")
    except Exception as failure:  # noqa: BLE001 - whatever broke the page must not break this one too
        log_failure(log, "error_page_failed", failure)
        page = plain_page(UNAVAILABLE)
    return make_response(page, UNAVAILABLE)


def install_unavailable(app: Flask) -> None:
    """Register the handlers."""
    for kind in KINDS:
        app.register_error_handler(kind, unavailable)
