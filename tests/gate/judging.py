"""What an answer amounts to, in one letter; and what of it would tell one object from another."""

import re
from urllib.parse import quote

from werkzeug.test import TestResponse

LETTERS = {
    "+": "it is theirs to use: shown, done, or refused for what was sent",
    "-": "exactly as if it did not exist",
    "s": "sent to sign in",
    "l": "sent to sign in more surely",
    "x": "forbidden",
    "t": "a token is asked for",
    "c": "cookies are refused",
    "=": "the same whether or not it exists",
}
TOKEN = re.compile(r'(?:name="csrf_token" value|data-token)="[^"]+"')
NONCE = re.compile(r"nonce-[\w-]+|nonce=\"[\w-]+\"")
UNREMARKABLE = frozenset({"date", "content-length", "etag", "set-cookie"})


def _unplaced(text: str, path: str) -> str:
    return text.replace(path, "/HERE").replace(quote(path, safe=""), "/HERE")


def essence(answer: TestResponse, path: str) -> tuple[object, ...]:
    """All that a reader could compare: status, headers, body, less the address asked for and what is new each time."""
    bare = path.partition("?")[0]
    headers = sorted(
        (name.lower(), NONCE.sub("", _unplaced(value, bare)))
        for name, value in answer.headers
        if name.lower() not in UNREMARKABLE
    )
    cookies = sorted(value.partition("=")[0] for value in answer.headers.getlist("Set-Cookie"))
    body = answer.get_data()
    if answer.mimetype == "text/html":
        text = NONCE.sub("", TOKEN.sub("TOKEN", body.decode()))
        body = _unplaced(text, bare).encode()
    return answer.status_code, tuple(headers), tuple(cookies), body


def door(answer: TestResponse) -> str:
    """The letter of whoever is turned away whatever it is about; empty for whoever is let in."""
    if answer.status_code == 403 and answer.mimetype != "application/problem+json":
        return "x"
    if answer.status_code == 401:
        return "t" if answer.mimetype.endswith("json") else "s"
    if answer.status_code in {302, 303} and answer.headers["Location"].startswith("/sign-in?"):
        return "l" if "level=" in answer.headers["Location"] else "s"
    if answer.status_code == 400 and b"#cookies" in answer.get_data():
        return "c"
    return ""
