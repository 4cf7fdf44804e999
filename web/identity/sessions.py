"""Sessions of people who signed in: rows that hold only the hash of the browser's secret."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select

from procedures.actors import Actor
from procedures.models import Person, StaffRole, WebSession

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from procedures.database import Database

LIVES = timedelta(hours=12)

_PERSON, _ROLE, _SESSION = Person.__table__.c, StaffRole.__table__.c, WebSession.__table__.c

# On every page of everybody signed in: a fixed Core statement, which costs a third of the same through the ORM.
_READ = (
    select(_PERSON.id, _PERSON.name, _PERSON.email, _SESSION.data, _ROLE.role, _ROLE.office)
    .select_from(WebSession.__table__.join(Person.__table__, _PERSON.id == _SESSION.person_id))
    .outerjoin(StaffRole.__table__, _ROLE.person_id == _PERSON.id)
    .where(_SESSION.id_hash == bindparam("id_hash"), _SESSION.expires_at > bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A living session and the person behind it."""

    person_id: str
    name: str
    email: str | None
    assurance: str
    issuer: str
    roles: frozenset[str]
    offices: frozenset[str]

    def actor(self, language: str) -> Actor:
        """The person as services know them: staff if they hold any role."""
        kind = "staff" if self.roles else "resident"
        return Actor(kind, self.person_id, self.name, self.roles, self.offices, language)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def read_session(database: "Database", now: datetime, token: str) -> SignedIn | None:
    """The session of a cookie; None if it ended, expired, or never was."""
    with database.reading_engine.connect() as connection:
        rows = connection.execute(_READ, {"id_hash": _hash(token), "now": now}).all()
    if not rows:
        return None
    person_id, name, email, data, _, _ = rows[0]
    return SignedIn(
        person_id=person_id,
        name=name,
        email=email,
        assurance=data["assurance"],
        issuer=data["issuer"],
        roles=frozenset(row.role for row in rows if row.role),
        offices=frozenset(row.office for row in rows if row.office),
    )


def begin_session(session: "Session", now: datetime, person_id: str, issuer: str, assurance: str) -> str:
    """Open a session and return the secret for the cookie; it is stored nowhere else. Expired ones are swept away."""
    token = token_urlsafe(32)
    session.execute(delete(WebSession).where(WebSession.expires_at <= now))
    session.execute(
        insert(WebSession).values(
            id_hash=_hash(token),
            person_id=person_id,
            created_at=now,
            seen_at=now,
            expires_at=now + LIVES,
            csrf="",  # tokens are derived from the cookie's secret, see web.security.csrf
            data={"issuer": issuer, "assurance": assurance},
        )
    )
    return token


def end_session(session: "Session", token: str) -> None:
    """End a session; without one, nothing happens."""
    session.execute(delete(WebSession).where(WebSession.id_hash == _hash(token)))
