"""Sessions of people who signed in: rows that hold only the hash of the browser's secret."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select, update

from procedures.actors import Actor, Business, Post, Proof
from procedures.models import Person, StaffRole, WebSession
from web.identity.sealing import seal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from procedures.database import Database

LIVES = timedelta(hours=12)
"""However much it is used."""
STAFF_IDLE = timedelta(hours=2)
"""How long a session of staff may lie unused: screens of an office are left alone, and show what is not one's own."""

_PERSON, _ROLE, _SESSION = Person.__table__.c, StaffRole.__table__.c, WebSession.__table__.c

# On every page of everybody signed in: a fixed Core statement, which costs a third of the same through the ORM.
_READ = (
    select(
        _PERSON.id,
        _PERSON.name,
        _PERSON.email,
        _PERSON.issuer,
        _SESSION.data,
        _SESSION.created_at,
        _SESSION.seen_at,
        _ROLE.role,
        _ROLE.office,
    )
    .select_from(WebSession.__table__.join(Person.__table__, _PERSON.id == _SESSION.person_id))
    .outerjoin(StaffRole.__table__, _ROLE.person_id == _PERSON.id)
    .where(_SESSION.id_hash == bindparam("id_hash"), _SESSION.expires_at > bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A living session and the person behind it.

    `issuer` is by what means they signed in; `at` is when they proved who they are, which the issuer may have known for
    longer than this session; `came_from` is the person as whom this browser was signed in just before.
    """

    person_id: str
    name: str
    email: str | None
    assurance: str
    issuer: str
    vouched_by: str
    at: datetime
    posts: frozenset[Post]
    came_from: str | None = None
    sealed: str | None = None
    business: Business | None = None
    as_business: bool = False
    seen_at: datetime | None = None

    def actor(self, language: str) -> Actor:
        """The person as services know them: staff if they hold any role."""
        kind = "staff" if self.posts else "resident"
        acts_for = self.business if self.as_business and not self.posts else None
        proof = Proof(self.issuer, self.vouched_by, self.assurance, self.at)
        return Actor(kind, self.person_id, self.name, self.posts, language, proof, acts_for)


def hash_of(token: str) -> str:
    """What the database keeps of a cookie's secret."""
    return sha256(token.encode()).hexdigest()


def read_session(database: "Database", now: datetime, token: str) -> SignedIn | None:
    """The session of a cookie; None if it ended, expired, or never was."""
    with database.reading_engine.connect() as connection:
        rows = connection.execute(_READ, {"id_hash": hash_of(token), "now": now}).all()
    held = frozenset((row.role, row.office) for row in rows if row.role)
    if not rows or (held and rows[0].seen_at <= now - STAFF_IDLE):
        return None
    first, data = rows[0], rows[0].data
    return SignedIn(
        person_id=first.id,
        name=first.name,
        email=first.email,
        assurance=data["assurance"],
        issuer=data["issuer"],
        vouched_by=first.issuer,
        at=datetime.fromisoformat(data["at"]) if "at" in data else first.created_at,
        posts=held,
        came_from=data.get("came_from"),
        sealed=data.get("sealed"),
        business=Business(**data["business"]) if "business" in data else None,
        as_business=data.get("as") == "business",
        seen_at=first.seen_at,
    )


@dataclass(frozen=True, slots=True)
class Opening:
    """What else a new session keeps: when the proof was given (else now), who was here before, the issuer's token.

    `device` is what kind of device it is on (`web.identity.devices`). With a `business` ({number, name, role, level})
    the person acts for it until they say otherwise.
    """

    at: datetime | None = None
    came_from: str | None = None
    id_token: str = ""
    business: Mapping[str, str] | None = None
    device: str = ""


def begin_session(
    session: "Session", now: datetime, person_id: str, issuer: str, assurance: str, more: Opening = Opening()
) -> str:
    """Open a session and return the secret for the cookie; it is stored nowhere else. Expired ones are swept away."""
    token = token_urlsafe(32)
    session.execute(delete(WebSession).where(WebSession.expires_at <= now))
    session.execute(
        insert(WebSession).values(
            id_hash=hash_of(token),
            person_id=person_id,
            created_at=now,
            seen_at=now,
            expires_at=now + LIVES,
            device=more.device,
            data=_data(token, issuer, assurance, now, more),
        )
    )
    return token


def _data(token: str, issuer: str, assurance: str, now: datetime, more: Opening) -> dict[str, Any]:
    data: dict[str, Any] = {"issuer": issuer, "assurance": assurance, "at": min(more.at or now, now).isoformat()}
    if more.came_from:
        data["came_from"] = more.came_from
    if more.id_token:
        data["sealed"] = seal(token, more.id_token)
    if more.business:
        data |= {"business": dict(more.business), "as": "business"}
    return data


def act_as(session: "Session", token: str, who: str) -> None:
    """Act as oneself (`self`) or for the business (`business`) from now on, where this sign-in told one."""
    row = session.get(WebSession, hash_of(token))
    if row is not None and "business" in row.data:
        row.data = {**row.data, "as": who}
        session.flush()


def note_use(session: "Session", now: datetime, token: str) -> None:
    """Remember that a session was used now."""
    session.execute(update(WebSession).where(WebSession.id_hash == hash_of(token)).values(seen_at=now))


def end_session(session: "Session", token: str) -> None:
    """End a session; without one, nothing happens."""
    session.execute(delete(WebSession).where(WebSession.id_hash == hash_of(token)))
