"""How a sign-in at an issuer ends: with somebody, or with the reason why not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any


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
    """What an issuer vouches for. `claims` are in our words (`web.identity.openid.claims`).

    `at` is when the person proved who they are, where the issuer says so.
    """

    issuer: str
    subject: str
    name: str
    email: str | None
    assurance: str
    claims: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A finished sign-in: who it is, where they wanted to go, which level was asked for, the issuer's own token."""

    identity: Identity
    then: str
    wanted: str
    id_token: str = ""
