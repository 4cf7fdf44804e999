"""Posting to the ledger: once for each event, and reversing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from payments.closing import open_day
from payments.models import LedgerEntry, LedgerPosting


class AlreadyPosted(Exception):
    """The event named by `source` was posted before."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A debit and a credit of the same `yen` > 0; accounts by code."""

    debit: str
    credit: str
    yen: int


def post(
    session: Session,
    now: datetime,
    kind: str,
    source: str,
    entries: Sequence[Entry],
    *,
    day: date,
    fiscal_year: int,
    charge_id: str | None = None,
    reverses: int | None = None,
) -> int:
    """Post the entries of one event; answers the posting's id. `source` names the event.

    `day` is when it happened; what is told of a closed day is posted on the first open one.

    Raises `AlreadyPosted`; the database's own UNIQUE is the guard where two transactions race.
    """
    if posting_of(session, source) is not None:
        raise AlreadyPosted(source)
    row = {
        "kind": kind,
        "source": source,
        "charge_id": charge_id,
        "at": now,
        "day": open_day(session, day),
        "fiscal_year": fiscal_year,
        "entry_count": len(entries),
        "reverses": reverses,
    }
    posting_id = session.execute(insert(LedgerPosting).returning(LedgerPosting.id), row).scalar_one()
    lines = [
        {"posting_id": posting_id, "line": line, "debit": entry.debit, "credit": entry.credit, "yen": entry.yen}
        for line, entry in enumerate(entries, 1)
    ]
    session.execute(insert(LedgerEntry.__table__), lines)
    return posting_id


def posting_of(session: Session, source: str) -> int | None:
    """The id of the posting that this event made."""
    return session.scalar(select(LedgerPosting.id).where(LedgerPosting.source == source))


def reverse(
    session: Session, now: datetime, kind: str, original_source: str, *, day: date, fiscal_year: int | None = None
) -> int:
    """Take back what an event posted: the same entries the other way round, in its fiscal year or the one given.

    Raises `AlreadyPosted` when it was taken back before, `LookupError` when there is nothing to take back.
    """
    original = session.execute(
        select(LedgerPosting).where(LedgerPosting.source == original_source)
    ).scalar_one_or_none()
    if original is None:
        raise LookupError(original_source)
    rows = session.scalars(select(LedgerEntry).where(LedgerEntry.posting_id == original.id).order_by(LedgerEntry.line))
    return post(
        session,
        now,
        kind,
        f"reversal:{original_source}",
        [Entry(row.credit, row.debit, row.yen) for row in rows],
        day=day,
        fiscal_year=original.fiscal_year if fiscal_year is None else fiscal_year,
        charge_id=original.charge_id,
        reverses=original.id,
    )
