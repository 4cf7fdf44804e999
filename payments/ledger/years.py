"""Which fiscal year (会計年度) an amount belongs to, and carrying over what is still owed when a year's books close.

A demand belongs to the year in which its notice was sent (地方自治法施行令第142条第1項第2号). What is paid for it
belongs to that year as long as the year's books are open: until 31 May after it (出納閉鎖, 地方自治法第235条の5).
What comes later is revenue of the year that runs then (過年度収入, 同施行令第160条): the claim is carried over to it.
Fees of the provider and other spending belong to the year of their own day (同施行令第143条).
"""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.ledger.accounts import carried, open_accounts, receivable
from payments.ledger.posting import Entry, post, posting_of
from payments.models import Charge, LedgerAccount, LedgerEntry, LedgerPosting
from procedures.days import fiscal_year, tokyo_day

CARRY_IN = "carry_in"


def closing_day(year: int) -> date:
    """The last day on which money is booked to the fiscal year."""
    return date(year + 1, 5, 31)


def year_of_receipt(demanded_year: int, day: date) -> int:
    """The fiscal year to which money of `day` (Tokyo) for a claim of `demanded_year` belongs."""
    return demanded_year if day <= closing_day(demanded_year) else fiscal_year(day)


def carry_over(session: Session, now: datetime, charge_id: str, demanded_year: int, day: date) -> int:
    """Make sure that what a charge owes stands in the year to which money of `day` belongs; answers that year.

    Where its books are closed the claim leaves its old year and enters the new one, at the same amounts; once.
    """
    standing = _standing_year(session, charge_id) or demanded_year
    year = year_of_receipt(standing, day)
    if year == standing or posting_of(session, f"{CARRY_IN}:{charge_id}:{year}") is not None:
        return year
    parts = _demanded(session, charge_id)
    open_accounts(session, {carried(account): ("carried", account, title) for account, title, _ in parts})
    leaving = [Entry(carried(account), receivable(account), yen) for account, _, yen in parts]
    entering = [Entry(receivable(account), carried(account), yen) for account, _, yen in parts]
    for kind, entries, of_year in (("carry_out", leaving, standing), (CARRY_IN, entering, year)):
        source = f"{kind}:{charge_id}:{year}"
        post(session, now, kind, source, entries, day=day, fiscal_year=of_year, charge_id=charge_id)
    return year


def carry_over_due(session: Session, now: datetime) -> int:
    """Carry over every charge that is owed from a year whose books are closed; answers how many it looked at."""
    today = tokyo_day(now)
    oldest_open = fiscal_year(today) if today > closing_day(fiscal_year(today) - 1) else fiscal_year(today) - 1
    owed = select(Charge.id, Charge.fiscal_year).where(Charge.status == "demanded", Charge.fiscal_year < oldest_open)
    rows = session.execute(owed).all()
    for charge_id, year in rows:
        carry_over(session, now, charge_id, year, today)
    return len(rows)


def _standing_year(session: Session, charge_id: str) -> int | None:
    """The year into which the charge was carried last."""
    query = select(func.max(LedgerPosting.fiscal_year))
    return session.scalar(query.where(LedgerPosting.charge_id == charge_id, LedgerPosting.kind == CARRY_IN))


def _demanded(session: Session, charge_id: str) -> list[tuple[str, str, int]]:
    """What was demanded, by 歳入科目: its code, its title, yen."""
    query = (
        select(LedgerAccount.revenue_code, LedgerAccount.title, func.sum(LedgerEntry.yen))
        .join(LedgerEntry, LedgerEntry.debit == LedgerAccount.code)
        .join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
        .where(LedgerPosting.charge_id == charge_id, LedgerPosting.kind == "demand")
        .group_by(LedgerAccount.revenue_code, LedgerAccount.title)
        .order_by(LedgerAccount.revenue_code)
    )
    return [(str(account), title, int(yen)) for account, title, yen in session.execute(query)]
