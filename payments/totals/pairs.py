"""Entries summed up by their two accounts: the one query that every figure comes from."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select

from payments.models import Charge, LedgerEntry, LedgerPosting
from payments.totals.effects import RECEIVABLE, REVENUE
from payments.totals.selection import Figure, Selection
from procedures.models import Application, PublishedProcedure

BUREAU = func.coalesce(PublishedProcedure.bureau, "")
METHOD = func.coalesce(Charge.method, "")


def entries(*columns: Any) -> Select[Any]:
    """The entries with their postings, and the case of each as far as there is one."""
    return (
        select(*columns)
        .select_from(LedgerPosting)
        .join(LedgerEntry, LedgerEntry.posting_id == LedgerPosting.id)
        .outerjoin(Charge, Charge.id == LedgerPosting.charge_id)
        .outerjoin(Application, Application.id == Charge.application_id)
        .outerjoin(PublishedProcedure, PublishedProcedure.digest == Application.digest)
    )


def conditions(wanted: Selection) -> list[ColumnElement[bool]]:
    """A selection as SQL."""
    found = [LedgerPosting.day >= wanted.since] if wanted.since else []
    found += [LedgerPosting.day <= wanted.until] if wanted.until else []
    if wanted.figure:
        found.append(_OF_FIGURE[wanted.figure](wanted.account))
    elif wanted.account is not None:
        codes = [f"{kind}:{wanted.account}" for kind in (RECEIVABLE, REVENUE)]
        found.append(or_(LedgerEntry.debit.in_(codes), LedgerEntry.credit.in_(codes)))
    if wanted.ledger is not None:
        found.append(or_(LedgerEntry.debit == wanted.ledger, LedgerEntry.credit == wanted.ledger))
    equal: tuple[tuple[Any, object], ...] = (
        (LedgerPosting.kind, wanted.kind),
        (LedgerPosting.fiscal_year, wanted.fiscal_year),
        (BUREAU, wanted.bureau),
        (METHOD, wanted.method),
    )
    return [*found, *(column == value for column, value in equal if value is not None)]


def _on(column: Any, kind: str, account: str | None) -> ColumnElement[bool]:
    """The side is of this kind, of one 歳入科目 or of any."""
    wanted: ColumnElement[bool] = column.like(f"{kind}:%") if account is None else column == f"{kind}:{account}"
    return wanted


def _demanded(account: str | None) -> ColumnElement[bool]:
    return and_(_on(LedgerEntry.debit, RECEIVABLE, account), _on(LedgerEntry.credit, REVENUE, None))


def _ended(account: str | None) -> ColumnElement[bool]:
    return and_(_on(LedgerEntry.credit, RECEIVABLE, account), _on(LedgerEntry.debit, REVENUE, None))


def _collected(account: str | None) -> ColumnElement[bool]:
    return _against_others(RECEIVABLE, REVENUE, account)


def _refunded(account: str | None) -> ColumnElement[bool]:
    return _against_others(REVENUE, RECEIVABLE, account)


def _against_others(kind: str, pair: str, account: str | None) -> ColumnElement[bool]:
    return or_(
        and_(_on(LedgerEntry.debit, kind, account), not_(_on(LedgerEntry.credit, pair, None))),
        and_(_on(LedgerEntry.credit, kind, account), not_(_on(LedgerEntry.debit, pair, None))),
    )


_OF_FIGURE: dict[Figure, Any] = {
    "demanded": _demanded,
    "collected": _collected,
    "refunded": _refunded,
    "ended": _ended,
}
