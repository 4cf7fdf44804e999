"""Going on with a draft on another device, without signing in: its code, and where a code is opened."""

import re
import unicodedata
from typing import TYPE_CHECKING

from email_validator import EmailNotValidError, validate_email
from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from engine.words import say
from procedures import library
from procedures.continuing import resuming, trying
from procedures.errors import NotFound
from web.access import ANYONE, APPLICANT, policy
from web.context import current_actor, language, now, reading, settings, visit, writing
from web.identity import grants
from web.identity.link_secrets import derived
from web.identity.visitors import LIVES
from web.residents.filling.drafted import Filling, open_draft
from web.residents.routes import blueprint
from web.security.cookies import DRAFTS, set_cookie
from web.security.pace import TooOften, caller

if TYPE_CHECKING:
    from engine.model import Text

DEVICES = "/applications/<application_id>/devices"
NOT_OF_A_CODE = re.compile(r"[^a-z2-7]")


@blueprint.get(DEVICES)
@policy(APPLICANT)
def devices(application_id: str) -> Response:
    """The code of one's draft, who opened it, and what to do about it."""
    return _devices(application_id)


@blueprint.post(DEVICES)
@policy(APPLICANT)
def change_devices(application_id: str) -> Response:
    """Make a code, end it, or send it by mail."""
    doing = request.form.get("do")
    if doing == "mail":
        return _mail(application_id)
    with writing() as session:
        open_draft(session, application_id)
        if doing == "end":
            resuming.revoke(session, current_actor(), now(), application_id)
        else:
            resuming.make(session, current_actor(), now(), application_id, settings().secret_key)
    return redirect(f"/applications/{application_id}/devices", 303)


@blueprint.get("/resume")
@policy(ANYONE)
def ask_for_resume_code() -> str:
    """Where a code is typed."""
    return render_template("residents/resume.html", problems=(), typed="")


@blueprint.get("/resume/<code>")
@policy(ANYONE)
def offer_to_resume(code: str) -> Response:
    """A button: programs that look into mails open links too, and must not count as a device."""
    with reading() as session:
        found = resuming.find(session, plain(code))
        title = library.by_digest(session, found.digest).title if found else None
    return _offer(plain(code), title) if title else _unknown("")


@blueprint.post("/resume")
@policy(ANYONE)
def resume() -> Response:
    """Open the draft of a code in this browser. Wrong codes are counted by where they come from."""
    code, who = plain(request.form.get("code", "")), _caller()
    try:
        with writing() as session:
            if trying.too_many(session, now(), who):
                raise TooOften(int(trying.WITHIN.total_seconds()))
            application_id = resuming.open_with(session, current_actor(), now(), code)
    except NotFound:
        with writing() as session:
            trying.failed(session, now(), who)
        return _unknown(request.form.get("code", ""))
    answer = redirect(f"/applications/{application_id}", 303)
    if current_actor().kind == "visitor":
        known = {id: hash for id, hash in visit().grants.items() if id != application_id}
        text = grants.write({**known, application_id: resuming.hash_of(code)}, settings().secret_key)
        set_cookie(answer, settings(), DRAFTS, text, LIVES)
    return answer


def plain(code: str) -> str:
    """A code as it was made, however it was typed: capitals, full width, dashes and spaces do not matter."""
    return NOT_OF_A_CODE.sub("", unicodedata.normalize("NFKC", code[:100]).lower().replace("0", "o").replace("1", "l"))


def _caller() -> str:
    return derived(settings(), "resume:source", caller()).hex()[:32]


def _mail(application_id: str) -> Response:
    typed = request.form.get("address", "").strip()
    try:
        address = validate_email(typed, check_deliverability=False).normalized
    except EmailNotValidError:
        return _devices(application_id, typed, say("devices.address_wrong", language()))
    try:
        with writing() as session:
            open_draft(session, application_id)
            resuming.mail(session, current_actor(), now(), application_id, address)
    except resuming.NoMoreMails:
        return redirect(f"/applications/{application_id}/devices", 303)  # which says so
    return redirect(f"/applications/{application_id}/devices?sent=1", 303)


def _devices(application_id: str, typed: str = "", wrong: str = "") -> Response:
    with reading() as session:
        filling = open_draft(session, application_id)
        if current_actor().kind != "visitor":
            raise NotFound(application_id)
        code = resuming.of_draft(session, application_id, settings().secret_key)
    return make_response(_draw(filling, code, typed, wrong), 422 if wrong else 200)


def _draw(filling: Filling, code: resuming.Code | None, typed: str, wrong: str) -> str:
    return render_template(
        "residents/devices.html",
        filling=filling,
        code=code,
        shown=resuming.grouped(code.text) if code else "",
        link=f"{settings().public_url.rstrip('/')}/resume/{code.text}" if code else "",
        typed=typed,
        problems=[("#address", wrong)] if wrong else (),
        sent="sent" in request.args,
    )


def _offer(code: str, title: "Text") -> Response:
    page = render_template(
        "residents/resume_offer.html", code=code, title=title, account=current_actor().kind != "visitor"
    )
    return make_response(page)


def _unknown(typed: str) -> Response:
    problems = [("#code", say("devices.unknown", language()))]
    return make_response(render_template("residents/resume.html", problems=problems, typed=typed[:40]), 404)
