"""Preparing a batch, and confirming it: what was seen is kept, and a form that is sent twice makes one batch."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from procedures import audit, jobs
from procedures.actors import Actor
from procedures.authority import may_somewhere
from procedures.batches.kinds import Kind
from procedures.errors import NotFound
from procedures.models import Batch, BatchItem, new_id
from procedures.storing.rows import insert_new

MOST = 500
JOB = "batch.run"
AT_ONCE = 25
"""Cases that the request which confirms a batch does itself; more of them are a worker's."""
HAND = timedelta(seconds=20)
"""How long that request may take before a worker looks whether anything is left."""

_batch, _item = Batch.__table__, BatchItem.__table__


class BatchRefused(Exception):
    """Nothing can be prepared: `what` is none or many; `count` is how many cases were chosen."""

    def __init__(self, what: str, count: int) -> None:
        self.what, self.count = what, count
        super().__init__(f"{count} cases: {what}")


def prepare(
    session: Session, actor: Actor, now: datetime, kind: Kind, application_ids: Sequence[str], nonce: str
) -> str:
    """Keep what was chosen, each case once, in the order of the screen; returns the batch's id.

    The same choice from the same form (`nonce`) is the same batch. Whether a case exists is found out when it is its
    turn: one of another office and a missing one look the same. Raises `NotFound` for whom the kind is not for,
    `BatchRefused`.
    """
    if not may_somewhere(actor, kind.action):
        raise NotFound(kind.id)
    chosen = list(dict.fromkeys(application_ids))
    if not chosen or len(chosen) > MOST:
        raise BatchRefused("many" if chosen else "none", len(chosen))
    once = sha256("\n".join((actor.id, kind.id, nonce, *chosen)).encode()).hexdigest()
    batch = {
        "id": new_id(),
        "once": once,
        "kind": kind.id,
        "actor_id": actor.id,
        "details": {},
        "state": "prepared",
        "created_at": now,
        "confirmed_at": None,
        "finished_at": None,
    }
    if not insert_new(session, _batch, batch, unique="once"):
        return str(session.execute(select(Batch.id).where(Batch.once == once)).scalar_one())
    seen = kind.look(session, actor, chosen) if kind.look else {}
    session.execute(insert(_item), [_row(batch["id"], place, one, seen.get(one)) for place, one in enumerate(chosen)])
    return str(batch["id"])


def _row(batch_id: object, position: int, application_id: str, seen: str | None) -> dict[str, object]:
    return {
        "batch_id": batch_id,
        "position": position,
        "application_id": application_id,
        "seen": seen,
        "result": None,
        "facts": None,
        "at": None,
    }


def confirm(session: Session, actor: Actor, now: datetime, batch_id: str, details: Mapping[str, Any]) -> int | None:
    """Let the batch begin, by whoever prepared it; how many cases it has, None where it has begun already.

    A worker does what the request that confirmed it does not: a large batch at once. Raises `NotFound`.
    """
    own = select(Batch.kind).where(Batch.id == batch_id, Batch.actor_id == actor.id)
    kind = session.execute(own).scalar_one_or_none()
    if kind is None:
        raise NotFound(batch_id)
    waiting = update(_batch).where(_batch.c.id == batch_id, _batch.c.state == "prepared")
    values = {"state": "running", "confirmed_at": now, "details": dict(details)}
    if session.execute(waiting.values(**values)).rowcount != 1:
        return None
    count = session.execute(select(func.count()).where(_item.c.batch_id == batch_id)).scalar_one()
    begin = now + HAND if count <= AT_ONCE else now
    jobs.enqueue(session, now, JOB, {"batch_id": batch_id}, begin, f"{JOB}:{batch_id}")
    audit.record(session, actor, now, f"batch.{kind}", batch_id)
    return count
