"""The authorization server: client credentials (RFC 6749 §4.4) by secret or signed proof, of Authlib's components."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from time import time
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2 import OAuth2Request
from authlib.oauth2.rfc6749 import ClientMixin
from authlib.oauth2.rfc6749.errors import InvalidClientError, InvalidScopeError
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from flask import Flask
from joserfc.jwk import KeySet

from procedures.clients import proving
from procedures.clients.client import Client
from procedures.clients.proving import TOKENS_LIVE
from web.context import now, reading, settings, writing

BASIC, SIGNED = "client_secret_basic", "private_key_jwt"
METHODS = (BASIC, SIGNED)
TOKEN, REVOKE = "/api/oauth/token", "/api/oauth/revoke"
LONGEST_PROOF = 600
"""Seconds that a signed proof may be good for; so long its number is remembered."""
LONGEST_ID = 100
EXTENSION = "tetsuzuki.oauth"


@dataclass(frozen=True, slots=True)
class _Client(ClientMixin):
    """A client as Authlib asks about it."""

    client: Client

    @property
    def client_id(self) -> str:
        """Its id."""
        return self.client.id

    def check_client_secret(self, client_secret: str) -> bool:
        with reading() as session:
            return proving.knows_secret(session, self.client.id, client_secret)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == BASIC or (method == SIGNED and self.client.jwks is not None)

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "client_credentials"

    def get_allowed_scope(self, scope: str | None) -> str:
        return " ".join(one for one in self.client.scopes if not scope or one in scope.split())


class _Grant(ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = METHODS

    def validate_requested_scope(self) -> None:
        """All that is asked for, or an error: a client that gets less than it asked for fails later and elsewhere."""
        asked = (self.request.payload.scope or "").split()
        if set(asked) - set(self.request.client.client.scopes):
            raise InvalidScopeError


class _Proof(JWTBearerClientAssertion):
    """A JWT signed by a key that the client registered; each works once."""

    CLIENT_AUTH_METHOD = SIGNED

    def get_audiences(self) -> list[str]:
        here = settings().public_url.rstrip("/")
        return [here, here + TOKEN]

    def validate_jti(self, claims: dict[str, Any], jti: object) -> bool:
        expires = claims.get("exp")
        if not isinstance(expires, int | float) or expires > time() + LONGEST_PROOF or not isinstance(jti, str):
            raise InvalidClientError(description=f"The assertion must expire within {LONGEST_PROOF} seconds.")
        until = datetime.now(UTC) + timedelta(seconds=LONGEST_PROOF + 2 * self.leeway)
        with writing() as session:
            return proving.first_use(session, str(claims["sub"]), jti, until)

    def resolve_client_public_key(self, client: _Client) -> KeySet:
        if client.client.jwks is None:
            raise InvalidClientError(description="This client has no keys.")
        return KeySet.import_key_set(client.client.jwks)


@dataclass(frozen=True, slots=True)
class _Revocable:
    token: str

    def check_client(self, client: _Client) -> bool:
        return True  # the deletion itself asks whose it is


class _Revocation(RevocationEndpoint):
    CLIENT_AUTH_METHODS = METHODS

    def query_token(self, token_string: str, token_type_hint: str | None) -> _Revocable:
        return _Revocable(token_string)

    def revoke_token(self, token: _Revocable, request: OAuth2Request) -> None:
        with writing() as session:
            proving.revoke(session, request.client.client_id, token.token)


class _Server(AuthorizationServer):
    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        """Nobody listens."""


def _find(client_id: str) -> _Client | None:
    if len(client_id) > LONGEST_ID or "\0" in client_id:
        return None
    with reading() as session:
        client = proving.find(session, client_id)
    return _Client(client) if client else None


def _token(client: _Client, scope: str | None = None, **_: object) -> dict[str, Any]:
    allowed = client.get_allowed_scope(scope)
    with writing() as session:
        token = proving.issue(session, now(), client.client_id, allowed)
    lives = int(TOKENS_LIVE.total_seconds())
    return {"token_type": "Bearer", "access_token": token, "expires_in": lives, "scope": allowed}


def install_authorization(app: Flask) -> None:
    """The server, ready for the endpoints to call."""
    server = _Server(app, query_client=_find, save_token=lambda _token, _request: None)
    server.register_client_auth_method(SIGNED, _Proof())
    server.register_grant(_Grant)
    server.register_endpoint(_Revocation)
    server.register_token_generator("client_credentials", _token)
    app.extensions[EXTENSION] = server


def caller_key(form: Mapping[str, str], client_id: str, address: str) -> str:
    """By what failing attempts are counted: the client that somebody claims to be, from one network address."""
    claimed = client_id or form.get("client_id", "") or form.get("client_assertion", "")[:200]
    return "api-token:" + sha256(f"{claimed}\n{address}".encode()).hexdigest()
