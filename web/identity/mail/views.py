"""Asking for a link by mail, and signing in with it or with its code."""

from secrets import token_urlsafe
from unicodedata import normalize

import structlog
from email_validator import EmailNotValidError, validate_email
from flask import abort, make_response, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from engine.fields.keyboards import digits_of
from engine.words import say
from procedures.models import MailLink
from procedures.people import mail_links
from procedures.people.mail_links import Asked, TooManyAsked
from web.access import ANYONE, policy
from web.context import language, now, reading, settings, visit, writing
from web.identity.arriving import Welcome, let_in
from web.identity.failures import note_failure, refuse_many_failures
from web.identity.mail.secrets import browser_hash, link_code, link_secret, same, source_hash
from web.identity.openid.results import Identity
from web.identity.pages import blueprint
from web.identity.people import remember
from web.pages.local_paths import local_path
from web.security.cookies import MAIL_LINK, cookie_name, set_cookie

log = structlog.get_logger("sign_in")
MEANS = "mail"
LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3
ONE = "/sign-in/mail/<link_id>/<secret>"


@blueprint.get("/sign-in/mail")
@policy(ANYONE)
def ask_for_mail() -> str:
    """The form for the address."""
    _require_offered()
    return _form(local_path(request.args.get("next")))


def _require_offered() -> None:
    if not settings().mail_sign_in:
        abort(404)


def _form(then: str, typed: str = "", problem: str | None = None) -> str:
    problems = [("#address", problem)] if problem else []
    return render_template("identity/mail.html", then=then, typed=typed, problems=problems)


@blueprint.post("/sign-in/mail")
@policy(ANYONE)
def send_mail() -> Response:
    """Send a link. What is answered does not depend on whether anybody signs in with this address."""
    _require_offered()
    then, typed = local_path(request.form.get("next")), request.form.get("address", "").strip()
    try:
        address = _address(typed)
    except EmailNotValidError:
        return make_response(_form(then, typed, say("mail_link.wrong_address", language())), 422)
    token = _browser() or token_urlsafe(32)
    asked = Asked(
        address=address,
        browser=browser_hash(token),
        source=source_hash(settings()),
        then=then,
        language=language(),
    )
    try:
        with writing() as session:
            mail_links.ask(session, now(), asked)
    except TooManyAsked:
        return make_response(_form(then, typed, say("mail_link.too_many", language())), 429)
    response = redirect("/sign-in/mail/sent", 303)
    set_cookie(response, settings(), MAIL_LINK, token, mail_links.LIVES)
    return response


def _address(typed: str) -> str:
    """In one spelling, so that one mailbox is one person. Raises EmailNotValidError."""
    plain = normalize("NFKC", typed)[: LONGEST_ADDRESS + 1]
    return validate_email(plain, check_deliverability=False).normalized.lower()


def _browser() -> str | None:
    return request.cookies.get(cookie_name(MAIL_LINK, settings()))


@blueprint.get("/sign-in/mail/sent")
@policy(ANYONE)
def mail_sent() -> str:
    """Look into the mailbox; or type the code that is in the mail."""
    _require_offered()
    return _code_form()


def _code_form(problem: str | None = None) -> str:
    return render_template("identity/mail_sent.html", problems=[("#code", problem)] if problem else [])


@blueprint.post("/sign-in/mail/code")
@policy(ANYONE)
def sign_in_with_code() -> Response:
    """The code, in the browser that asked; for a mail that is read on another device."""
    _require_offered()
    refuse_many_failures()
    browser, code = browser_hash(_browser() or ""), digits_of(request.form.get("code", ""))
    with writing() as session:
        link = mail_links.newest_of(session, now(), browser)
        if link is None:
            return _gone()
        if same(code, link_code(settings(), link.id)):
            return _enter(session, link, browser)
        mail_links.wrong_code(session, link.id)
    log.warning("sign_in_failed", issuer=MEANS, reason="code")
    note_failure()
    return make_response(_code_form(say("mail_link.wrong_code", language())), 422)


@blueprint.get(ONE)
@policy(ANYONE)
def open_link(link_id: str, secret: str) -> Response:
    """A button: programs that look into mails open links too, and must not use them up."""
    _require_offered()
    with reading() as session:
        link = mail_links.still_open(session, now(), link_id)
        here = link is not None and same(link.browser, browser_hash(_browser() or ""))
    if link is None or not same(secret, link_secret(settings(), link_id)):
        return _gone()
    if not here:
        return make_response(render_template("identity/mail_elsewhere.html"))
    return make_response(render_template("identity/mail_open.html", address=request.path))


@blueprint.post(ONE)
@policy(ANYONE)
def use_link(link_id: str, secret: str) -> Response:
    """Sign in, once, in the browser that asked."""
    _require_offered()
    if not same(secret, link_secret(settings(), link_id)):
        return _gone()
    with writing() as session:
        link = mail_links.still_open(session, now(), link_id)
        return _enter(session, link, browser_hash(_browser() or "")) if link else _gone()


def _enter(session: Session, link: MailLink, browser: str) -> Response:
    """Use the link up and open a session for whoever reads this mailbox."""
    if not mail_links.use(session, now(), link.id, browser):
        return _gone()
    claims = {"email": link.address, "email_verified": True}
    known = Identity(MEANS, link.address, "", link.address, "basic", claims)
    person = remember(session, now(), known, language(), chosen=visit().chosen_language is not None)
    log.info("signed_in", issuer=MEANS, assurance="basic")
    return let_in(session, person, Welcome(means=MEANS, level="basic", then=link.then, at=now()))


def _gone() -> Response:
    log.warning("sign_in_failed", issuer=MEANS, reason="link")
    return make_response(render_template("identity/mail_gone.html"), 400)
