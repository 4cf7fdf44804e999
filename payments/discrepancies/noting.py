"""Putting something on the worklist, once; and taking off what the facts have resolved meanwhile."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from payments.models import Discrepancy, DiscrepancyProposal
from procedures.actors import SYSTEM
from procedures.models import new_id
from procedures.storing.chunks import in_chunks
from procedures.storing.rows import insert_new

MATCHES_NOW = "matches_now"
"""The resolution of what went away by itself: a late webhook, a payment that the provider listed late."""


def note(
    session: Session,
    now: datetime,
    kind: str,
    provider_object: str,
    expected: str,
    found: str,
    charge_id: str | None,
    *,
    day: date | None = None,
) -> bool:
    """Put it on the worklist; False when it stands there already. Amounts and states are given as text.

    `day` (Tokyo) is the day whose comparison found it, so that comparing it again may resolve it. What went away by
    itself and is there again is opened again; what a person resolved stays resolved.
    """
    row = {
        "id": new_id(),
        "key": key_of(kind, provider_object),
        "kind": kind,
        "charge_id": charge_id,
        "provider_object": provider_object,
        "expected": expected,
        "found": found,
        "found_at": now,
        "day": day,
    }
    return insert_new(session, Discrepancy.__table__, row, unique="key") or _again(session, row)


def key_of(kind: str, provider_object: str) -> str:
    """What names a discrepancy, so that it is noted once."""
    return f"{kind}:{provider_object}"


def forget(session: Session, now: datetime, days: Collection[date], still: Collection[str]) -> int:
    """Resolve by the system what comparing these days found earlier and does not find any more; answers how many.

    `still` are the keys of what the comparison finds now.
    """
    table = Discrepancy.__table__
    kept, gone = set(still), []
    for some in in_chunks(sorted(days)):
        open_ones = select(table.c.id, table.c.key).where(table.c.resolved_at.is_(None), table.c.day.in_(some))
        gone += [row.id for row in session.execute(open_ones) if row.key not in kept]
    for ids in in_chunks(gone):
        resolve(session, now, table.c.id.in_(ids), SYSTEM.key, MATCHES_NOW)
    return len(gone)


def resolve(session: Session, now: datetime, which: ColumnElement[bool], by: str | None, how: str) -> None:
    """Resolve those of them that are open, without a proposal; one that waits about them ends with them."""
    table, proposals = Discrepancy.__table__, DiscrepancyProposal.__table__
    matters = select(table.c.id).where(which, table.c.resolved_at.is_(None))
    waiting = update(proposals).where(proposals.c.discrepancy_id.in_(matters), proposals.c.status == "open")
    over = {"status": "rejected", "decided_by": SYSTEM.key, "decided_at": now, "decision": how}
    session.execute(waiting.values(over))
    resolved = {"resolved_at": now, "resolved_by": by, "resolution": how}
    session.execute(update(table).where(which, table.c.resolved_at.is_(None)).values(resolved))


def _again(session: Session, row: dict[str, object]) -> bool:
    table = Discrepancy.__table__
    resolved = table.c.resolved_by == SYSTEM.key
    opened = {"resolved_at": None, "resolved_by": None, "resolution": None}
    told = {name: row[name] for name in ("expected", "found", "day")}
    return session.execute(update(table).where(table.c.key == row["key"], resolved).values(opened | told)).rowcount > 0
