"""The sign-in pages: to an issuer, back from it, and out again."""

import structlog
from flask import Blueprint, Response, abort, jsonify, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from web.access import ANYONE, policy
from web.context import current_actor, language, services, settings, visit, writing
from web.identity.addresses import issuer_address
from web.identity.arriving import Welcome, let_in
from web.identity.client_keys import public_keys
from web.identity.configuration import LEVELS
from web.identity.failures import note_failure, refuse_many_failures
from web.identity.issuers import Issuer
from web.identity.openid.results import Arrival, IssuerUnavailable, SignInCancelled, SignInFailed
from web.identity.people import remember
from web.identity.sealing import unseal
from web.identity.sessions import end_session
from web.identity.ways import ways_to
from web.pages.local_paths import local_path
from web.security.cookies import SESSION, drop_cookie

blueprint = Blueprint("identity", __name__)
log = structlog.get_logger("sign_in")

REASONS = frozenset({"start", "submit"})


@blueprint.get("/sign-in")
@policy(ANYONE)
def choose() -> AnyResponse:
    """With one way straight to it; with several, or where it needs to be said why, a page to choose from."""
    then, level, fresh, why = local_path(request.args.get("next")), _level(), _fresh(), request.args.get("why", "")
    able, ways = services().issuers.reaching(level), ways_to(level, fresh=fresh)
    if len(able) == 1 and why not in REASONS and not (ways.known or ways.mail):
        return _depart(able[0].id, then, level, fresh=fresh)
    links = [(issuer.title, issuer_address(issuer.id, then, level, fresh=fresh)) for issuer in able]
    reason = (f"{why}_{'again' if fresh else level}") if why in REASONS else None
    page = render_template("identity/choose.html", links=links, ways=ways, reason=reason, then=then, level=level)
    return make_response(page)


@blueprint.get("/sign-in/<issuer_id>")
@policy(ANYONE)
def begin(issuer_id: str) -> AnyResponse:
    """To one issuer."""
    return _depart(issuer_id, local_path(request.args.get("next")), _level(), fresh=_fresh())


def _level() -> str:
    level = request.args.get("level", LEVELS[0])
    return level if level in LEVELS else LEVELS[0]


def _fresh() -> bool:
    return request.args.get("fresh") == "1"


def _depart(issuer_id: str, then: str, level: str, *, fresh: bool) -> AnyResponse:
    issuer = _issuer(issuer_id)
    try:
        return redirect(issuer.departure(then, level, language(), 0 if fresh else None), 302)
    except IssuerUnavailable as error:
        return _unavailable(issuer_id, error, then)


def _issuer(issuer_id: str) -> Issuer:
    return services().issuers.get(issuer_id) or abort(404)


@blueprint.get("/sign-in/<issuer_id>/callback")
@policy(ANYONE)
def callback(issuer_id: str) -> AnyResponse:
    """Back from the issuer: check everything, then open a session under a new id."""
    issuer = _issuer(issuer_id)
    refuse_many_failures()
    try:
        arrival = issuer.arrival()
    except SignInCancelled:
        return make_response(render_template("identity/cancelled.html"))
    except SignInFailed as error:
        log.warning("sign_in_failed", issuer=issuer_id, reason=error.reason)
        note_failure()
        return make_response(render_template("identity/failed.html"), 400)
    except IssuerUnavailable as error:
        return _unavailable(issuer_id, error, "/")
    return _arrive(issuer, arrival)


def _unavailable(issuer_id: str, error: IssuerUnavailable, then: str) -> Response:
    log.error("issuer_unavailable", issuer=issuer_id, reason=str(error))
    return make_response(render_template("identity/unavailable.html", then=then), 503)


def _arrive(issuer: Issuer, arrival: Arrival) -> AnyResponse:
    known = arrival.identity
    welcome = Welcome(
        means=issuer.settings.id,
        level=known.assurance,
        at=known.at,
        then=arrival.then,
        wanted=arrival.wanted,
        id_token=arrival.id_token if issuer.says_farewell else "",
        business=known.claims.get("business"),
    )
    with writing() as session:
        person = remember(session, visit().moment, known, language(), chosen=visit().chosen_language is not None)
        response = let_in(session, person, welcome)
    log.info("signed_in", issuer=issuer.settings.id, assurance=known.assurance)
    return response


@blueprint.get("/sign-in/done")
@policy(ANYONE)
def done() -> str:
    """The end of a sign-in made in a second window, beside a page that waits to be sent again."""
    return render_template("identity/done.html", signed_in=current_actor().kind != "visitor")


@blueprint.post("/sign-out")
@policy(ANYONE)
def sign_out() -> AnyResponse:
    """End the session here and in the database, then at the issuer where it offers that."""
    facts = visit()
    onward = _farewell() or "/signed-out"
    if token := facts.session_token:
        with writing() as session:
            end_session(session, token)
    response = redirect(onward, 303)
    drop_cookie(response, settings(), SESSION)
    return response


def _farewell() -> str | None:
    facts = visit()
    signed_in, token = facts.signed_in, facts.session_token
    if signed_in is None or token is None or signed_in.sealed is None:
        return None
    issuer = services().issuers.get(signed_in.issuer)
    id_token = unseal(token, signed_in.sealed)
    return issuer.farewell(id_token) if issuer and id_token else None


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
