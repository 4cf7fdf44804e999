"""The security headers of every answer."""

from secrets import token_urlsafe

from flask import Response, request

from web.context import visit
from web.settings import Settings


def csp_nonce() -> str:
    """The nonce for this page's own <script> and <style>; a page that never asks gets none."""
    facts = visit()
    if facts.nonce is None:
        facts.nonce = token_urlsafe(16)
    return facts.nonce


def show_frames() -> None:
    """Let this page, and no other, show files of ours in a frame; what is in it stays shut off by its own policy."""
    visit().frames = True


class Headers:
    """Writes the headers; what does not change between answers is put together once."""

    def __init__(self, settings: Settings) -> None:
        targets = " ".join(("'self'", *settings.form_targets))
        self._before = "default-src 'none'; script-src 'self'"
        self._between = "; style-src 'self'"
        self._after = (
            "; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; object-src 'none'"
            f"; base-uri 'none'; frame-ancestors 'none'; form-action {targets}"
        )
        self._fixed = {
            "Server": "web",  # else granian names itself
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "X-Frame-Options": "DENY",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=()",
        }
        if settings.https:
            self._fixed["Strict-Transport-Security"] = "max-age=63072000"

    def write(self, response: Response) -> Response:
        """Complete an answer. A view's own Content-Security-Policy or Cache-Control stays."""
        own = {name.lower() for name, _ in response.headers}
        for name, value in self._fixed.items():
            if name.lower() not in own:
                response.headers.add(name, value)
        if "content-security-policy" not in own:
            response.headers.add("Content-Security-Policy", self._policy())
        if "cache-control" not in own:
            response.headers.add("Cache-Control", "no-store")  # every page carries a token or somebody's data
        return response

    def _policy(self) -> str:
        nonce = visit().nonce if request else None
        allowed = f" 'nonce-{nonce}'" if nonce else ""
        frames = "; frame-src 'self'" if request and visit().frames else ""
        return f"{self._before}{allowed}{self._between}{allowed}{self._after}{frames}"
