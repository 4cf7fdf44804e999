"""The audit log as one hash chain, kept under a lock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Literal

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.orm import Session

from procedures.actors import Actor
from procedures.models import AuditEvent, AuditHead, to_json
from procedures.storing.fixed import Fixed

FIRST_HASH = "0" * 64


@dataclass(frozen=True, slots=True)
class Fault:
    """A broken place: link `seq` is missing, does not continue the one before it, was changed, or was cut off."""

    seq: int
    fault: Literal["missing", "unlinked", "changed", "cut"]


_head = AuditHead.__table__
_COLUMNS = AuditEvent.__table__.c
_HEAD = Fixed(select(_head.c.seq, _head.c.hash).where(_head.c.id == 1).with_for_update())
_ADD = Fixed(insert(AuditEvent.__table__))
_MOVE_HEAD = Fixed(update(_head).values(seq=bindparam("new_seq"), hash=bindparam("new_hash")))


def record(
    session: Session,
    actor: Actor,
    now: datetime,
    action: str,
    object_id: str,
    field_ids: Sequence[str] = (),
    note: str | None = None,
) -> int:
    """Add a link; returns its number. Field ids only, never values.

    Locks the chain until the transaction ends (PostgreSQL: the row of the head; SQLite: the database is locked by
    `BEGIN IMMEDIATE` already): call it late, after every other row lock.
    """
    [(last, previous)] = _HEAD.all(session, {})
    link = {
        "seq": last + 1,
        "at": now,
        "actor": actor.key,
        "action": action,
        "object_id": object_id,
        "field_ids": list(field_ids),
        "note": note,
        "previous": previous,
    }
    link["hash"] = _hash(link)
    _ADD.change(session, link)
    _MOVE_HEAD.change(session, {"new_seq": link["seq"], "new_hash": link["hash"]})
    return last + 1


def verify(session: Session) -> list[Fault]:
    """What is wrong with the chain; empty when it is whole."""
    faults: list[Fault] = []
    expected, previous = 1, FIRST_HASH
    for row in _events(session):
        if row.seq != expected:
            faults.append(Fault(expected, "missing"))
        elif row.previous != previous:
            faults.append(Fault(row.seq, "unlinked"))
        if row.hash != _hash(row._asdict()):
            faults.append(Fault(row.seq, "changed"))
        expected, previous = row.seq + 1, row.hash
    head = session.execute(select(AuditHead.seq, AuditHead.hash)).one()
    if tuple(head) != (expected - 1, previous):
        faults.append(Fault(head.seq, "cut"))
    return faults


def _events(session: Session) -> Iterator[Row[Any]]:
    query = select(_COLUMNS).order_by(_COLUMNS.seq).execution_options(yield_per=1000)
    yield from session.execute(query)


def _hash(link: dict[str, Any]) -> str:
    """SHA-256 over every column but `hash`, in one spelling, the moment in UTC."""
    content = {key: value for key, value in link.items() if key != "hash"}
    content["at"] = link["at"].astimezone(UTC).isoformat()
    return sha256(to_json(content).encode()).hexdigest()
