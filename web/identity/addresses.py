"""Addresses of the sign-in pages, for everyone who sends people there."""

from urllib.parse import urlencode


def sign_in_address(then: str, level: str = "basic", *, fresh: bool = False, why: str = "") -> str:
    """Where to sign in, at least at `level`, and return to the local path `then`.

    `fresh`: prove it anew, even if signed in; `why` (start, submit) says so on a page before going to an issuer.
    """
    return f"/sign-in?{_query(then, level, fresh=fresh, why=why)}"


def issuer_address(issuer_id: str, then: str, level: str = "basic", *, fresh: bool = False) -> str:
    """The same with the issuer already chosen."""
    return f"/sign-in/{issuer_id}?{_query(then, level, fresh=fresh)}"


def _query(then: str, level: str, *, fresh: bool, why: str = "") -> str:
    parts = {"next": then}
    if level != "basic":
        parts["level"] = level
    if fresh:
        parts["fresh"] = "1"
    if why:
        parts["why"] = why
    return urlencode(parts)
