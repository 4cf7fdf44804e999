"""Accounts, statements and lines of the bank as screens read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from payments.models import BankLine, BankMatch, BankStatement, Discrepancy
from procedures.errors import NotFound

MOST = 100


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account: how far the bank is known, and the balance there, None where no file told one."""

    account: str
    until: date
    closing_yen: int | None


@dataclass(frozen=True, slots=True)
class LineView:
    """A line: the payout that it is, or the discrepancy that it makes; neither once a person explained it."""

    id: str
    day: date
    yen: int
    text: str
    reference: str
    payout_id: str | None
    discrepancy_id: str | None
    resolved: bool


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement; `lines` are those that were new with it, empty in a list."""

    id: str
    account: str
    holder: str
    first_on: date
    last_on: date
    opening_yen: int | None
    closing_yen: int | None
    count: int
    lines: Sequence[LineView] = ()


def accounts(session: Session) -> Sequence[AccountView]:
    """Every account with its latest statement, by name."""
    latest = select(BankStatement.account, func.max(BankStatement.last_on)).group_by(BankStatement.account)
    found = []
    for account, until in session.execute(latest.order_by(BankStatement.account)):
        closing = session.scalar(
            select(BankStatement.closing_yen)
            .where(BankStatement.account == account, BankStatement.last_on == until)
            .order_by(BankStatement.imported_at.desc())
            .limit(1)
        )
        found.append(AccountView(account, until, closing))
    return found


def statements(session: Session) -> Sequence[StatementView]:
    """The latest statements, without their lines."""
    return _statements(session)


def statement(session: Session, statement_id: str) -> StatementView:
    """A statement with its lines. Raises `NotFound`."""
    found = _statements(session, BankStatement.id == statement_id)
    if not found:
        raise NotFound(statement_id)
    view = found[0]
    return StatementView(
        view.id,
        view.account,
        view.holder,
        view.first_on,
        view.last_on,
        view.opening_yen,
        view.closing_yen,
        view.count,
        _lines(session, statement_id),
    )


def _statements(session: Session, *conditions: ColumnElement[bool]) -> list[StatementView]:
    query = (
        select(BankStatement, func.count(BankLine.id))
        .outerjoin(BankLine, BankLine.statement_id == BankStatement.id)
        .where(*conditions)
        .group_by(BankStatement.id)
        .order_by(BankStatement.last_on.desc(), BankStatement.account, BankStatement.id)
        .limit(MOST)
    )
    return [
        StatementView(
            row.id, row.account, row.holder, row.first_on, row.last_on, row.opening_yen, row.closing_yen, count
        )
        for row, count in session.execute(query)
    ]


def _lines(session: Session, statement_id: str) -> list[LineView]:
    query = (
        select(BankLine, BankMatch.payout_id, Discrepancy.id, Discrepancy.resolved_at)
        .outerjoin(BankMatch, BankMatch.line_id == BankLine.id)
        .outerjoin(Discrepancy, Discrepancy.provider_object == BankLine.id)
        .where(BankLine.statement_id == statement_id)
        .order_by(BankLine.day, BankLine.place, BankLine.id)
    )
    found: dict[str, LineView] = {}
    for row, payout, discrepancy, resolved in session.execute(query):
        view = LineView(
            row.id, row.day, row.yen, row.text, row.reference, payout, discrepancy, bool(discrepancy and resolved)
        )
        if row.id not in found or (view.discrepancy_id and not view.resolved):
            found[row.id] = view
    return list(found.values())
