"""What moved in a span of days, by 歳入科目, year and bureau, by method, and on every other account."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, func
from sqlalchemy.orm import Session

from payments.models import Charge, LedgerEntry, LedgerPosting
from payments.totals.effects import effects, is_revenue_account
from payments.totals.pairs import conditions, entries
from payments.totals.selection import FIGURES, Selection
from procedures.models import PublishedProcedure


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """One line of a sheet: a fiscal year, a 歳入科目, the bureau in charge ("" where there is none)."""

    fiscal_year: int
    account: str
    bureau: str


@dataclass(slots=True)
class Moved:
    """Yen by figure."""

    demanded: int = 0
    carried: int = 0
    collected: int = 0
    refunded: int = 0
    ended: int = 0

    @property
    def owed(self) -> int:
        """What it changed about what is still to be paid (収入未済)."""
        return self.demanded + self.carried - self.ended - self.collected

    def add(self, other: "Moved") -> None:
        """Take the other's in."""
        for name in FIGURES:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def any(self) -> bool:
        """Whether anything moved."""
        return any(getattr(self, name) for name in FIGURES)


@dataclass(slots=True)
class Turnover:
    """Debits and credits of an account of the ledger, in yen."""

    debit: int = 0
    credit: int = 0


@dataclass(frozen=True, slots=True)
class Movements:
    """What moved. `methods` holds (number of entries, yen) of what was collected, by line and method."""

    lines: dict[Key, Moved] = field(default_factory=lambda: defaultdict(Moved))
    methods: dict[tuple[Key, str], tuple[int, int]] = field(default_factory=dict)
    accounts: dict[str, Turnover] = field(default_factory=lambda: defaultdict(Turnover))

    def sum(self) -> Moved:
        """All lines together."""
        whole = Moved()
        for line in self.lines.values():
            whole.add(line)
        return whole


def moved(session: Session, since: date | None, until: date | None) -> Movements:
    """What moved from `since` to `until` (days of Tokyo, both included; None: from the beginning, up to now)."""
    found = Movements()
    for row in session.execute(_grouped(Selection(since=since, until=until))):
        _take(found, row)
    return found


def moved_by_day(session: Session, since: date | None, until: date | None) -> Mapping[date, Movements]:
    """The same day by day; days without any movement are left out."""
    found: dict[date, Movements] = defaultdict(Movements)
    for row in session.execute(_grouped(Selection(since=since, until=until), LedgerPosting.day)):
        _take(found[row.day], row)
    return found


def _grouped(wanted: Selection, *more: Any) -> Select[Any]:
    by = [LedgerPosting.fiscal_year, LedgerEntry.debit, LedgerEntry.credit, PublishedProcedure.bureau, Charge.method]
    sums = [func.count().label("number"), func.sum(LedgerEntry.yen).label("yen")]
    return entries(*by, *more, *sums).where(*conditions(wanted)).group_by(*by, *more)


def _take(into: Movements, row: Any) -> None:
    yen = int(row.yen)
    for code, debit, credit in ((row.debit, yen, 0), (row.credit, 0, yen)):
        if not is_revenue_account(code):
            into.accounts[code].debit += debit
            into.accounts[code].credit += credit
    for figure, account, sign in effects(row.debit, row.credit):
        key = Key(row.fiscal_year, account, row.bureau or "")
        line = into.lines[key]
        setattr(line, figure, getattr(line, figure) + sign * yen)
        if figure == "collected":
            count, sum_yen = into.methods.get((key, row.method or ""), (0, 0))
            into.methods[key, row.method or ""] = (count + row.number, sum_yen + sign * yen)
