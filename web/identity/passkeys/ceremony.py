"""The two ceremonies of WebAuthn: what a browser is asked to do, and whether its answer can be believed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from secrets import token_bytes
from typing import Any
from urllib.parse import urlsplit

from web.settings import Settings

CHALLENGE = 32  # bytes


class AnswerRefused(Exception):
    """The browser's answer cannot be believed. `reason` is for the log."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Made:
    """A new credential: its id and public key as base64url, and its counter."""

    credential: str
    public_key: str
    counter: int


def available(settings: Settings) -> bool:
    """Whether this site can have passkeys: they belong to the name of a host, never to an IP address."""
    host = urlsplit(settings.public_url).hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return settings.passkeys and bool(host)
    return False


def _host(settings: Settings) -> str:
    return urlsplit(settings.public_url).hostname or ""


def _origin(settings: Settings) -> str:
    parts = urlsplit(settings.public_url)
    return f"{parts.scheme}://{parts.netloc}"


def ask_to_make(settings: Settings, person_id: str, name: str, known: Sequence[str]) -> tuple[bytes, str]:
    """The challenge, and the options as JSON, for a discoverable credential that verifies its user."""
    from webauthn import base64url_to_bytes, generate_registration_options, options_to_json
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    challenge = token_bytes(CHALLENGE)
    options = generate_registration_options(
        rp_id=_host(settings),
        rp_name=settings.authority.name.ja,
        user_id=person_id.encode(),
        user_name=name or person_id,
        user_display_name=name,
        challenge=challenge,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    return challenge, options_to_json(options)


def ask_to_sign(settings: Settings) -> tuple[bytes, str]:
    """The challenge, and the options as JSON, for whichever passkey of this site the person chooses."""
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import UserVerificationRequirement

    challenge = token_bytes(CHALLENGE)
    options = generate_authentication_options(
        rp_id=_host(settings), challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED
    )
    return challenge, options_to_json(options)


def challenge_in(answer: Mapping[str, Any]) -> bytes:
    """The challenge that the browser says it answers; the signature is checked afterwards. Raises `AnswerRefused`."""
    import json

    from webauthn import base64url_to_bytes

    try:
        data = json.loads(base64url_to_bytes(answer["response"]["clientDataJSON"]))
        return base64url_to_bytes(data["challenge"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise AnswerRefused("shape") from error


def made(settings: Settings, answer: Mapping[str, Any], challenge: bytes) -> Made:
    """The credential that the browser made. Raises `AnswerRefused`."""
    from webauthn import verify_registration_response
    from webauthn.helpers import bytes_to_base64url
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        found = verify_registration_response(
            credential=dict(answer),
            expected_challenge=challenge,
            expected_rp_id=_host(settings),
            expected_origin=_origin(settings),
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise AnswerRefused(type(error).__name__) from error
    return Made(
        bytes_to_base64url(found.credential_id), bytes_to_base64url(found.credential_public_key), found.sign_count
    )


def signed(settings: Settings, answer: Mapping[str, Any], challenge: bytes, public_key: str, counter: int) -> int:
    """The counter of a signature that holds. Raises `AnswerRefused`, also where the counter did not go forward."""
    from webauthn import base64url_to_bytes, verify_authentication_response
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        found = verify_authentication_response(
            credential=dict(answer),
            expected_challenge=challenge,
            expected_rp_id=_host(settings),
            expected_origin=_origin(settings),
            credential_public_key=base64url_to_bytes(public_key),
            credential_current_sign_count=counter,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise AnswerRefused(type(error).__name__) from error
    return found.new_sign_count


def whose(answer: Mapping[str, Any]) -> str | None:
    """The person that a discoverable credential names (`userHandle`). Raises `AnswerRefused`."""
    from webauthn import base64url_to_bytes

    handle = answer["response"].get("userHandle")
    try:
        return base64url_to_bytes(handle).decode() if handle else None
    except (ValueError, TypeError, AttributeError) as error:
        raise AnswerRefused("user handle") from error
