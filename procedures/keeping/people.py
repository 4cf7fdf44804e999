"""Accounts that nobody uses and nothing needs, mandates that are over, invitations that nobody took."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, delete, exists, literal, or_, select
from sqlalchemy.orm import Session

from procedures import audit
from procedures.actors import SYSTEM
from procedures.days import tokyo_day
from procedures.keeping.retention import INVITED, MANDATE_KEPT, UNUSED, UNUSED_PROFILE
from procedures.keyring.forgetting import forget_keys
from procedures.models import (
    Acting,
    Application,
    AuditEvent,
    Base,
    MandateGrant,
    Person,
    Profile,
    ProfileValue,
    StaffInvitation,
)

THEIRS = ("sign_in_challenge", "web_session", "contact_code", "contact", "passkey", "person_claim")
"""Tables whose rows of a person go with the account."""
_KEY = literal("person:") + Person.id


def forget_people(session: Session, now: datetime, limit: int) -> int:
    """Erase up to `limit` accounts; how many. The audit log keeps their key, which leads to nobody any more."""
    query = select(Person.id).where(*_unneeded(now)).order_by(Person.seen_at, Person.id).limit(limit)
    found = session.scalars(query.with_for_update(skip_locked=True)).all()
    for person_id in found:
        _erase(session, now, person_id)
    return len(found)


def forget_mandates(session: Session, now: datetime, limit: int) -> int:
    """Erase up to `limit` mandates that ended, or were never answered, a year ago; how many. None that a draft uses."""
    before = now - MANDATE_KEPT
    over = or_(
        and_(MandateGrant.granted_at.is_(None), MandateGrant.open_until < before),
        MandateGrant.revoked_at < before,
        and_(MandateGrant.granted_at.is_not(None), MandateGrant.until < tokyo_day(before)),
    )
    used = exists().where(Acting.grant_id == MandateGrant.id)
    found = session.scalars(select(MandateGrant.id).where(over, ~used).order_by(MandateGrant.id).limit(limit)).all()
    if found:
        forget_keys(session, [f"mandate:{one}" for one in found])
        session.execute(delete(MandateGrant.__table__).where(MandateGrant.id.in_(found)))
        audit.record(session, SYSTEM, now, "keeping.forget", "mandate_grant", note=str(len(found)))
    return len(found)


def forget_invitations(session: Session, now: datetime) -> int:
    """Delete what nobody signed in for in time; how many."""
    unused = StaffInvitation.bound_to.is_(None) & (StaffInvitation.expires_at < now - INVITED)
    return session.execute(delete(StaffInvitation.__table__).where(unused)).rowcount


def _unneeded(now: datetime) -> Iterator[ColumnElement[bool]]:
    """Not seen for long, no case that was not erased, never staff, and no row of anything else names them."""
    wished = exists().where(Profile.owner == _KEY, Profile.consents)
    yield Person.seen_at < now - UNUSED
    yield or_(~wished, Person.seen_at < now - UNUSED_PROFILE)
    yield ~exists().where(Application.owner == _KEY)
    yield ~exists().where(AuditEvent.object_id == Person.id, AuditEvent.action == "role.given")
    for table in Base.metadata.sorted_tables:
        if table.name not in THEIRS:
            for column in _naming(table):
                yield Person.id.not_in(select(column).where(column.is_not(None)))


def _naming(table: Table) -> list[ColumnElement[str]]:
    """The columns of a table that hold a person's id."""
    return [key.parent for key in table.foreign_keys if key.column.table is Person.__table__]


def _erase(session: Session, now: datetime, person_id: str) -> None:
    owner = f"person:{person_id}"
    forget_keys(session, [owner])
    session.execute(delete(ProfileValue.__table__).where(ProfileValue.owner == owner))
    session.execute(delete(Profile.__table__).where(Profile.owner == owner))
    for name in THEIRS:
        table = Base.metadata.tables[name]
        session.execute(delete(table).where(table.c.person_id == person_id))
    session.execute(delete(Person.__table__).where(Person.id == person_id))
    audit.record(session, SYSTEM, now, "person.forget", person_id)
