"""What a refund does to the ledger: promised when it is approved, paid when it is confirmed, each taken back if not.

Money goes back out of the revenue into which it came (歳入の戻出, 地方自治法施行令第165条の7) while the books of that
year are open; afterwards out of the spending of the year that runs (過年度支出, 同第165条の8).
"""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.ledger import BANK, SUSPENSE, Entry, post, provider_account, revenue, reverse
from payments.ledger.accounts import PAST_REFUND, REFUND_PAYABLE
from payments.ledger.years import closing_day
from payments.models import LedgerEntry, LedgerPosting, Payment, Refund, RefundPart
from procedures.days import fiscal_year, tokyo_day

PROMISED, PAID, RETURNED, UNDONE = "refund", "refund_paid", "refund_returned", "refund_undone"


def promise(session: Session, now: datetime, refund: Refund) -> None:
    """還付: what was revenue, or lay in suspense, is owed to the payer. One posting for each charge and year."""
    today = tokyo_day(now)
    for (charge_id, year), parts in _grouped(session, refund).items():
        source = f"{PROMISED}:{refund.id}:{charge_id or '-'}:{year}"
        entries = [Entry(_debit(part, today), REFUND_PAYABLE, part.yen) for part in parts]
        booked = year if _year_is_open(year, today) else fiscal_year(today)
        post(session, now, PROMISED, source, entries, day=today, fiscal_year=booked, charge_id=charge_id)


def pay(session: Session, now: datetime, refund: Refund, payment: Payment, day: date) -> None:
    """What was owed has gone: out of the provider's balance, or from the bank."""
    account = provider_account(payment.provider) if refund.way == "provider" else BANK
    for posting, yen in _promised(session, refund):
        source = f"{PAID}:{posting.source.removeprefix(f'{PROMISED}:')}"
        entry = Entry(REFUND_PAYABLE, account, yen)
        year, charge_id = posting.fiscal_year, posting.charge_id
        post(session, now, PAID, source, [entry], day=day, fiscal_year=year, charge_id=charge_id)


def take_back(session: Session, now: datetime, refund: Refund, *, was_paid: bool) -> None:
    """It failed: the money is back at the provider if it had gone, and nothing is owed."""
    today = tokyo_day(now)
    for posting, _ in _promised(session, refund):
        if was_paid:
            source = f"{PAID}:{posting.source.removeprefix(f'{PROMISED}:')}"
            reverse(session, now, RETURNED, source, day=today)
        reverse(session, now, UNDONE, posting.source, day=today)


def posted_yen(session: Session, refund_id: str, kind: str) -> int:
    """What stands posted of a refund under this kind, in yen."""
    query = (
        select(func.sum(LedgerEntry.yen))
        .join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
        .where(LedgerPosting.kind == kind, LedgerPosting.source.startswith(f"{kind}:{refund_id}:", autoescape=True))
    )
    return session.scalar(query) or 0


def _grouped(session: Session, refund: Refund) -> dict[tuple[str | None, int], list[RefundPart]]:
    query = select(RefundPart).where(RefundPart.refund_id == refund.id).order_by(RefundPart.line)
    found: dict[tuple[str | None, int], list[RefundPart]] = {}
    for part in session.scalars(query):
        found.setdefault((part.charge_id, part.fiscal_year), []).append(part)
    return found


def _debit(part: RefundPart, today: date) -> str:
    if part.account is None:
        return SUSPENSE
    return revenue(part.account) if _year_is_open(part.fiscal_year, today) else PAST_REFUND


def _year_is_open(year: int, today: date) -> bool:
    return today <= closing_day(year)


def _promised(session: Session, refund: Refund) -> Iterable[tuple[LedgerPosting, int]]:
    query = (
        select(LedgerPosting, func.sum(LedgerEntry.yen))
        .join(LedgerEntry, LedgerEntry.posting_id == LedgerPosting.id)
        .where(
            LedgerPosting.kind == PROMISED,
            LedgerPosting.source.startswith(f"{PROMISED}:{refund.id}:", autoescape=True),
        )
        .group_by(LedgerPosting.id)
        .order_by(LedgerPosting.id)
    )
    return [(posting, int(yen)) for posting, yen in session.execute(query)]
