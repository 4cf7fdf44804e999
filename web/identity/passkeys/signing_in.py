"""Signing in with a passkey: options, then the signed answer. Both are asked for by web/static/passkeys.js."""

from datetime import timedelta
from typing import Any

import structlog
from flask import Response, abort, jsonify, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from procedures.models import Passkey, Person
from procedures.people import passkeys
from web.access import ANYONE, policy
from web.context import language, now, settings, writing
from web.identity.arriving import Welcome, let_in
from web.identity.configuration import LEVELS
from web.identity.failures import note_failure, refuse_many_failures
from web.identity.pages import blueprint
from web.identity.passkeys.ceremony import AnswerRefused, ask_to_sign, available, challenge_in, signed, whose
from web.pages.local_paths import local_path
from web.security.pace import Pace, caller

log = structlog.get_logger("sign_in")
PURPOSE = "sign in"
MEANS = "passkey"
LONGEST_ANSWER = 20_000  # bytes
OPTIONS = Pace("passkey_options", 300, timedelta(minutes=10), shut=True)


@blueprint.post("/sign-in/passkey/options")
@policy(ANYONE)
def passkey_options() -> Response:
    """What the browser has to sign."""
    if not available(settings()):
        abort(404)
    OPTIONS.require(caller())
    challenge, options = ask_to_sign(settings())
    with writing() as session:
        passkeys.open_challenge(session, now(), challenge, PURPOSE)
    return Response(options, mimetype="application/json")


@blueprint.post("/sign-in/passkey")
@policy(ANYONE)
def sign_in_with_passkey() -> AnyResponse:
    """Take the signed answer; `{"then": address}` where to go, or 400 without saying why."""
    refuse_many_failures()
    answer = answer_of_browser()
    try:
        challenge = challenge_in(answer)
        take(challenge, PURPOSE)
        with writing() as session:
            passkey, person = _proved(session, answer, challenge)
            response = let_in(session, person, _welcome(passkey))
            person.seen_at = now()
    except AnswerRefused as refusal:
        log.warning("sign_in_failed", issuer=MEANS, reason=refusal.reason)
        note_failure()
        return _refused()
    log.info("signed_in", issuer=MEANS, assurance=_level(passkey))
    told = jsonify(then=response.headers.get("Location"), too_low=response.status_code >= 400)  # noqa: PLR2004
    for cookie in response.headers.getlist("Set-Cookie"):
        told.headers.add("Set-Cookie", cookie)
    return told


def take(challenge: bytes, purpose: str, person_id: str | None = None) -> None:
    """Use the challenge up, in a transaction of its own: a wrong answer costs it too. Raises `AnswerRefused`."""
    with writing() as session:
        if not passkeys.take_challenge(session, now(), challenge, purpose, person_id):
            raise AnswerRefused("challenge")


def answer_of_browser() -> dict[str, Any]:
    """The JSON object that the script sends."""
    if not available(settings()) or (request.content_length or 0) > LONGEST_ANSWER:
        abort(404)
    answer = request.get_json(silent=True)
    return answer if isinstance(answer, dict) else {}


def _proved(session: Session, answer: dict[str, Any], challenge: bytes) -> tuple[Passkey, Person]:
    """The passkey that signed, and whose it is. Raises `AnswerRefused`."""
    found = passkeys.by_credential(session, str(answer.get("id")))
    if found is None:
        raise AnswerRefused("unknown credential")
    passkey, person = found
    if whose(answer) not in {None, person.id}:
        raise AnswerRefused("somebody else's")
    counter = signed(settings(), answer, challenge, passkey.public_key, passkey.counter)
    passkeys.used(session, now(), passkey, counter)
    return passkey, person


def _level(passkey: Passkey) -> str:
    """What it was added under, at most what the installation lets a passkey prove."""
    return min(passkey.level, settings().passkey_level, key=LEVELS.index)


def _welcome(passkey: Passkey) -> Welcome:
    wanted = request.args.get("level", LEVELS[0])
    return Welcome(
        means=MEANS,
        level=_level(passkey),
        at=now(),
        then=local_path(request.args.get("next")),
        wanted=wanted if wanted in LEVELS else LEVELS[0],
    )


def _refused() -> AnyResponse:
    answer = jsonify(refused=True, language=language())
    answer.status_code = 400
    return answer
