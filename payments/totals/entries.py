"""The entries that a figure is made of, page by page, with their sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlalchemy.orm import Session, aliased

from payments.models import LedgerAccount, LedgerEntry, LedgerPosting
from payments.totals.effects import effects
from payments.totals.pairs import BUREAU, conditions, entries
from payments.totals.selection import Selection
from procedures.models import Application

_debit, _credit = aliased(LedgerAccount), aliased(LedgerAccount)


@dataclass(frozen=True, slots=True)
class Total:
    """How many entries, and their yen. `debit` and `credit` are of the ledger's account where one was asked for.

    `yen` is the figure that was asked for, with its sign; the balance of an account, debits less credits, where both
    its sides were asked for; else the sum of the entries.
    """

    count: int
    yen: int
    debit: int
    credit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One entry as it is listed; `day` is the one it is posted on, `at` when that was done."""

    posting_id: int
    line: int
    day: date
    at: datetime
    kind: str
    source: str
    reverses: int | None
    charge_id: str | None
    reference: str | None
    fiscal_year: int
    bureau: str
    debit: str
    debit_title: str
    credit: str
    credit_title: str
    yen: int


def total_of(session: Session, wanted: Selection) -> Total:
    """The sum of a selection, by the same rule as on every sheet."""
    by = (LedgerEntry.debit, LedgerEntry.credit)
    cases = wanted.bureau is not None or wanted.method is not None
    query = entries(*by, func.count().label("number"), func.sum(LedgerEntry.yen).label("yen"), cases=cases)
    count = yen = debit = credit = 0
    for row in session.execute(query.where(*conditions(wanted)).group_by(*by)):
        count += row.number
        yen += _sign(wanted, row.debit, row.credit) * int(row.yen)
        debit += int(row.yen) if row.debit == wanted.ledger else 0
        credit += int(row.yen) if row.credit == wanted.ledger else 0
    return Total(count, yen, debit, credit)


def entries_of(session: Session, wanted: Selection, limit: int | None = None, skip: int = 0) -> Sequence[EntryLine]:
    """The entries of a selection in the order they were posted; `limit` of them after `skip`."""
    columns = (
        *(LedgerPosting.day, LedgerPosting.at, LedgerPosting.kind, LedgerPosting.source, LedgerPosting.reverses),
        *(LedgerPosting.charge_id, LedgerPosting.fiscal_year, LedgerEntry.posting_id, LedgerEntry.line),
        *(Application.reference, BUREAU.label("bureau"), LedgerEntry.debit, LedgerEntry.credit, LedgerEntry.yen),
        *(_debit.title.label("debit_title"), _credit.title.label("credit_title")),
    )
    query = (
        entries(*columns)
        .join(_debit, _debit.code == LedgerEntry.debit)
        .join(_credit, _credit.code == LedgerEntry.credit)
        .where(*conditions(wanted))
        .order_by(LedgerPosting.id, LedgerEntry.line)
        .limit(limit)
        .offset(skip)
    )
    return [EntryLine(**row._asdict()) for row in session.execute(query)]


def _sign(wanted: Selection, debit: str, credit: str) -> int:
    if wanted.figure is None:
        both = wanted.ledger is not None and wanted.side is None
        return -1 if both and credit == wanted.ledger else 1
    return sum(
        effect.sign
        for effect in effects(debit, credit)
        if effect.figure == wanted.figure and wanted.account in {None, effect.account}
    )
