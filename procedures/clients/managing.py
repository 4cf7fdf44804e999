"""Clients of the API, managed: registered, given secrets and keys, taken away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from procedures import audit
from procedures.actors import Actor
from procedures.clients.client import SCOPES, Client, client_of
from procedures.clients.keys import public_keys
from procedures.errors import NotFound
from procedures.models import ApiClient, ApiSecret, ApiToken, new_id
from procedures.submitting.applicants import LEVELS

LIVE_SECRETS = 2
LONGEST_NAME = 100
PREFIX = "tzs_"
"""What secrets begin with, so that one that lies about is recognised by those who search for such things."""


class ClientRefused(Exception):
    """A client cannot be registered or changed like this: `what` is name, scopes, reach, level, keys or secrets."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"the client does not do: {what}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a client is to be. `offices` and `procedures` are ids, or `*`."""

    name: str
    scopes: Sequence[str]
    offices: Sequence[str]
    procedures: Sequence[str]
    level: str = LEVELS[0]


@dataclass(frozen=True, slots=True)
class SecretView:
    """A secret as managers see it: when it was made; never the secret."""

    id: str
    made_at: datetime
    revoked_at: datetime | None


def register(session: Session, actor: Actor, now: datetime, wanted: Wanted) -> str:
    """Add a client; returns its id. It has no secret yet. Raises `ClientRefused`."""
    row = ApiClient(id=new_id(), made_at=now, made_by=actor.key, **_checked(wanted))
    session.add(row)
    session.flush()
    audit.record(session, actor, now, "client.register", row.id, note=" ".join(row.scopes))
    return row.id


def change(session: Session, actor: Actor, now: datetime, client_id: str, wanted: Wanted) -> None:
    """Let it be and reach something else; tokens that are out follow at once. Raises `ClientRefused`, `NotFound`."""
    row = _live(session, client_id)
    for name, value in _checked(wanted).items():
        setattr(row, name, value)
    session.flush()
    audit.record(session, actor, now, "client.change", client_id, note=" ".join(row.scopes))


def add_secret(session: Session, actor: Actor, now: datetime, client_id: str) -> str:
    """A new secret, to be shown once. Raises `NotFound`, `ClientRefused` where two are live already."""
    _live(session, client_id)
    live = select(func.count()).where(ApiSecret.client_id == client_id, ApiSecret.revoked_at.is_(None))
    if session.execute(live).scalar_one() >= LIVE_SECRETS:
        raise ClientRefused("secrets")
    secret = PREFIX + token_urlsafe(32)
    row = ApiSecret(id=new_id(), client_id=client_id, hash=secret_hash(secret), made_at=now, made_by=actor.key)
    session.add(row)
    session.flush()
    audit.record(session, actor, now, "client.secret", client_id, note=row.id)
    return secret


def revoke_secret(session: Session, actor: Actor, now: datetime, client_id: str, secret_id: str) -> None:
    """Let a secret open nothing any more. Tokens that are out run on until their few minutes are over.

    Raises `NotFound`; a second time does nothing.
    """
    row = session.get(ApiSecret, secret_id)
    if row is None or row.client_id != client_id:
        raise NotFound(secret_id)
    if row.revoked_at is None:
        row.revoked_at = now
        session.flush()
        audit.record(session, actor, now, "client.secret_revoked", client_id, note=secret_id)


def set_keys(session: Session, actor: Actor, now: datetime, client_id: str, jwks: Mapping[str, Any] | None) -> None:
    """The public keys (a JWK Set, RFC 7517) by which it proves itself; None takes them away.

    Raises `ClientRefused` for what are no public keys of a kind that we take, `NotFound`.
    """
    row = _live(session, client_id)
    try:
        row.jwks = public_keys(jwks) if jwks is not None else None
    except ValueError:
        raise ClientRefused("keys") from None
    session.flush()
    audit.record(session, actor, now, "client.keys", client_id)


def revoke(session: Session, actor: Actor, now: datetime, client_id: str) -> None:
    """Let the client do nothing any more, from this moment on. Raises `NotFound`."""
    row = _live(session, client_id)
    row.revoked_at = now
    these = ApiSecret.client_id == client_id
    session.execute(update(ApiSecret).where(these, ApiSecret.revoked_at.is_(None)).values(revoked_at=now))
    session.execute(delete(ApiToken).where(ApiToken.client_id == client_id))
    session.flush()
    audit.record(session, actor, now, "client.revoke", client_id)


def every(session: Session) -> list[Client]:
    """All clients, those that may do something first, by name."""
    rows = session.scalars(select(ApiClient).order_by(ApiClient.revoked_at.is_not(None), ApiClient.name, ApiClient.id))
    return [client_of(row) for row in rows]


def one(session: Session, client_id: str) -> Client:
    """One client, also a revoked one. Raises `NotFound`."""
    row = session.get(ApiClient, client_id)
    if row is None:
        raise NotFound(client_id)
    return client_of(row)


def secrets_of(session: Session, client_id: str) -> list[SecretView]:
    """Its secrets, the newest first."""
    query = select(ApiSecret).where(ApiSecret.client_id == client_id).order_by(ApiSecret.made_at.desc(), ApiSecret.id)
    return [SecretView(row.id, row.made_at, row.revoked_at) for row in session.scalars(query)]


def secret_hash(secret: str) -> str:
    """What is stored of a secret. One hash is enough: there are 256 random bits in it, nothing to be guessed."""
    return sha256(secret.encode()).hexdigest()


def _live(session: Session, client_id: str) -> ApiClient:
    row = session.scalars(select(ApiClient).where(ApiClient.id == client_id).with_for_update()).one_or_none()
    if row is None or row.revoked_at is not None:
        raise NotFound(client_id)
    return row


def _checked(wanted: Wanted) -> dict[str, Any]:
    name = wanted.name.strip()
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise ClientRefused("name")
    scopes = [scope for scope in SCOPES if scope in wanted.scopes]
    if not scopes or set(wanted.scopes) - set(SCOPES):
        raise ClientRefused("scopes")
    offices, procedures = (sorted(set(filter(None, words))) for words in (wanted.offices, wanted.procedures))
    if not offices or not procedures:
        raise ClientRefused("reach")
    if wanted.level not in LEVELS:
        raise ClientRefused("level")
    return {"name": name, "scopes": scopes, "offices": offices, "procedures": procedures, "level": wanted.level}
