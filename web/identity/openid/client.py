"""Authlib's client, which believes only the issuer it was configured for, by that issuer's keys of today."""

from collections.abc import Mapping
from time import time
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import FlaskOAuth2App
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, MissingKeyError
from joserfc.jwk import KeySet, OctKey
from joserfc.jws import JWSRegistry
from joserfc.jwt import Token
from requests import RequestException, Session

from web.identity.configuration import IssuerSettings
from web.identity.openid.bounded import bound
from web.identity.openid.results import IssuerUnavailable, SignInFailed

REFRESH = 60 * 60  # seconds: an issuer that moves an endpoint is noticed within the hour
STALE = 24 * 60 * 60  # and one whose description cannot be fetched is believed for a day
SIGNED = "application/jwt"


class Client(FlaskOAuth2App):
    """One issuer's client. `time` is the machine's: tokens are dated by clocks, not by our tests."""

    def __init__(self, issuer: IssuerSettings, **facts: object) -> None:
        self._settings = issuer
        super().__init__(**facts)

    def _get_session(self) -> Session:
        return bound(super()._get_session())

    def _get_oauth_client(self, **metadata: object) -> Session:
        return bound(super()._get_oauth_client(**metadata))

    def load_server_metadata(self) -> dict[str, Any]:
        """The issuer's own description (OpenID Connect Discovery 4.3), kept for an hour; or the configured one."""
        age = time() - self.server_metadata.get("_loaded_at", 0)
        if age < REFRESH:
            return self.server_metadata
        if self._settings.endpoints:
            described: Mapping[str, Any] = {"issuer": self._settings.issuer, **self._settings.endpoints}
        else:
            try:
                described = self._discovered()
            except RequestException:
                if age < STALE:
                    return self.server_metadata
                raise
        self.server_metadata.clear()
        self.server_metadata.update(described, _loaded_at=time())
        return self.server_metadata

    def _discovered(self) -> Mapping[str, Any]:
        with self._get_session() as session:
            answer = session.request("GET", self._server_metadata_url, withhold_token=True)
            answer.raise_for_status()
            described = answer.json()
        if not isinstance(described, dict):
            raise IssuerUnavailable("the issuer does not describe itself")
        if str(described.get("issuer", "")).rstrip("/") != self._settings.issuer:
            raise IssuerUnavailable("the issuer describes itself as another one")
        return described

    def parse_id_token(
        self, token: Mapping[str, Any], nonce: str, claims_options: Any = None, claims_cls: Any = None, leeway: int = 0
    ) -> Mapping[str, Any] | None:
        """The claims of an ID token that passes every check of OpenID Connect Core 3.1.3.7; None without a token."""
        if "id_token" not in token:
            return None
        found = self._decoded(token["id_token"])
        expected = {"iss": {"essential": True, "values": [self.load_server_metadata()["issuer"]]}}
        known = {"nonce": nonce, "client_id": self.client_id, "access_token": token.get("access_token")}
        claims = CodeIDToken(found.claims, found.header, expected, known)
        claims.validate(leeway=leeway)
        self._require_us(claims)
        if not isinstance(claims["sub"], str) or not claims["sub"].strip():  # nobody, who would be one person for us
            raise SignInFailed("sub")
        return claims

    def _require_us(self, claims: Mapping[str, Any]) -> None:
        audience = claims["aud"]
        if self.client_id not in ([audience] if isinstance(audience, str) else audience):
            raise SignInFailed("aud")

    def _decoded(self, text: str) -> Token:
        """Verified with one of the configured algorithms alone, whatever the token or the issuer's description says."""
        registry = JWSRegistry(algorithms=list(self._settings.algorithms), strict_check_header=False)
        if self._settings.algorithms[0].startswith("HS"):
            return jwt.decode(text, OctKey.import_key(self._settings.client_secret), registry=registry)
        try:
            return jwt.decode(text, self._keys(), registry=registry)
        except (InvalidKeyIdError, BadSignatureError):  # the issuer has new keys: once more with those
            return jwt.decode(text, self._keys(fresh=True), registry=registry)

    def _keys(self, *, fresh: bool = False) -> KeySet:
        try:
            return KeySet.import_key_set(self.fetch_jwk_set(force=fresh))
        except (RuntimeError, MissingKeyError, TypeError) as error:
            raise IssuerUnavailable("the issuer shows no keys") from error

    def everything_said(self, token: Mapping[str, Any], claims: Mapping[str, Any]) -> dict[str, Any]:
        """The claims of the ID token, and those of the userinfo endpoint where the issuer has one.

        Raises `SignInFailed` where userinfo speaks of somebody else (OpenID Connect Core 5.3.2).
        """
        endpoint = self.load_server_metadata().get("userinfo_endpoint")
        if not (self._settings.userinfo and endpoint and token.get("access_token")):
            return dict(claims)
        answer = self.get(endpoint, token=token)
        if not answer.ok:
            raise OAuthError("userinfo_refused")
        if answer.headers.get("Content-Type", "").partition(";")[0].strip().lower() == SIGNED:
            said: Any = self._decoded(answer.text).claims
        else:
            said = answer.json()
        if not isinstance(said, dict) or said.get("sub") != claims["sub"]:
            raise SignInFailed("userinfo")
        return {**said, **claims}
