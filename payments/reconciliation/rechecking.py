"""Comparing days again: what is found goes on the worklist, what is found no more goes off it."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.bank.matching import open_payouts
from payments.bank.pairing import WINDOW
from payments.discrepancies import forget, note
from payments.discrepancies.noting import key_of
from payments.models import BankStatement, Discrepancy
from payments.reconciliation.compare import compare


def recheck(session: Session, now: datetime, days: Collection[date]) -> None:
    """Compare these days, the days that still have something open, and those on which payouts should have arrived."""
    wanted = sorted({*days, *_open_days(session), *_arrival_days(session)})
    still = set()
    for day in wanted:
        for found in compare(session, day).mismatches:
            note(session, now, found.kind, found.provider_object, found.expected, found.found, found.charge_id, day=day)
            still.add(key_of(found.kind, found.provider_object))
    forget(session, now, wanted, still)


def _open_days(session: Session) -> set[date]:
    query = select(Discrepancy.day).where(Discrepancy.resolved_at.is_(None), Discrepancy.day.is_not(None)).distinct()
    return set(session.scalars(query))


def _arrival_days(session: Session) -> set[date]:
    """The days of payouts that the bank should have shown by now."""
    until = session.scalar(select(func.max(BankStatement.last_on)))
    if until is None:
        return set()
    return {payout.arrives_on for payout in open_payouts(session) if payout.arrives_on + WINDOW <= until}
