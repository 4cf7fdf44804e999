"""What there is to choose from: 歳入科目, other accounts, bureaus."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.models import LedgerAccount
from payments.totals.effects import is_revenue_account
from procedures.models import PublishedProcedure


def accounts_of_revenue(session: Session) -> dict[str, str]:
    """The names of every 歳入科目 that was ever demanded, by its code."""
    query = select(LedgerAccount.revenue_code, LedgerAccount.title).where(LedgerAccount.kind == "receivable")
    return {str(code): title for code, title in session.execute(query.order_by(LedgerAccount.revenue_code))}


def ledger_accounts(session: Session) -> dict[str, str]:
    """The titles of every other account, by its code."""
    query = select(LedgerAccount.code, LedgerAccount.title).order_by(LedgerAccount.code)
    return {code: title for code, title in session.execute(query) if not is_revenue_account(code)}


def bureaus(session: Session) -> list[str]:
    """The bureaus of every published procedure."""
    query = select(PublishedProcedure.bureau).where(PublishedProcedure.bureau.is_not(None)).distinct()
    return sorted(str(code) for code in session.scalars(query))
