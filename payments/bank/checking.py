"""The promises about the bank re-checked on live data: what arrived is posted, at what the bank shows of it."""

from collections.abc import Iterator

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from payments.ledger import BANK
from payments.models import BankLine, BankMatch, LedgerEntry, LedgerPosting
from procedures.doctor import Finding


def run(session: Session) -> Iterator[Finding]:
    """Lines that are a payout's and whose posting is missing, or moved the bank by another amount."""
    source = "arrival:" + BankMatch.provider + ":" + BankMatch.payout_id
    moved = (
        select(LedgerPosting.source, func.sum(LedgerEntry.yen).label("yen"))
        .join(LedgerEntry, LedgerEntry.posting_id == LedgerPosting.id)
        .where(LedgerPosting.kind == "arrival", or_(LedgerEntry.debit == BANK, LedgerEntry.credit == BANK))
        .group_by(LedgerPosting.source)
        .subquery()
    )
    wrong = (
        select(BankMatch.line_id)
        .join(BankLine, BankLine.id == BankMatch.line_id)
        .outerjoin(moved, moved.c.source == source)
        .where(func.coalesce(moved.c.yen, 0) != func.abs(BankLine.yen))
    )
    for line_id in session.scalars(wrong.order_by(BankMatch.line_id)):
        yield Finding("money.arrival_differs", line_id, "payment.doctor_arrival_differs")
