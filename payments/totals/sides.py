"""The two sides of an entry, each seen from its own account: what every sum of the ledger is taken from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from payments.models import Charge, LedgerAccount, LedgerEntry, LedgerPosting
from payments.totals.selection import Figure, Selection
from procedures.models import Application, PublishedProcedure

RECEIVABLE, REVENUE = "receivable", "revenue"
Mine, Other = aliased(LedgerAccount), aliased(LedgerAccount)
BUREAU = func.coalesce(PublishedProcedure.bureau, "")
METHOD = func.coalesce(Charge.method, "")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of entries: `Mine` is the account on it, `Other` the one against it. `sign` is +1 for the debit.

    `figures` says what it means that `Mine` is the 歳入科目's receivable or revenue: which figure, with which sign.
    """

    mine: InstrumentedAttribute[str]
    other: InstrumentedAttribute[str]
    sign: int
    figures: tuple[tuple[Figure, str, bool, int], ...]

    def query(self, *columns: Any) -> Select[Any]:
        """The entries from this side, joined to the case they belong to, as far as there is one."""
        return (
            select(*columns)
            .select_from(LedgerEntry)
            .join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
            .join(Mine, Mine.code == self.mine)
            .join(Other, Other.code == self.other)
            .outerjoin(Charge, Charge.id == LedgerPosting.charge_id)
            .outerjoin(Application, Application.id == Charge.application_id)
            .outerjoin(PublishedProcedure, PublishedProcedure.digest == Application.digest)
        )

    def condition(self, figure: Figure) -> ColumnElement[bool]:
        """Whether the side counts towards the figure."""
        return or_(false(), *(_met(kind, pair=pair) for name, kind, pair, _ in self.figures if name == figure))

    @property
    def figure(self) -> ColumnElement[str]:
        """The figure that the side counts towards; "" for none."""
        return case(*((_met(kind, pair=pair), name) for name, kind, pair, _ in self.figures), else_="")

    def signed(self, figure: str) -> int:
        """+1 where the side adds to the figure, -1 where it takes from it."""
        return next(sign for name, _, _, sign in self.figures if name == figure)

    def where(self, wanted: Selection) -> list[ColumnElement[bool]]:
        """The conditions of a selection, of this side alone."""
        found = [LedgerPosting.day >= wanted.since] if wanted.since else []
        found += [LedgerPosting.day <= wanted.until] if wanted.until else []
        found += [self.condition(wanted.figure)] if wanted.figure else []
        equal: Sequence[tuple[Any, object]] = (
            (Mine.revenue_code, wanted.account),
            (self.mine, wanted.ledger),
            (LedgerPosting.kind, wanted.kind),
            (LedgerPosting.fiscal_year, wanted.fiscal_year),
            (BUREAU, wanted.bureau),
            (METHOD, wanted.method),
        )
        return [*found, *(column == value for column, value in equal if value is not None)]


def _met(kind: str, *, pair: bool) -> ColumnElement[bool]:
    """`Mine` is of the kind, against its pair (revenue for receivable and back) or against anything else."""
    other = REVENUE if kind == RECEIVABLE else RECEIVABLE
    return and_(Mine.kind == kind, Other.kind == other if pair else Other.kind != other)


DEBIT = Side(
    LedgerEntry.debit,
    LedgerEntry.credit,
    1,
    (("demanded", RECEIVABLE, True, 1), ("collected", RECEIVABLE, False, -1), ("refunded", REVENUE, False, 1)),
)
CREDIT = Side(
    LedgerEntry.credit,
    LedgerEntry.debit,
    -1,
    (("ended", RECEIVABLE, True, 1), ("collected", RECEIVABLE, False, 1), ("refunded", REVENUE, False, -1)),
)
SIDES = (DEBIT, CREDIT)
"""The two accounts of an entry say what it does, not the kind of its posting: so a balance is what it was before, with
what was demanded, less what was taken back and collected, whatever kinds there come to be."""
