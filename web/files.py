"""Files of cases as answers: shown or saved, and shut off from our own pages."""

from urllib.parse import quote

from flask import Response
from werkzeug.wsgi import FileWrapper

from procedures.attachments import Opened

# The file runs no script, sends no form, loads nothing, and belongs to no origin of ours.
SANDBOX = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"

# What browsers draw themselves; anything else is only saved.
SHOWN = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp", "image/gif"})


def sandboxed(opened: Opened, *, save: bool = False) -> Response:
    """The file itself; closed once it was sent."""
    inline = opened.media_type in SHOWN and not save
    response = Response(FileWrapper(opened.stream), content_type=opened.media_type, direct_passthrough=True)
    response.call_on_close(opened.stream.close)
    response.content_length = opened.size
    response.headers["Content-Disposition"] = disposition(opened.name, "inline" if inline else "attachment")
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Frame-Options"] = "SAMEORIGIN"  # as `frame-ancestors` says
    response.headers["Cache-Control"] = "no-store"
    return response


def disposition(name: str, kind: str) -> str:
    """`Content-Disposition` with the name in UTF-8 (RFC 6266), and in ASCII for what cannot read that."""
    plain = "".join(letter if (letter.isalnum() and letter.isascii()) or letter in "._- " else "_" for letter in name)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
