"""Addresses of the sign-in pages, for everyone who sends people there."""

from urllib.parse import urlencode


def sign_in_address(then: str, level: str = "basic") -> str:
    """Where to sign in, at least at `level`, and return to the local path `then`."""
    return f"/sign-in?{_query(then, level)}"


def issuer_address(issuer_id: str, then: str, level: str = "basic") -> str:
    """The same with the issuer already chosen."""
    return f"/sign-in/{issuer_id}?{_query(then, level)}"


def _query(then: str, level: str) -> str:
    return urlencode({"next": then} if level == "basic" else {"next": then, "level": level})
