"""Closing one day, or in order every open day up to it, each in a transaction of its own."""

from datetime import date, datetime, timedelta

from payments.closing.sealing import next_to_close, seal
from procedures import audit
from procedures.actors import Actor
from procedures.database import Database
from procedures.days import tokyo_day


def close(
    database: Database, actor: Actor, now: datetime, day: date, reason: str | None = None, *, in_order: bool = False
) -> list[date]:
    """Close `day`, with `in_order` the open days before it too; answers the days closed. Outside any transaction.

    Raises what `seal` raises; the days closed until then stay closed.
    """
    closed = [day]
    if in_order and day < tokyo_day(now):
        with database.read() as session:
            first = next_to_close(session, tokyo_day(now))
        if first is not None and first < day:
            closed = [first + timedelta(days=n) for n in range((day - first).days + 1)]
    for one in closed:
        with database.write() as session:
            seal(session, actor, now, one, reason)
        with database.write() as session:
            audit.record(session, actor, now, "day.close", str(one), note="unresolved" if reason else None)
    return closed
