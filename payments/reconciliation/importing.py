"""Fetching the provider's transactions and payouts, keeping each once, posting fees and what is paid out."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from payments.bank.matching import match
from payments.discrepancies import note
from payments.ledger import Entry, fee_account, in_transit, post, provider_account
from payments.models import ProviderImport, ProviderTransaction
from payments.providers import Provider, Transaction
from payments.reconciliation.kinds import CLASSES
from payments.reconciliation.paid_out import Contents, ask_payouts, keep_payouts
from payments.reconciliation.rechecking import recheck
from payments.settlement.judging import CURRENCY
from procedures.database import Database
from procedures.days import fiscal_year, tokyo_day
from procedures.storing.chunks import in_chunks

FIRST_TIME = timedelta(days=30)
OVERLAP = timedelta(days=1)
"""How far each import reaches back behind the last, for what the provider listed late."""


def import_transactions(database: Database, provider: Provider, now: datetime, since: datetime | None = None) -> int:
    """Import what the provider moved since the last time, or since `since` if that is earlier; answers how many new.

    Fees and payouts are posted, payouts are matched with the bank, and what does not match on the days concerned goes
    on the worklist, or off it. Call it outside any transaction. Raises `ProviderUnavailable`, `ProviderRefused`; then
    nothing is kept.
    """
    with database.read() as session:
        last = session.scalar(select(ProviderImport.until).where(ProviderImport.provider == provider.name))
    start = last - OVERLAP if last else now - FIRST_TIME
    if since is not None:
        start = min(start, since)
    fetched = list(provider.transactions(start, now))
    payouts = ask_payouts(database, provider, now, fetched)
    with database.write() as session:
        fresh = _keep_all(session, provider.name, now, [*fetched, *_inside(payouts)])
        keep_payouts(session, provider.name, now, payouts)
        match(session, now)
        _note_until(session, provider.name, now)
        days = {tokyo_day(row.created_at) for row in fresh} | {day for one in payouts for day in one.days}
        recheck(session, now, days | _completed(last, now))
    return len(fresh)


def _inside(payouts: Sequence[Contents]) -> list[Transaction]:
    """What payouts are made of, which may be older than anything imported."""
    return [row for one in payouts for row in one.transactions]


def _completed(last: datetime | None, now: datetime) -> set[date]:
    """The days that ended since the last import: only now it can be told what the provider does not list."""
    day, found = tokyo_day(last or now), set()
    while day < tokyo_day(now):
        found.add(day)
        day += timedelta(days=1)
    return found


def _keep_all(session: Session, provider: str, now: datetime, rows: Sequence[Transaction]) -> list[Transaction]:
    """Keep and post what is not known yet, the oldest first; answers it."""
    by_id = {row.id: row for row in rows}
    known: set[str] = set()
    for ids in in_chunks(by_id):
        there = select(ProviderTransaction.transaction_id).where(
            ProviderTransaction.provider == provider, ProviderTransaction.transaction_id.in_(ids)
        )
        known |= set(session.scalars(there))
    fresh = sorted((row for row in by_id.values() if row.id not in known), key=lambda row: (row.created_at, row.id))
    for row in fresh:
        _keep(session, provider, now, row)
    return fresh


def _keep(session: Session, provider: str, now: datetime, row: Transaction) -> None:
    values = {
        "provider": provider,
        "transaction_id": row.id,
        "kind": row.kind,
        "source_id": row.source_id,
        "payment_id": row.payment_id,
        "yen": row.yen,
        "fee_yen": row.fee_yen,
        "currency": row.currency,
        "method": row.method,
        "created_at": row.created_at,
        "available_at": row.available_at,
        "day": tokyo_day(row.created_at),
        "imported_at": now,
    }
    session.execute(insert(ProviderTransaction.__table__), values)
    if row.currency != CURRENCY:
        note(session, now, "wrong_currency", row.id, CURRENCY, row.currency, None)
        return
    sort = CLASSES.get(row.kind)
    if sort == "taking" and row.fee_yen > 0:
        _post(
            session, now, "fee", provider, row, [Entry(fee_account(provider), provider_account(provider), row.fee_yen)]
        )
    elif sort in {"payout", "payout_back"} and row.yen:
        _post(session, now, "payout", provider, row, _sent(provider, row.yen))
        if row.fee_yen > 0:
            fee = Entry(fee_account(provider), provider_account(provider), row.fee_yen)
            _post(session, now, "fee", provider, row, [fee])


def _sent(provider: str, yen: int) -> list[Entry]:
    """Out of the balance (below 0) towards the bank, or back into it."""
    account, transit = provider_account(provider), in_transit(provider)
    return [Entry(transit, account, -yen) if yen < 0 else Entry(account, transit, yen)]


def _post(session: Session, now: datetime, kind: str, provider: str, row: Transaction, entries: list[Entry]) -> None:
    day = tokyo_day(row.created_at)
    post(session, now, kind, f"{kind}:{provider}:{row.id}", entries, day=day, fiscal_year=fiscal_year(day))


def _note_until(session: Session, provider: str, now: datetime) -> None:
    mine = update(ProviderImport.__table__).where(ProviderImport.__table__.c.provider == provider)
    if session.execute(mine.values(until=now)).rowcount == 0:
        session.execute(insert(ProviderImport.__table__), {"provider": provider, "until": now})
