"""Addresses of the sign-in pages, for everyone who sends people there."""

from urllib.parse import urlencode


def sign_in_address(then: str, level: str = "basic") -> str:
    """Where to sign in, at least at `level`, and return to the local path `then`."""
    query = {"next": then} if level == "basic" else {"next": then, "level": level}
    return f"/sign-in?{urlencode(query)}"
