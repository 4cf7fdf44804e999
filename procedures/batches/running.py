"""Carrying a batch out: each case in a transaction of its own, in which its result is written, too.

So whatever process dies at whatever point, no case is done twice and none is left out; several may run one batch.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from procedures import jobs
from procedures.actors import Actor
from procedures.batches.kinds import Item, Kind
from procedures.batches.results import DONE, result_of
from procedures.database import Database
from procedures.models import Batch, BatchItem, Person, StaffRole

_batch, _item = Batch.__table__, BatchItem.__table__


def handler(kinds: Mapping[str, Kind], clock: jobs.Clock) -> jobs.Handler:
    """The handler of jobs that carry batches out."""

    def carry_out(database: Database, job: jobs.ClaimedJob, _now: datetime) -> None:
        run(database, clock, job.payload["batch_id"], kinds)

    return carry_out


def run(
    database: Database, clock: jobs.Clock, batch_id: str, kinds: Mapping[str, Kind], most: int | None = None
) -> bool:
    """Go on with a confirmed batch, for at most so many cases; whether nothing is left of it.

    What a service refuses is that case's result and no trouble for the others; what the database refuses is raised.
    """
    with database.read() as session:
        batch = session.execute(
            select(_batch).where(_batch.c.id == batch_id, _batch.c.state == "running")
        ).one_or_none()
        if batch is None:
            return True
        actor = _actor(session, batch.actor_id)
        open_ones = (
            select(_item).where(_item.c.batch_id == batch_id, _item.c.result.is_(None)).order_by(_item.c.position)
        )
        rows = session.execute(open_ones).all()
    for row in rows[:most]:
        item = Item(batch_id, row.application_id, row.seen, batch.details)
        _one(database, clock(), actor, kinds[batch.kind], item, row.position)
    with database.write() as session:
        return _finish(session, clock(), batch_id)


def _one(database: Database, now: datetime, actor: Actor, kind: Kind, item: Item, position: int) -> None:
    try:
        with database.write() as session:
            if _take(session, item.batch_id, position):
                kind.act(session, actor, now, item)
                _write(session, now, item.batch_id, position, DONE, {})
    except DBAPIError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever one case runs into must not keep the others from being done
        with database.write() as session:
            _write(session, now, item.batch_id, position, *result_of(error))


def _take(session: Session, batch_id: str, position: int) -> bool:
    """Lock the item; whether it is still to be done."""
    this = select(_item.c.result).where(_item.c.batch_id == batch_id, _item.c.position == position).with_for_update()
    return session.execute(this).scalar_one_or_none() is None


def _write(
    session: Session, now: datetime, batch_id: str, position: int, result: str, facts: Mapping[str, object]
) -> None:
    this = update(_item).where(_item.c.batch_id == batch_id, _item.c.position == position, _item.c.result.is_(None))
    session.execute(this.values(result=result, facts=dict(facts), at=now))


def _finish(session: Session, now: datetime, batch_id: str) -> bool:
    """Close the batch if nothing is left, and forget what was written; whether nothing is left."""
    left = select(_item.c.position).where(_item.c.batch_id == batch_id, _item.c.result.is_(None)).limit(1)
    if session.execute(left).first() is not None:
        return False
    running = update(_batch).where(_batch.c.id == batch_id, _batch.c.state == "running")
    session.execute(running.values(state="done", finished_at=now, details={}))
    return True


def _actor(session: Session, person_id: str) -> Actor:
    """Whoever confirmed it, with what they may do now: roles that were taken away meanwhile count no more."""
    person = session.get_one(Person, person_id)
    rows = session.execute(select(StaffRole.role, StaffRole.office).where(StaffRole.person_id == person_id))
    held = frozenset((row.role, row.office) for row in rows)
    return Actor("staff", person.id, person.name, held, person.language)
