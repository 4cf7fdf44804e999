"""How we reach somebody: mail, SMS to a confirmed number, LINE; and the short links of such messages."""

from dataclasses import dataclass

from flask import abort, make_response, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from engine.references import normalise
from engine.words import say
from procedures import applications
from procedures.errors import NotFound
from procedures.reaching import choices, codes
from procedures.reaching.numbers import mobile_number, veiled
from procedures.reaching.routes import MAIL
from web.access import APPLICANT, RESIDENT, SignInNeeded, policy
from web.context import current_actor, language, now, reading, settings, writing
from web.residents.routes import blueprint

HERE = "/account/notices"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to choose, and where it leads."""

    channel: str
    words: str


@blueprint.get(HERE)
@policy(RESIDENT)
def notices_of() -> Response:
    """The ways there are, the chosen one, and the number that may be added."""
    return _draw(saved="saved" in request.args)


@blueprint.post(HERE)
@policy(RESIDENT)
def choose_way() -> Response:
    """Choose."""
    channel, gateways = request.form.get("channel", ""), settings().gateways
    with writing() as session:
        if channel == choices.LINE and gateways.line_token:
            choices.choose_line(session, current_actor(), now(), gateways.line_issuer)
        elif channel in {MAIL, codes.SMS}:
            choices.prefer(session, current_actor(), now(), channel)
        else:
            abort(404)
    return redirect(f"{HERE}?saved=1", 303)


@blueprint.post(HERE + "/phone")
@policy(RESIDENT)
def send_code() -> Response:
    """Send a code to a number."""
    if not settings().gateways.sms_url:
        abort(404)
    typed = request.form.get("phone", "")[:40]
    number = mobile_number(typed)
    if number is None:
        return _draw([("#phone", _say("phone_wrong"))], typed, 422)
    try:
        with writing() as session:
            codes.begin(session, current_actor(), now(), number)
    except codes.TooManyCodes:
        return _draw([("#phone", _say("phone_enough"))], typed, 429)
    return redirect(HERE, 303)


@blueprint.post(HERE + "/code")
@policy(RESIDENT)
def confirm_code() -> Response:
    """The code that arrived."""
    with writing() as session:
        right = codes.confirm(session, current_actor(), now(), request.form.get("code", ""), settings().secret_key)
        left = codes.waiting(session, current_actor(), now()) is not None
    if right:
        return redirect(f"{HERE}?saved=1", 303)
    return _draw([("#code", _say("code_wrong")) if left else ("#phone", _say("code_over"))], status=422)


@blueprint.post(HERE + "/forget")
@policy(RESIDENT)
def forget_number() -> Response:
    """Forget the number."""
    with writing() as session:
        choices.forget(session, current_actor(), now(), codes.SMS)
    return redirect(HERE, 303)


@blueprint.get("/r/<text>")
@policy(APPLICANT)
def by_reference(text: str) -> Response:
    """The short link of messages: to the case of that number, for its owner; others sign in or find nothing."""
    reference = normalise(text)
    if reference is None:
        raise NotFound(text)
    with reading() as session:
        found = applications.own_with_reference(session, current_actor(), reference)
    if found is not None:
        return redirect(f"/applications/{found}", 302)
    if current_actor().kind == "visitor":
        raise SignInNeeded
    raise NotFound(text)


def _say(key: str) -> str:
    return say(f"reach.{key}", language())


def _draw(
    problems: list[tuple[str, str]] | None = None, typed: str = "", status: int = 200, *, saved: bool = False
) -> Response:
    actor, sms = current_actor(), bool(settings().gateways.sms_url)
    with reading() as session:
        known = {contact.channel: contact for contact in choices.contacts(session, actor)}
        number = known.get(codes.SMS)
        waiting = codes.waiting(session, actor, now()) if sms else None
        page = render_template(
            "residents/reaching.html",
            ways=_ways(session, veiled(number.address) if sms and number and number.broken_at is None else ""),
            chosen=choices.chosen(session, actor),
            broken=bool(number and number.broken_at),
            number=number is not None,
            code_sent_to=veiled(waiting.address) if waiting else "",
            problems=problems or [],
            typed=typed,
            sms=sms,
            saved=saved,
        )
    return make_response(page, status)


def _ways(session: Session, number: str) -> list[Way]:
    person, gateways = choices.profile(session, current_actor()), settings().gateways
    mail = say("reach.mail_to", language(), address=person.email) if person.email else _say("mail_none")
    ways = [Way(MAIL, mail)]
    if number:
        ways.append(Way(codes.SMS, say("reach.sms_to", language(), number=number)))
    if gateways.line_token and person.issuer == gateways.line_issuer:
        ways.append(Way(choices.LINE, _say("line_to")))
    return ways
