"""Fetching the provider's transactions, keeping each once, posting what the provider kept as its fee."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from payments.discrepancies import note
from payments.ledger import Entry, fee_account, in_transit, post, provider_account
from payments.models import ProviderImport, ProviderTransaction
from payments.providers import Provider, Transaction
from payments.reconciliation.compare import compare
from payments.reconciliation.kinds import CLASSES
from payments.settlement.judging import CURRENCY
from procedures.database import Database
from procedures.days import fiscal_year, tokyo_day

FIRST_TIME = timedelta(days=30)
OVERLAP = timedelta(days=1)
"""How far each import reaches back behind the last, for what the provider listed late."""


def import_transactions(database: Database, provider: Provider, now: datetime, since: datetime | None = None) -> int:
    """Import what the provider moved since the last time, or since `since` if that is earlier; answers how many new.

    Fees and payouts are posted, and what does not match on the days concerned goes on the worklist. Call it outside
    any transaction. Raises `ProviderUnavailable`, `ProviderRefused`; then nothing is kept.
    """
    with database.read() as session:
        last = session.scalar(select(ProviderImport.until).where(ProviderImport.provider == provider.name))
    start = last - OVERLAP if last else now - FIRST_TIME
    if since is not None:
        start = min(start, since)
    fetched = sorted(provider.transactions(start, now), key=lambda row: row.created_at)
    with database.write() as session:
        fresh = _unknown(session, provider.name, fetched)
        for row in fresh:
            _keep(session, provider.name, now, row)
        _note_until(session, provider.name, now)
        for day in sorted({tokyo_day(row.created_at) for row in fresh}):
            for found in compare(session, day).mismatches:
                expected, seen = str(found.expected_yen), str(found.found_yen)
                note(session, now, found.kind, found.provider_object, expected, seen, found.charge_id)
    return len(fresh)


def _unknown(session: Session, provider: str, fetched: Sequence[Transaction]) -> list[Transaction]:
    ids = [row.id for row in fetched]
    there = select(ProviderTransaction.transaction_id).where(
        ProviderTransaction.provider == provider, ProviderTransaction.transaction_id.in_(ids)
    )
    known = set(session.scalars(there))
    return [row for row in fetched if row.id not in known]


def _keep(session: Session, provider: str, now: datetime, row: Transaction) -> None:
    day = tokyo_day(row.created_at)
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
        "day": day,
        "imported_at": now,
    }
    session.execute(insert(ProviderTransaction.__table__), values)
    if row.currency != CURRENCY:
        note(session, now, "wrong_currency", row.id, CURRENCY, row.currency, None)
        return
    account, sort = provider_account(provider), CLASSES.get(row.kind)
    if sort == "taking" and row.fee_yen > 0:
        _post(session, now, "fee", provider, row, Entry(fee_account(provider), account, row.fee_yen))
    elif sort == "payout" and row.yen < 0:
        _post(session, now, "payout", provider, row, Entry(in_transit(provider), account, -row.yen))
    elif sort == "payout" and row.yen > 0:
        _post(session, now, "payout", provider, row, Entry(account, in_transit(provider), row.yen))


def _post(session: Session, now: datetime, kind: str, provider: str, row: Transaction, entry: Entry) -> None:
    day = tokyo_day(row.created_at)
    post(session, now, kind, f"{kind}:{provider}:{row.id}", [entry], day=day, fiscal_year=fiscal_year(day))


def _note_until(session: Session, provider: str, now: datetime) -> None:
    mine = update(ProviderImport.__table__).where(ProviderImport.__table__.c.provider == provider)
    if session.execute(mine.values(until=now)).rowcount == 0:
        session.execute(insert(ProviderImport.__table__), {"provider": provider, "until": now})
