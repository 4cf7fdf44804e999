"""The cookies we set: their names and the attributes they all share."""

from datetime import timedelta

from werkzeug.wrappers import Response

from web.settings import Settings

SESSION = "tetsuzuki_session"
VISITOR = "tetsuzuki_visitor"
DRAFTS = "tetsuzuki_drafts"
SIGNING_IN = "tetsuzuki_signing_in"
LANGUAGE = "tetsuzuki_language"
PASSKEY = "tetsuzuki_passkey"  # says only that a passkey was added in this browser
MAIL_LINK = "tetsuzuki_mail_link"
A_YEAR = timedelta(days=365)


def cookie_name(name: str, settings: Settings) -> str:
    """`__Host-` over TLS: the browser then takes the cookie only from this very host."""
    return f"__Host-{name}" if settings.https else name


def set_cookie(response: Response, settings: Settings, name: str, value: str, lives: timedelta | None = None) -> None:
    """Set a cookie that scripts cannot read. Without `lives` it goes when the browser closes."""
    response.set_cookie(
        cookie_name(name, settings),
        value,
        max_age=lives,
        path="/",
        secure=settings.https,
        httponly=True,
        samesite="Lax",
    )


def drop_cookie(response: Response, settings: Settings, name: str) -> None:
    """Make the browser forget a cookie."""
    response.delete_cookie(cookie_name(name, settings), path="/", secure=settings.https, httponly=True, samesite="Lax")
