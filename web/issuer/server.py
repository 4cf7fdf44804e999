"""The protocol side of the local issuer, of Authlib's server components."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2 import OAuth2Request
from authlib.oauth2.rfc6749 import ClientMixin
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc9207 import IssuerParameter
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from flask import Flask
from joserfc.jwk import ECKey, KeySet

from web.identity.client_keys import ensure_key, public_keys
from web.identity.configuration import LEVELS
from web.issuer.people import PEOPLE, DemoPerson
from web.issuer.store import Code, Store

SCOPES = ("openid", "profile", "email")
METHOD = "private_key_jwt"


@dataclass(frozen=True, slots=True)
class Client(ClientMixin):
    """The one client: the web server of the same installation."""

    client_id: str
    redirect_uri: str
    data_dir: Path

    def get_client_id(self) -> str:
        """Its id."""
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        """Where its answers go."""
        return self.redirect_uri

    def get_allowed_scope(self, scope: str | None) -> str | None:
        """What of `scope` it may ask for; None, which refuses the request, without `openid`."""
        words = (scope or "").split()
        return " ".join(word for word in words if word in SCOPES) if "openid" in words else None

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """Exactly the registered one."""
        return redirect_uri == self.redirect_uri

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        """Only by its key."""
        return method == METHOD

    def check_response_type(self, response_type: str) -> bool:
        """Only the code flow."""
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        """Only codes."""
        return grant_type == "authorization_code"


class _Assertion(JWTBearerClientAssertion):
    """Who asks for a token proves it with its key; each proof works once."""

    CLIENT_AUTH_METHOD = METHOD

    def __init__(self, issuer: str, store: Store) -> None:
        super().__init__()
        self._issuer, self._store = issuer, store

    def get_audiences(self) -> list[str]:
        return [self._issuer, f"{self._issuer}/token"]

    def validate_jti(self, claims: dict[str, Any], jti: str) -> bool:
        return self._store.first_use(jti)

    def resolve_client_public_key(self, client: Client) -> KeySet:
        return KeySet.import_key_set(public_keys(ensure_key(client.data_dir)))


class _IdToken(OpenIDCode):
    """The ID token."""

    def __init__(self, issuer: str, key: ECKey) -> None:
        super().__init__(require_nonce=True)
        self._issuer, self._key = issuer, key

    def exists_nonce(self, nonce: str, request: OAuth2Request) -> bool:
        return False  # the code can be taken once, which is what this would protect

    def resolve_client_private_key(self, client: Client) -> ECKey:
        return self._key

    def get_client_algorithm(self, client: Client) -> str:
        return "ES256"

    def get_encode_header(self, client: Client) -> dict[str, str]:
        return {"alg": "ES256", "kid": self._key.kid}

    def get_client_claims(self, client: Client) -> dict[str, Any]:
        return {"iss": self._issuer, "aud": [client.client_id], "exp": int(time()) + 300}

    def generate_user_info(self, user: DemoPerson, scope: str) -> UserInfo:
        facts = UserInfo(sub=user.subject, name=user.name)
        return UserInfo(facts, email=user.email) if "email" in scope else facts


class _Challenge(CodeChallenge):
    """PKCE, S256 only, always."""

    SUPPORTED_CODE_CHALLENGE_METHOD: Sequence[str] = ("S256",)


class _Named(IssuerParameter):
    """Every answer says whose it is (RFC 9207)."""

    def __init__(self, issuer: str) -> None:
        self._issuer = issuer

    def get_issuer(self) -> str:
        return self._issuer


def _grant(store: Store) -> type[AuthorizationCodeGrant]:
    class CodeGrant(AuthorizationCodeGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = (METHOD,)

        def save_authorization_code(self, code: str, request: OAuth2Request) -> None:
            asked = request.payload.data
            store.keep(
                Code(
                    code=code,
                    client_id=request.client.client_id,
                    subject=request.user.subject,
                    redirect_uri=request.payload.redirect_uri or request.client.redirect_uri,
                    scope=request.scope,
                    nonce=asked.get("nonce"),
                    code_challenge=asked.get("code_challenge"),
                    code_challenge_method=asked.get("code_challenge_method"),
                    acr=_acr(request.user, asked.get("acr_values", "")),
                    given_at=time(),
                )
            )

        def query_authorization_code(self, code: str, client: Client) -> Code | None:
            return store.take(code, client.client_id)

        def delete_authorization_code(self, authorization_code: Code) -> None:
            """Taken already: a code is gone once it was asked for, whether or not what follows succeeds."""

        def authenticate_user(self, authorization_code: Code) -> DemoPerson | None:
            return PEOPLE.get(authorization_code.subject)

    return CodeGrant


def _acr(person: DemoPerson, asked: str) -> str:
    """Their usual level, or the lowest asked for that is above it, as if they had used another means."""
    usual = LEVELS.index(person.assurance)
    above = sorted(LEVELS.index(level) for level in asked.split() if level in LEVELS)
    return LEVELS[max(usual, above[0])] if above else person.assurance


def install_protocol(app: Flask, issuer: str, client: Client, store: Store, key: ECKey) -> AuthorizationServer:
    """The authorization server, ready for the endpoints to call."""
    server = AuthorizationServer(
        app,
        query_client=lambda client_id: client if client_id == client.client_id else None,
        save_token=lambda _token, _request: None,  # nobody presents the access token: the ID token says all
    )
    server.register_client_auth_method(METHOD, _Assertion(issuer, store))
    server.register_grant(_grant(store), [_Challenge(required=True), _IdToken(issuer, key)])
    server.register_extension(_Named(issuer))
    return server
