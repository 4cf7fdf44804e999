"""The sign-in pages: to an issuer, back from it, and out again."""

import structlog
from flask import Blueprint, Response, abort, jsonify, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from procedures.actors import Actor
from web.access import ANYONE, policy
from web.context import current_actor, language, now, services, settings, visit, writing
from web.identity.addresses import issuer_address
from web.identity.client_keys import public_keys
from web.identity.configuration import LEVELS
from web.identity.issuers import Arrival, Issuer, IssuerUnavailable, SignInCancelled, SignInFailed
from web.identity.people import remember, take_over
from web.identity.sessions import begin_session, end_session
from web.pages.local_paths import local_path
from web.security.cookies import A_YEAR, LANGUAGE, SESSION, VISITOR, drop_cookie, set_cookie

blueprint = Blueprint("identity", __name__)
log = structlog.get_logger("sign_in")


@blueprint.get("/sign-in")
@policy(ANYONE)
def choose() -> AnyResponse:
    """With one issuer straight to it; with several, a page to choose from."""
    then, level = local_path(request.args.get("next")), _level()
    configured = services().issuers.configured
    if len(configured) == 1:
        return _depart(configured[0].id, then, level)
    links = [(issuer.title, issuer_address(issuer.id, then, level)) for issuer in configured]
    return make_response(render_template("identity/choose.html", links=links))


@blueprint.get("/sign-in/<issuer_id>")
@policy(ANYONE)
def begin(issuer_id: str) -> AnyResponse:
    """To one issuer."""
    return _depart(issuer_id, local_path(request.args.get("next")), _level())


def _level() -> str:
    level = request.args.get("level", LEVELS[0])
    return level if level in LEVELS else LEVELS[0]


def _depart(issuer_id: str, then: str, level: str) -> AnyResponse:
    issuer = _issuer(issuer_id)
    try:
        return redirect(issuer.departure(then, level, language()), 302)
    except IssuerUnavailable as error:
        return _unavailable(issuer_id, error, then)


def _issuer(issuer_id: str) -> Issuer:
    return services().issuers.get(issuer_id) or abort(404)


@blueprint.get("/sign-in/<issuer_id>/callback")
@policy(ANYONE)
def callback(issuer_id: str) -> AnyResponse:
    """Back from the issuer: check everything, then open a session under a new id."""
    issuer = _issuer(issuer_id)
    try:
        arrival = issuer.arrival()
    except SignInCancelled:
        return make_response(render_template("identity/cancelled.html"))
    except SignInFailed as error:
        log.warning("sign_in_failed", issuer=issuer_id, reason=error.reason)
        return make_response(render_template("identity/failed.html"), 400)
    except IssuerUnavailable as error:
        return _unavailable(issuer_id, error, "/")
    return _arrive(issuer_id, arrival)


def _unavailable(issuer_id: str, error: IssuerUnavailable, then: str) -> Response:
    log.error("issuer_unavailable", issuer=issuer_id, reason=str(error))
    return make_response(render_template("identity/unavailable.html", then=then), 503)


def _arrive(issuer_id: str, arrival: Arrival) -> AnyResponse:
    facts = visit()
    reached = arrival.identity.assurance
    with writing() as session:
        person = remember(session, now(), arrival.identity, language(), chosen=facts.chosen_language is not None)
        actor, spoken = Actor("resident", person.id, person.name, language=person.language), person.language
        if facts.signed_in is None:
            take_over(session, now(), Actor("visitor", facts.visitor.key), actor)
        if facts.session_token:
            end_session(session, facts.session_token)
        token = begin_session(session, now(), person.id, issuer_id, reached)
    log.info("signed_in", issuer=issuer_id, assurance=reached)
    response = _next_page(arrival, reached)
    set_cookie(response, settings(), SESSION, token)
    set_cookie(response, settings(), LANGUAGE, spoken, A_YEAR)
    drop_cookie(response, settings(), VISITOR)
    facts.keep_visitor_cookie = False
    return response


def _next_page(arrival: Arrival, reached: str) -> AnyResponse:
    if LEVELS.index(reached) < LEVELS.index(arrival.wanted):
        return make_response(render_template("identity/too_low.html", then=arrival.then, level=arrival.wanted), 403)
    return redirect(arrival.then, 303)


@blueprint.get("/sign-in/done")
@policy(ANYONE)
def done() -> str:
    """The end of a sign-in made in a second window, beside a page that waits to be sent again."""
    return render_template("identity/done.html", signed_in=current_actor().kind != "visitor")


@blueprint.post("/sign-out")
@policy(ANYONE)
def sign_out() -> AnyResponse:
    """End the session here and in the database."""
    if token := visit().session_token:
        with writing() as session:
            end_session(session, token)
    response = redirect("/signed-out", 303)
    drop_cookie(response, settings(), SESSION)
    return response


@blueprint.get("/signed-out")
@policy(ANYONE)
def signed_out() -> str:
    """Says that the session is over."""
    return render_template("identity/signed_out.html")


@blueprint.get("/sign-in/keys")
@policy(ANYONE)
def keys() -> Response:
    """Our public keys as a JWK set, for issuers that fetch them (`jwks_uri`)."""
    issuers = services().issuers
    found = [public_keys(key)["keys"] for issuer in issuers.configured if (key := issuers.key(issuer))]
    unique = {entry["kid"]: entry for entries in found for entry in entries}
    response = jsonify(keys=list(unique.values()))
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
