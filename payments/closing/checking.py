"""Whether the sealed days are whole, follow each other, and say what the ledger says."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.closing.computing import sheets_from_ledger
from payments.closing.sealing import hash_of
from payments.closing.sheet import Sheet
from payments.models import ClosingHead, DayClosing

FIRST_HASH = "0" * 64


class Fault(NamedTuple):
    """A day whose row was changed, does not continue the one before it, is missing, or is not what the ledger says."""

    day: date
    fault: Literal["changed", "unlinked", "missing", "cut", "differs"]


def verify(session: Session) -> Iterator[Fault]:
    """What is wrong with the closed days; nothing when they are whole."""
    columns = DayClosing.__table__.c
    previous: str = FIRST_HASH
    expected: date | None = None
    sealed: dict[date, Sheet] = {}
    for row in session.execute(select(columns).order_by(columns.day)):
        if expected is not None and row.day != expected:
            yield Fault(expected, "missing")
        elif row.previous != previous:
            yield Fault(row.day, "unlinked")
        if row.hash != hash_of(row._asdict()):
            yield Fault(row.day, "changed")
        sealed[row.day] = Sheet.from_json(row.figures["sheet"])
        previous, expected = row.hash, row.day + timedelta(days=1)
    head = session.execute(select(ClosingHead.day, ClosingHead.hash)).one()
    last = max(sealed, default=None)
    if head != (last, previous):
        yield Fault(head.day or last or date.min, "cut")
    yield from _against_ledger(session, sealed)


def _against_ledger(session: Session, sealed: dict[date, Sheet]) -> Iterator[Fault]:
    if not sealed:
        return
    computed = dict(sheets_from_ledger(session, max(sealed)))
    for day, sheet in sealed.items():
        if computed.get(day, Sheet()).numbers() != sheet.numbers():
            yield Fault(day, "differs")
