"""Signing in with OpenID Connect: code flow with PKCE, state, nonce, and our own key as proof of who asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from authlib.integrations.base_client import MismatchingStateError, OAuthError
from authlib.integrations.flask_client import FlaskIntegration, FlaskOAuth2App
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from flask import request, session
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from requests import RequestException

from engine.words import tag_of
from web.identity.client_keys import ensure_key, read_key
from web.identity.configuration import LEVELS, IssuerSettings

TIMEOUT = 10  # seconds for one request to an issuer
OPEN_ATTEMPTS = 4  # sign-ins begun in one browser and not finished; each takes 250 bytes of its cookie
ATTEMPT_LIVES = 30 * 60


class IssuerUnavailable(Exception):
    """The issuer does not answer, or not as an issuer should."""


class SignInFailed(Exception):
    """The sign-in cannot be believed; the person has to begin again. `reason` is for the log."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class SignInCancelled(Exception):
    """The person turned back at the issuer."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What an issuer vouches for."""

    issuer: str
    subject: str
    name: str
    email: str | None
    assurance: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """A finished sign-in: who it is, where they wanted to go, which level was asked for."""

    identity: Identity
    then: str
    wanted: str


class _Client(FlaskOAuth2App):
    """Authlib's client, which believes only the issuer it was configured for."""

    def __init__(self, issuer: IssuerSettings, **facts: object) -> None:
        self._expected = issuer
        super().__init__(**facts)

    def load_server_metadata(self) -> dict[str, Any]:
        """The issuer's own description, checked on first use (OpenID Connect Discovery 4.3)."""
        fresh = "_loaded_at" not in self.server_metadata
        metadata = super().load_server_metadata()
        if fresh:
            if str(metadata.get("issuer", "")).rstrip("/") != self._expected.issuer:
                self.server_metadata.clear()
                raise IssuerUnavailable("the issuer describes itself as another one")
            metadata["id_token_signing_alg_values_supported"] = list(self._expected.algorithms)
        return metadata


class Issuer:
    """One issuer, ready to send people to and to take them back from."""

    def __init__(self, settings: IssuerSettings, public_url: str, key: ECKey | None) -> None:
        self.settings = settings
        self.redirect_uri = f"{public_url.rstrip('/')}/sign-in/{settings.id}/callback"
        integration = FlaskIntegration(settings.id)
        integration.expires_in = ATTEMPT_LIVES
        self._client = _Client(
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
                "token_endpoint_auth_method": "private_key_jwt" if key else "client_secret_basic",
                "default_timeout": TIMEOUT,
            },
        )

    def departure(self, then: str, level: str, language: str) -> str:
        """The address to send the browser to; state, nonce and verifier wait in its signed cookie."""
        wanted = self._acr_values(level)
        extra = {"acr_values": wanted, "prompt": "login"} if level != LEVELS[0] and wanted else {}
        try:
            made = self._client.create_authorization_url(self.redirect_uri, ui_locales=tag_of(language), **extra)
        except (RequestException, ValueError) as error:
            raise IssuerUnavailable(str(type(error).__name__)) from error
        address = made.pop("url")
        _forget_old_attempts()
        self._client.save_authorize_data(redirect_uri=self.redirect_uri, then=then, level=level, **made)
        return address

    def _acr_values(self, level: str) -> str:
        enough = LEVELS[LEVELS.index(level) :]
        return " ".join(acr for acr, reached in self.settings.assurance.items() if reached in enough)

    def arrival(self) -> Arrival:
        """Finish the sign-in of the current request. Raises `SignInCancelled`, `SignInFailed`, `IssuerUnavailable`."""
        attempt = self._client.framework.get_state_data(session, request.args.get("state")) or {}
        try:
            token = self._client.authorize_access_token()
            self._refuse_mix_up()
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
        except (ValueError, KeyError) as error:
            raise SignInFailed(type(error).__name__) from error
        return Arrival(self._identity(token.get("userinfo")), attempt["then"], attempt["level"])

    def _refuse_mix_up(self) -> None:
        """RFC 9207: an answer that names another issuer was meant for another client of ours."""
        named = request.args.get("iss")
        supported = self._client.server_metadata.get("authorization_response_iss_parameter_supported")
        if (named is not None or supported) and (named or "").rstrip("/") != self.settings.issuer:
            raise SignInFailed("mix-up")

    def _identity(self, claims: Mapping[str, Any] | None) -> Identity:
        if claims is None:
            raise SignInFailed("no id_token")
        names = self.settings.claims
        email = claims.get(names["email"])
        return Identity(
            issuer=self.settings.issuer,
            subject=str(claims["sub"]),
            name=str(claims.get(names["name"]) or ""),
            email=str(email) if email else None,
            assurance=self.settings.level(claims.get("acr")),
        )


def _assertion(key: ECKey) -> PrivateKeyJWT:
    # No `claims=`: Authlib would write the first `jti` into that dict and send it again with every later sign-in.
    return PrivateKeyJWT(headers={"kid": key.kid}, alg="ES256")


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

    def get(self, issuer_id: str) -> Issuer | None:
        """One issuer; None if it is not configured."""
        settings = self._configured.get(issuer_id)
        if settings is None:
            return None
        if issuer_id not in self._made:
            self._made[issuer_id] = Issuer(settings, self._public_url, self.key(settings))
        return self._made[issuer_id]

    def key(self, settings: IssuerSettings) -> ECKey | None:
        """What proves us to this issuer: a key of its own, the installation's, or nothing where a secret is agreed."""
        if settings.client_secret:
            return None
        return read_key(Path(settings.key_file)) if settings.key_file else ensure_key(self._data_dir)
