"""Payouts: asking the provider what each is and what it is made of, and keeping that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from payments.models import Payout, PayoutItem
from payments.providers import PayoutState, Provider, Transaction
from payments.reconciliation.kinds import CLASSES
from procedures.database import Database
from procedures.days import tokyo_day
from procedures.storing.chunks import in_chunks

ON_THE_WAY = ("pending", "in_transit")
AGAIN = timedelta(minutes=30)
"""How long a payout on its way is left alone before it is asked for again."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A payout, the fee for sending it, and the movements that it settles; these only where it is asked for first."""

    state: PayoutState
    fee_yen: int
    transactions: tuple[Transaction, ...]

    @property
    def days(self) -> set[date]:
        """The days (Tokyo) on which it was sent and is to arrive."""
        return {tokyo_day(self.state.created_at), self.state.arrives_on}


def ask_payouts(
    database: Database, provider: Provider, now: datetime, fetched: Sequence[Transaction]
) -> list[Contents]:
    """Ask for the payouts among the movements fetched that are not known, and again for those on their way.

    Call it outside any transaction. Raises `ProviderUnavailable`, `ProviderRefused`.
    """
    sent = {
        row.source_id: row
        for row in fetched
        if CLASSES.get(row.kind) == "payout" and row.source_id and row.currency == "jpy"
    }
    with database.read() as session:
        known = _known(session, provider.name, list(sent))
        waiting = _waiting(session, provider.name, now)
    found = []
    for payout_id in [*(payout_id for payout_id in sent if payout_id not in known), *waiting]:
        state = provider.payout(payout_id)
        new = payout_id not in known and payout_id not in waiting
        inside = tuple(_settled(provider, payout_id)) if new and state.automatic else ()
        fee = sent[payout_id].fee_yen if payout_id in sent else 0
        found.append(Contents(state, fee, inside))
    return found


def keep_payouts(session: Session, provider: str, now: datetime, payouts: Sequence[Contents]) -> None:
    """Keep each payout once; one that is known gets its new state."""
    table = Payout.__table__
    for one in payouts:
        state = one.state
        told = {"status": state.status, "arrives_on": state.arrives_on, "asked_at": now}
        there = update(table).where(table.c.provider == provider, table.c.payout_id == state.id)
        if session.execute(there.values(told)).rowcount:
            continue
        row = {
            "provider": provider,
            "payout_id": state.id,
            "transaction_id": state.transaction_id or "",
            "yen": state.yen,
            "fee_yen": one.fee_yen,
            "automatic": state.automatic,
            "day": tokyo_day(state.created_at),
        }
        session.execute(insert(table), row | told)
        items = [
            {"provider": provider, "transaction_id": inside.id, "payout_id": state.id} for inside in one.transactions
        ]
        for some in in_chunks(items):
            session.execute(insert(PayoutItem.__table__), some)


def _settled(provider: Provider, payout_id: str) -> list[Transaction]:
    """What the payout is made of; the provider lists the payout's own movement among it."""
    return [row for row in provider.payout_contents(payout_id) if CLASSES.get(row.kind) != "payout"]


def _known(session: Session, provider: str, payouts: Sequence[str]) -> set[str]:
    known: set[str] = set()
    for ids in in_chunks(payouts):
        there = select(Payout.payout_id).where(Payout.provider == provider, Payout.payout_id.in_(ids))
        known |= set(session.scalars(there))
    return known


def _waiting(session: Session, provider: str, now: datetime) -> list[str]:
    on_the_way = select(Payout.payout_id).where(
        Payout.provider == provider, Payout.status.in_(ON_THE_WAY), Payout.asked_at <= now - AGAIN
    )
    return list(session.scalars(on_the_way.order_by(Payout.payout_id)))
