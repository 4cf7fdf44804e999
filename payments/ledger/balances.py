"""What stands on the accounts."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.models import LedgerEntry, LedgerPosting


def balances(session: Session, until: date | None = None) -> dict[str, int]:
    """Debits minus credits of every account in yen, up to and including the day `until` (Tokyo)."""
    totals: dict[str, int] = {}
    for column, sign in ((LedgerEntry.debit, 1), (LedgerEntry.credit, -1)):
        query = select(column, func.sum(LedgerEntry.yen)).group_by(column)
        if until is not None:
            query = query.join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
            query = query.where(LedgerPosting.day <= until)
        for code, yen in session.execute(query):
            totals[code] = totals.get(code, 0) + sign * int(yen)
    return totals
