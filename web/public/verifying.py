"""/verify: whether a certificate is genuine, for whoever holds it; by its code, by its QR code, by its file."""

from datetime import timedelta
from hashlib import sha256
from typing import Literal

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from procedures.papers.examining import MOST_BYTES, examine
from procedures.papers.verifying import Verified, verify, verify_file
from web.access import ANYONE, policy
from web.context import now, reading, settings
from web.public.routes import blueprint
from web.security.pace import Pace, caller

LOOKS = Pace("verify", 30, timedelta(minutes=1))
FILES = Pace("verify_file", 6, timedelta(minutes=1))

File = Literal["same", "other", "unlisted", "changed", "foreign", "none", "unreadable", "large", ""]


@blueprint.get("/verify")
@policy(ANYONE)
def ask_for_code() -> str:
    """Where a code is typed."""
    return render_template("public/verify.html", found=None, asked=False, typed="", file="")


@blueprint.get("/verify/<code>")
@policy(ANYONE)
def by_address(code: str) -> Response:
    """Where the QR code leads."""
    return _draw(code)


@blueprint.post("/verify")
@policy(ANYONE)
def by_form() -> Response:
    """The code that was typed, with the file if there is one; or the file alone."""
    code = request.form.get("code", "")
    if not code.strip() and (pdf := _sent()) is not None:
        return _draw_file(pdf)
    return _draw(code)


def _draw_file(pdf: bytes) -> Response:
    """What a file without a code is: one of ours as it was issued, one that was changed, or none of ours."""
    LOOKS.require(caller())
    with reading() as session:
        found = verify_file(session, now(), sha256(pdf).hexdigest())
    seal = "large" if len(pdf) > MOST_BYTES else examine(pdf, settings().seal_dir)
    file = "same" if found else "unlisted" if seal == "intact" else seal
    page = render_template("public/verify.html", found=found, asked=True, typed="", file=file)
    return make_response(page, 200 if found else 404)


def _draw(typed: str) -> Response:
    """Wrong codes and unknown ones get the same answer."""
    LOOKS.require(caller())
    with reading() as session:
        found = verify(session, now(), typed)
    file = _file(found) if found else ""
    page = render_template("public/verify.html", found=found, asked=True, typed=typed[:40], file=file)
    return make_response(page, 200 if found else 404)


def _file(found: Verified) -> File:
    """What the file that was sent along is; it is read, looked at and not kept."""
    pdf = _sent()
    if pdf is None:
        return ""
    if len(pdf) > MOST_BYTES:
        return "large"
    seal = examine(pdf, settings().seal_dir)
    if sha256(pdf).hexdigest() == found.sha256:
        return "same"
    return "other" if seal == "intact" else seal


def _sent() -> bytes | None:
    """The file of the form, at most one byte more than is looked at; None where there is none."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return None
    FILES.require(caller())
    return upload.stream.read(MOST_BYTES + 1)
