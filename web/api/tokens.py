"""POST /api/oauth/token and /revoke, and the metadata of the authorization server (RFC 8414)."""

from collections.abc import Callable, Mapping

from flask import Response, current_app, jsonify, request

from procedures.continuing import trying
from web.access import ANYONE, CLIENT, policy
from web.api.authorizing import EXTENSION, METHODS, REVOKE, TOKEN, caller_key
from web.api.frame import blueprint, refuse_cookies
from web.api.problems import Problem
from web.context import now, reading, settings, writing
from web.security.pace import caller

FORM = "application/x-www-form-urlencoded"
LONGEST = 16 * 1024
REFUSED = frozenset({400, 401})


@blueprint.post(TOKEN)
@policy(CLIENT)
def token() -> Response:
    """A token for a client that proves who it is. Who fails too often within an hour waits."""
    return _asked(current_app.extensions[EXTENSION].create_token_response)


@blueprint.post(REVOKE)
@policy(CLIENT)
def revoke() -> Response:
    """Let a token open nothing any more (RFC 7009); 200 also for one that nobody knows."""
    return _asked(lambda: current_app.extensions[EXTENSION].create_endpoint_response("revocation"))


@blueprint.get("/.well-known/oauth-authorization-server")
@policy(ANYONE)
def metadata() -> Response:
    """Where and how tokens are got."""
    here = settings().public_url.rstrip("/")
    return jsonify(
        issuer=here,
        token_endpoint=here + TOKEN,
        revocation_endpoint=here + REVOKE,
        token_endpoint_auth_methods_supported=list(METHODS),
        token_endpoint_auth_signing_alg_values_supported=["ES256", "ES384", "RS256", "PS256", "EdDSA"],
        grant_types_supported=["client_credentials"],
        response_types_supported=[],
    )


def _asked(respond: Callable[[], Response]) -> Response:
    """Answer in the words of RFC 6749; count what was refused."""
    refuse_cookies()
    if request.mimetype != FORM:
        return _error(400, "invalid_request")
    if (request.content_length or 0) > LONGEST:
        raise Problem("too_large")
    key = caller_key(request.form, (request.authorization or {}).get("username") or "", caller())
    with reading() as session:
        if trying.too_many(session, now(), key):
            return _error(429, "slow_down", {"Retry-After": "3600"})
    response = respond()
    if response.status_code in REFUSED and b'"invalid_client"' in response.get_data():
        with writing() as session:
            trying.failed(session, now(), key)
    return response


def _error(status: int, code: str, headers: Mapping[str, str] | None = None) -> Response:
    response = jsonify(error=code)
    response.status_code = status
    response.headers.update(headers or {})
    return response
