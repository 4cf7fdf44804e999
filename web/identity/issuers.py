"""Signing in with OpenID Connect: code flow with PKCE, state, nonce, and our own key as proof of who asks."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from time import time
from typing import Any

from authlib.integrations.base_client import MismatchingStateError, OAuthError
from authlib.integrations.flask_client import FlaskIntegration
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from flask import request, session
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from requests import RequestException

from engine.words import tag_of
from web.identity.client_keys import ensure_key, read_key
from web.identity.configuration import LEVELS, PRIVATE_KEY, IssuerSettings
from web.identity.openid.claims import read_claims
from web.identity.openid.client import Client
from web.identity.openid.results import Arrival, Identity, IssuerUnavailable, SignInCancelled, SignInFailed

TIMEOUT = 10  # seconds for one request to an issuer
OPEN_ATTEMPTS = 4  # sign-ins begun in one browser and not finished; each takes 250 bytes of its cookie
ATTEMPT_LIVES = 30 * 60

Key = ECKey | RSAKey


class Issuer:
    """One issuer, ready to send people to and to take them back from."""

    def __init__(self, settings: IssuerSettings, public_url: str, key: Key | None) -> None:
        self.settings = settings
        self._home = public_url.rstrip("/")
        self.redirect_uri = f"{self._home}/sign-in/{settings.id}/callback"
        integration = FlaskIntegration(settings.id)
        integration.expires_in = ATTEMPT_LIVES
        self._client = Client(
            settings,
            framework=integration,
            name=settings.id,
            client_id=settings.client_id,
            client_secret=key or settings.client_secret,
            client_auth_methods=[_assertion(key)] if key else None,
            server_metadata_url=f"{settings.issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": " ".join(settings.scopes),
                "code_challenge_method": "S256",
                "token_endpoint_auth_method": settings.proof,
                "default_timeout": TIMEOUT,
            },
        )

    def departure(self, then: str, level: str, language: str, max_age: int | None = None) -> str:
        """The address to send the browser to; state, nonce and verifier wait in its signed cookie.

        `max_age` (seconds): the proof of who it is must be no older; 0 asks for a new one.
        """
        asked: dict[str, str | int] = {**self.settings.parameters}
        if wanted := self.settings.asks_for(level):
            asked["acr_values"] = wanted
        if max_age is not None:
            asked["max_age"] = max_age
        stronger = wanted and level != LEVELS[0]
        if (stronger or max_age is not None) and self.settings.prompt:
            asked["prompt"] = self.settings.prompt
        try:
            made = self._client.create_authorization_url(self.redirect_uri, ui_locales=tag_of(language), **asked)
        except (RequestException, ValueError) as error:
            raise IssuerUnavailable(str(type(error).__name__)) from error
        address = made.pop("url")
        _forget_old_attempts()
        self._client.save_authorize_data(
            redirect_uri=self.redirect_uri, then=then, level=level, oldest=_oldest(max_age), **made
        )
        return address

    def arrival(self) -> Arrival:
        """Finish the sign-in of the current request. Raises `SignInCancelled`, `SignInFailed`, `IssuerUnavailable`."""
        attempt = self._client.framework.get_state_data(session, request.args.get("state")) or {}
        try:
            self._refuse_mix_up()
            token = self._client.authorize_access_token(leeway=self.settings.leeway)
            claims = token.get("userinfo")
            if claims is None:
                raise SignInFailed("no id_token")
            said = self._client.everything_said(token, claims)
        except MismatchingStateError as error:
            raise SignInFailed("state") from error
        except OAuthError as error:
            if error.error == "access_denied":
                raise SignInCancelled from error
            raise SignInFailed(error.error) from error
        except JoseError as error:
            raise SignInFailed(error.error) from error
        except RequestException as error:
            raise IssuerUnavailable(type(error).__name__) from error
        except (ValueError, KeyError, TypeError) as error:
            raise SignInFailed(type(error).__name__) from error
        identity = self._identity(said, attempt.get("oldest"))
        return Arrival(identity, attempt["then"], attempt["level"], token["id_token"])

    def _refuse_mix_up(self) -> None:
        """RFC 9207: an answer that names another issuer was meant for another client of ours. Its code stays unused."""
        named = request.args.get("iss")
        supported = self._client.load_server_metadata().get("authorization_response_iss_parameter_supported")
        if (named is not None or supported) and (named or "").rstrip("/") != self.settings.issuer:
            raise SignInFailed("mix-up")

    def _identity(self, said: Mapping[str, Any], oldest: int | None) -> Identity:
        claims = read_claims(self.settings, said)
        proved_at = said.get("auth_time")
        if oldest is not None and (proved_at or 0) < oldest - self.settings.leeway:
            raise SignInFailed("auth_time")
        return Identity(
            issuer=self.settings.issuer,
            subject=str(said["sub"]),
            name=claims.get("name", ""),
            email=claims.get("email") if claims.get("email_verified", True) else None,
            assurance=self.settings.level(said.get("acr")),
            claims=claims,
            at=datetime.fromtimestamp(proved_at, UTC) if proved_at else None,
        )

    def farewell(self, id_token: str) -> str | None:
        """Where to end the session at the issuer too (RP-Initiated Logout); None where it offers nothing of the kind.

        An issuer that does not answer keeps nobody from signing out here.
        """
        if not self.settings.logout:
            return None
        try:
            if not self._client.load_server_metadata().get("end_session_endpoint"):
                return None
            made = self._client.create_logout_url(
                f"{self._home}/signed-out", id_token or None, client_id=self.settings.client_id
            )
        except (RequestException, ValueError, IssuerUnavailable):
            return None
        return str(made["url"])

    @property
    def says_farewell(self) -> bool:
        """Whether the ID token has to be kept for the end of the session. Asks nobody."""
        return self.settings.logout and bool(self._client.server_metadata.get("end_session_endpoint"))


def _oldest(max_age: int | None) -> int | None:
    """The earliest moment (seconds since 1970) at which somebody may have proved who they are."""
    return None if max_age is None else int(time()) - max_age


def _assertion(key: Key) -> PrivateKeyJWT:
    # No `claims=`: Authlib would write the first `jti` into that dict and send it again with every later sign-in.
    return PrivateKeyJWT(headers={"kid": key.kid}, alg="ES256" if isinstance(key, ECKey) else "RS256")


def _forget_old_attempts() -> None:
    """Keep the cookie small for somebody who begins many sign-ins and finishes none."""
    begun = sorted((key for key in session if key.startswith("_state_")), key=lambda key: session[key].get("exp", 0))
    for key in begun[: -(OPEN_ATTEMPTS - 1)]:
        session.pop(key)


class Issuers:
    """The configured issuers by id. Our key is read when the first of them is used."""

    def __init__(self, configured: Iterable[IssuerSettings], public_url: str, data_dir: Path) -> None:
        self._configured = {settings.id: settings for settings in configured}
        self._public_url = public_url
        self._data_dir = data_dir
        self._made: dict[str, Issuer] = {}

    @property
    def configured(self) -> tuple[IssuerSettings, ...]:
        """Their settings, in the order of the configuration."""
        return tuple(self._configured.values())

    def reaching(self, level: str) -> tuple[IssuerSettings, ...]:
        """Those that can give `level`; all of them where none can, so that people are told by an issuer, not by us."""
        able = tuple(one for one in self.configured if LEVELS.index(one.reaches) >= LEVELS.index(level))
        return able or self.configured

    def get(self, issuer_id: str) -> Issuer | None:
        """One issuer; None if it is not configured."""
        settings = self._configured.get(issuer_id)
        if settings is None:
            return None
        if issuer_id not in self._made:
            self._made[issuer_id] = Issuer(settings, self._public_url, self.key(settings))
        return self._made[issuer_id]

    def key(self, settings: IssuerSettings) -> Key | None:
        """What proves us to this issuer: a key of its own, the installation's, or nothing where a secret is agreed."""
        if settings.proof != PRIVATE_KEY:
            return None
        return read_key(Path(settings.key_file)) if settings.key_file else ensure_key(self._data_dir)
