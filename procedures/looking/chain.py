"""Looks as one hash chain, kept under a lock: who was shown what of which case, and when.

They are kept as long as the installation keeps its audit log: no retention of a procedure erases them, because who
looked matters most when the case is gone. They hold ids, never a name and never a value.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from procedures.actors import Actor
from procedures.models import Look, LookHead, to_json

FIRST_HASH = "0" * 64
_look, _head = Look.__table__, LookHead.__table__


@dataclass(frozen=True, slots=True)
class Seen:
    """`what` of a case was shown: case, attachment, messages, certificate, export, …; `object_id` names which."""

    application_id: str
    what: str
    object_id: str | None = None


def record(session: Session, actor: Actor, now: datetime, application_id: str, what: str) -> None:
    """Write one look down."""
    record_all(session, actor, now, [Seen(application_id, what)])


def record_all(session: Session, actor: Actor, now: datetime, seen: Sequence[Seen]) -> None:
    """Write looks down, in their order. Locks the chain until the transaction ends: call it in one of its own."""
    if not seen:
        return
    last, previous = session.execute(select(_head.c.seq, _head.c.hash).with_for_update()).one()
    rows = list(_linked(actor, now, seen, last, previous))
    session.execute(insert(_look), rows)
    session.execute(update(_head).values(seq=rows[-1]["seq"], hash=rows[-1]["hash"]))


def _linked(actor: Actor, now: datetime, seen: Sequence[Seen], last: int, previous: str) -> Iterator[dict[str, Any]]:
    for seq, one in enumerate(seen, last + 1):
        row = {
            "seq": seq,
            "at": now,
            "actor": actor.key,
            "application_id": one.application_id,
            "what": one.what,
            "object_id": one.object_id,
            "previous": previous,
        }
        row["hash"] = previous = _hash(row)
        yield row


def verify(session: Session) -> list[int]:
    """The numbers of links that are missing, changed or cut off; empty when the chain is whole."""
    faults, expected, previous = [], 1, FIRST_HASH
    for row in session.execute(select(_look).order_by(_look.c.seq).execution_options(yield_per=1000)):
        if row.seq != expected or row.previous != previous or row.hash != _hash(row._asdict()):
            faults.append(row.seq)
        expected, previous = row.seq + 1, row.hash
    head = session.execute(select(_head.c.seq, _head.c.hash)).one()
    return faults if tuple(head) == (expected - 1, previous) else [*faults, head.seq]


def _hash(link: dict[str, Any]) -> str:
    """SHA-256 over every column but `hash`, in one spelling, the moment in UTC."""
    content = {key: value for key, value in link.items() if key != "hash"}
    content["at"] = link["at"].astimezone(UTC).isoformat()
    return sha256(to_json(content).encode()).hexdigest()
