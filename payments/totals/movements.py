"""What moved in a span of days, by 歳入科目, year and bureau, by method, and on every other account."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Session

from payments.models import LedgerEntry, LedgerPosting
from payments.totals.selection import FIGURES, Selection
from payments.totals.sides import BUREAU, METHOD, RECEIVABLE, REVENUE, SIDES, Mine, Side


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
    collected: int = 0
    refunded: int = 0
    ended: int = 0

    @property
    def owed(self) -> int:
        """What it changed about what is still to be paid (収入未済)."""
        return self.demanded - self.ended - self.collected

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


def moved(session: Session, since: date | None, until: date | None) -> Movements:
    """What moved from `since` to `until` (days of Tokyo, both included; None: from the beginning, up to now)."""
    found = Movements()
    wanted = Selection(since=since, until=until)
    for side in SIDES:
        for row in session.execute(_grouped(side, wanted)):
            _take(found, side, row)
    return found


def moved_by_day(session: Session, since: date | None, until: date | None) -> Mapping[date, Movements]:
    """The same day by day; days without any movement are left out."""
    found: dict[date, Movements] = defaultdict(Movements)
    wanted = Selection(since=since, until=until)
    for side in SIDES:
        for row in session.execute(_grouped(side, wanted, LedgerPosting.day.label("on_day"))):
            _take(found[row.on_day], side, row)
    return found


def _grouped(side: Side, wanted: Selection, *more: Any) -> Any:
    by = [LedgerPosting.fiscal_year, Mine.code, Mine.kind, Mine.revenue_code]
    named = [BUREAU.label("of_bureau"), METHOD.label("by_method"), side.figure.label("figure"), *more]
    sums = [func.count().label("number"), func.sum(LedgerEntry.yen).label("yen")]
    query = side.query(*by, *named, *sums).where(*side.where(wanted))
    return query.group_by(*by, *(column.name for column in named))


def _take(into: Movements, side: Side, row: Any) -> None:
    if row.kind not in {RECEIVABLE, REVENUE}:
        turnover = into.accounts[row.code]
        name = "debit" if side.sign > 0 else "credit"
        setattr(turnover, name, getattr(turnover, name) + int(row.yen))
    elif row.figure:
        key = Key(row.fiscal_year, row.revenue_code, row.of_bureau)
        yen = side.signed(row.figure) * int(row.yen)
        line = into.lines[key]
        setattr(line, row.figure, getattr(line, row.figure) + yen)
        if row.figure == "collected":
            count, sum_yen = into.methods.get((key, row.by_method), (0, 0))
            into.methods[key, row.by_method] = (count + row.number, sum_yen + yen)
