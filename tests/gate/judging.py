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
UNREMARKABLE = frozenset({"date", "content-length", "etag", "set-cookie", "x-request-id"})


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


SHUT_OFF = ("sandbox", "default-src 'none'", "frame-ancestors 'self'")
"""What the policy of somebody's file says at least; it may be drawn in a frame of ours."""
OF_A_PAGE = (
    *(f"{what} 'none'" for what in ("default-src", "object-src", "base-uri", "frame-ancestors")),
    "form-action 'self'",
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Server": "web",
}
TO_BE_KEPT = frozenset({"/sign-in/keys"})
"""What anybody may store: our public keys."""


def unprotected(answer: TestResponse) -> list[str]:
    """What an answer lacks of the headers that each has."""
    headers, policy = answer.headers, answer.headers.get("Content-Security-Policy", "")
    lacking = [f"{name} is {headers.get(name)!r}" for name, value in ALWAYS.items() if headers.get(name) != value]
    wanted = SHUT_OFF if "sandbox" in policy else OF_A_PAGE
    lacking += [f"the policy lacks {part}" for part in wanted if part not in policy]
    if "unsafe" in policy.replace("style-src 'unsafe-inline'", "") or ("unsafe" in policy and "sandbox" not in policy):
        lacking.append("the policy allows what is unsafe")
    if headers.get("X-Frame-Options") != ("SAMEORIGIN" if "sandbox" in policy else "DENY"):
        lacking.append("it can be framed")
    if headers.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:  # the latter where the address is a secret
        lacking.append("the address may be told to other sites")
    if "geolocation=()" not in headers.get("Permissions-Policy", ""):
        lacking.append("no Permissions-Policy")
    if "no-store" not in headers.get("Cache-Control", "") and answer.request.path not in TO_BE_KEPT:
        lacking.append(f"it may be stored: {headers.get('Cache-Control')}")
    lacking += [f"a cookie without {part}" for part in ("HttpOnly", "SameSite=Lax", "Path=/") if _lacks(answer, part)]
    return lacking


def _lacks(answer: TestResponse, part: str) -> bool:
    return any(part not in cookie for cookie in answer.headers.getlist("Set-Cookie"))


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
