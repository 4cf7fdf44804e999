"""The page of one's own sign-ins: passkeys added, renamed, removed."""

from collections.abc import Sequence

import structlog
from flask import Response, abort, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from procedures.models import Passkey
from procedures.people import passkeys
from procedures.people.passkeys import CannotAdd, NewPasskey
from web.access import RESIDENT, policy
from web.context import current_actor, now, reading, settings, visit, writing
from web.identity.pages import blueprint
from web.identity.passkeys.ceremony import AnswerRefused, ask_to_make, available, challenge_in, made
from web.identity.passkeys.signing_in import answer_of_browser, take
from web.security.cookies import A_YEAR, PASSKEY, set_cookie

log = structlog.get_logger("sign_in")
PURPOSE = "add"
ONE = "/account/passkeys/<passkey_id>"
DONE = frozenset({"added", "renamed", "removed"})


@blueprint.get("/account")
@policy(RESIDENT)
def account() -> str:
    """How one signed in, and the passkeys one has."""
    with reading() as session:
        own = passkeys.of_person(session, current_actor().id)
        session.expunge_all()
    done = request.args.get("done")
    return _page(own, done if done in DONE else None)


def _page(own: Sequence[Passkey], done: str | None) -> str:
    return render_template(
        "identity/account.html",
        signed_in=visit().signed_in,
        passkeys=own,
        may_add=available(settings()) and len(own) < passkeys.MOST,
        offered=available(settings()),
        done=done,
    )


@blueprint.post("/account/passkeys/options")
@policy(RESIDENT)
def new_passkey_options() -> Response:
    """What the browser has to make."""
    if not available(settings()):
        abort(404)
    actor = current_actor()
    with writing() as session:
        known = [one.credential for one in passkeys.of_person(session, actor.id)]
        challenge, options = ask_to_make(settings(), actor.id, actor.name, known)
        passkeys.open_challenge(session, now(), challenge, PURPOSE, actor.id)
    return Response(options, mimetype="application/json")


@blueprint.post("/account/passkeys")
@policy(RESIDENT)
def add_passkey() -> AnyResponse:
    """Keep what the browser made; `{"then": address}`, or 400 without saying why."""
    answer, actor, signed_in = answer_of_browser(), current_actor(), visit().signed_in
    if signed_in is None:
        abort(404)
    try:
        challenge = challenge_in(answer)
        take(challenge, PURPOSE, actor.id)
        found = made(settings(), answer, challenge)
        new = NewPasskey(
            credential=found.credential,
            public_key=found.public_key,
            counter=found.counter,
            name=str(answer.get("name", "")),
            level=signed_in.assurance,
            means=signed_in.issuer,
        )
        with writing() as session:
            passkeys.add(session, actor, now(), new)
    except (AnswerRefused, CannotAdd) as refusal:
        log.warning("passkey_refused", reason=str(refusal))
        response = jsonify(refused=True)
        response.status_code = 400
        return response
    response = jsonify(then="/account?done=added")
    set_cookie(response, settings(), PASSKEY, "1", A_YEAR)
    return response


@blueprint.post(ONE + "/rename")
@policy(RESIDENT)
def rename_passkey(passkey_id: str) -> AnyResponse:
    """Call it something that one knows it by."""
    with writing() as session:
        passkeys.rename(session, current_actor(), passkey_id, request.form.get("name", ""))
    return redirect("/account?done=renamed", 303)


@blueprint.get(ONE + "/remove")
@policy(RESIDENT)
def ask_to_remove(passkey_id: str) -> str:
    """Whether really; and how one signs in afterwards."""
    with reading() as session:
        passkey = passkeys.own(session, current_actor(), passkey_id)
        session.expunge_all()
    return render_template("identity/remove_passkey.html", passkey=passkey)


@blueprint.post(ONE + "/remove")
@policy(RESIDENT)
def remove_passkey(passkey_id: str) -> AnyResponse:
    """Nobody signs in with it any more."""
    with writing() as session:
        passkeys.remove(session, current_actor(), now(), passkey_id)
    return redirect("/account?done=removed", 303)
