"""How clients prove themselves: secrets, signed proofs, and the tokens that they get for them."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Session

from procedures.clients.client import Client, client_of
from procedures.clients.managing import secret_hash
from procedures.models import ApiClient, ApiProof, ApiSecret, ApiToken
from procedures.storing.fixed import Fixed
from procedures.storing.rows import insert_new

TOKENS_LIVE = timedelta(minutes=15)
PREFIX = "tzt_"

_client, _token = ApiClient.__table__, ApiToken.__table__
_SHOWN = Fixed(
    select(_client, _token.c.scope)
    .select_from(_token.join(_client))
    .where(_token.c.hash == bindparam("shown"), _token.c.expires_at > bindparam("at"), _client.c.revoked_at.is_(None))
)
_KEEP = Fixed(insert(_token))


@dataclass(frozen=True, slots=True)
class Shown:
    """What a token that was shown says: whose it is, and for what, less what was taken away since."""

    client: Client
    scopes: frozenset[str]


def find(session: Session, client_id: str) -> Client | None:
    """A client that may do something."""
    row = session.get(ApiClient, client_id)
    return client_of(row) if row is not None and row.revoked_at is None else None


def knows_secret(session: Session, client_id: str, secret: str) -> bool:
    """Whether it is one of the client's live secrets."""
    live = select(ApiSecret.hash).where(ApiSecret.client_id == client_id, ApiSecret.revoked_at.is_(None))
    shown = secret_hash(secret)
    return any(hmac.compare_digest(one, shown) for one in session.scalars(live).all())


def first_use(session: Session, client_id: str, jti: str, expires_at: datetime) -> bool:
    """Whether this signed proof is used for the first time."""
    row = {"hash": _hash(f"{client_id}\n{jti}"), "expires_at": expires_at}
    return insert_new(session, ApiProof.__table__, row, unique="hash")


def issue(session: Session, now: datetime, client_id: str, scope: str) -> str:
    """A token for the words of `scope`, good for `TOKENS_LIVE`."""
    token = PREFIX + token_urlsafe(32)
    row = {"hash": _hash(token), "client_id": client_id, "scope": scope, "expires_at": now + TOKENS_LIVE}
    _KEEP.change(session, row)
    return token


def shown(session: Session, now: datetime, token: str) -> Shown | None:
    """Whose token it is; None for one that is unknown, over, revoked, or of a revoked client. One SELECT."""
    row = _SHOWN.one_or_none(session, {"shown": _hash(token), "at": now})
    if row is None:
        return None
    client = client_of(row)
    return Shown(client, frozenset(row.scope.split()) & frozenset(client.scopes))


def revoke(session: Session, client_id: str, token: str) -> None:
    """Let a token of this client open nothing any more; another's stays as it is."""
    session.execute(delete(ApiToken).where(ApiToken.hash == _hash(token), ApiToken.client_id == client_id))


def forget(session: Session, now: datetime) -> None:
    """Erase tokens and proofs whose time is over."""
    for table in (ApiToken, ApiProof):
        session.execute(delete(table).where(table.expires_at <= now))


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
