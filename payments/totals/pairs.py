"""Entries with the case of each, and a selection of them as SQL: what every figure and every list comes from."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select

from payments.models import Charge, LedgerEntry, LedgerPosting
from payments.totals.effects import CARRIED, RECEIVABLE, REVENUE
from payments.totals.selection import Figure, Selection
from procedures.models import Application, PublishedProcedure

BUREAU = func.coalesce(PublishedProcedure.bureau, "")
METHOD = func.coalesce(Charge.method, "")
Condition = ColumnElement[bool]


def entries(*columns: Any, cases: bool = True) -> Select[Any]:
    """The entries with their postings, and with `cases` the case of each as far as there is one."""
    query = select(*columns).select_from(LedgerPosting)
    query = query.join(LedgerEntry, LedgerEntry.posting_id == LedgerPosting.id)
    if not cases:
        return query
    return (
        query.outerjoin(Charge, Charge.id == LedgerPosting.charge_id)
        .outerjoin(Application, Application.id == Charge.application_id)
        .outerjoin(PublishedProcedure, PublishedProcedure.digest == Application.digest)
    )


def conditions(wanted: Selection) -> list[Condition]:
    """A selection as SQL."""
    found = [LedgerPosting.day >= wanted.since] if wanted.since else []
    found += [LedgerPosting.day <= wanted.until] if wanted.until else []
    if wanted.figure:
        found.append(_OF_FIGURE[wanted.figure](wanted.account))
    elif wanted.account is not None:
        codes = [f"{kind}:{wanted.account}" for kind in (RECEIVABLE, REVENUE, CARRIED)]
        found.append(or_(LedgerEntry.debit.in_(codes), LedgerEntry.credit.in_(codes)))
    if wanted.ledger is not None:
        sides = {"debit": LedgerEntry.debit == wanted.ledger, "credit": LedgerEntry.credit == wanted.ledger}
        found.append(sides[wanted.side] if wanted.side else or_(*sides.values()))
    equal: tuple[tuple[Any, object], ...] = (
        (LedgerPosting.kind, wanted.kind),
        (LedgerPosting.fiscal_year, wanted.fiscal_year),
        (BUREAU, wanted.bureau),
        (METHOD, wanted.method),
    )
    return [*found, *(column == value for column, value in equal if value is not None)]


def _demanded(account: str | None) -> Condition:
    return and_(_debit(RECEIVABLE, account), _credit(REVENUE))


def _carried(account: str | None) -> Condition:
    entering = and_(_debit(RECEIVABLE, account), _credit(CARRIED))
    return or_(entering, and_(_credit(RECEIVABLE, account), _debit(CARRIED)))


def _ended(account: str | None) -> Condition:
    return and_(_credit(RECEIVABLE, account), _debit(REVENUE))


def _collected(account: str | None) -> Condition:
    return _against_others(RECEIVABLE, (REVENUE, CARRIED), account)


def _refunded(account: str | None) -> Condition:
    return _against_others(REVENUE, (RECEIVABLE,), account)


def _against_others(kind: str, pairs: Sequence[str], account: str | None) -> Condition:
    return or_(
        and_(_debit(kind, account), *(not_(_credit(pair)) for pair in pairs)),
        and_(_credit(kind, account), *(not_(_debit(pair)) for pair in pairs)),
    )


def _debit(kind: str, account: str | None = None) -> Condition:
    return _on(LedgerEntry.debit, kind, account)


def _credit(kind: str, account: str | None = None) -> Condition:
    return _on(LedgerEntry.credit, kind, account)


def _on(column: Any, kind: str, account: str | None) -> Condition:
    """The account is of this kind, of one 歳入科目 or of any."""
    wanted: Condition = column.like(f"{kind}:%") if account is None else column == f"{kind}:{account}"
    return wanted


_OF_FIGURE: dict[Figure, Callable[[str | None], Condition]] = {
    "demanded": _demanded,
    "carried": _carried,
    "collected": _collected,
    "refunded": _refunded,
    "ended": _ended,
}
