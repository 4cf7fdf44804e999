"""The day's sheet of a counter: what stood in it, was taken, voided, paid in, is left; held to the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from payments.models import Charge, CounterDeposit, CounterEntry, CounterVoid, LedgerEntry, LedgerPosting, PaymentShare
from payments.providers import counter
from procedures.models import Application
from procedures.reading.names import names_of


@dataclass(frozen=True, slots=True)
class EntryView:
    """One payment; `void` is none, asked or done, `void_by_id` who asked. `charge_ids` are what it paid."""

    id: str
    application_id: str
    reference: str
    method: str
    slip: str
    yen: int
    by: str
    at: datetime
    void: str | None
    void_reason: str
    void_by: str | None
    void_by_id: str | None
    charge_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DepositView:
    """One payment to the bank."""

    method: str
    slip: str
    yen: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Till:
    """Cash or card terminal of an office on a day, in yen. `left` is what the entries say, `ledger` what books do."""

    method: str
    opening: int
    taken: int
    voided: int
    deposited: int
    ledger: int

    @property
    def left(self) -> int:
        """What has to be there in the evening."""
        return self.opening + self.taken - self.voided - self.deposited

    @property
    def agrees(self) -> bool:
        """Whether the books say the same."""
        return self.left == self.ledger


@dataclass(frozen=True, slots=True)
class CounterSheet:
    """A day of an office."""

    office: str
    day: date
    tills: tuple[Till, ...]
    entries: tuple[EntryView, ...]
    deposits: tuple[DepositView, ...]


def sheet(session: Session, office: str, day: date) -> CounterSheet:
    """The sheet of an office and a day of Tokyo. The caller has checked that the reader may see it."""
    entries, deposits = _entries(session, office, day), _deposits(session, office, day)
    tills = tuple(_till(session, office, day, method, entries, deposits) for method in counter.METHODS)
    return CounterSheet(office, day, tills, entries, deposits)


def _till(
    session: Session,
    office: str,
    day: date,
    method: str,
    entries: Sequence[EntryView],
    deposits: Sequence[DepositView],
) -> Till:
    mine = [one for one in entries if one.method == method]
    account = counter.account(method, office)
    return Till(
        method,
        _standing(session, account, day, before=True),
        sum(one.yen for one in mine),
        sum(one.yen for one in mine if one.void == "done"),
        sum(one.yen for one in deposits if one.method == method),
        _standing(session, account, day, before=False),
    )


def _standing(session: Session, account: str, day: date, *, before: bool) -> int:
    """What the books say stands on an account before the day, or at its end."""
    signed = case((LedgerEntry.debit == account, LedgerEntry.yen), else_=-LedgerEntry.yen)
    until = LedgerPosting.day < day if before else LedgerPosting.day <= day
    query = (
        select(func.sum(signed))
        .join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
        .where((LedgerEntry.debit == account) | (LedgerEntry.credit == account), until)
    )
    return int(session.scalar(query) or 0)


def _entries(session: Session, office: str, day: date) -> tuple[EntryView, ...]:
    query = (
        select(CounterEntry, CounterVoid, Application.reference)
        .join(Application, Application.id == CounterEntry.application_id)
        .outerjoin(CounterVoid, CounterVoid.entry_id == CounterEntry.id)
        .where(CounterEntry.office == office, CounterEntry.day == day)
        .order_by(CounterEntry.entered_at, CounterEntry.id)
    )
    rows = session.execute(query).all()
    names = names_of(session, (one for row, void, _ in rows for one in (row.entered_by, void and void.requested_by)))
    paid = _charges(session, [row.payment_id for row, _, _ in rows])
    return tuple(
        EntryView(
            row.id,
            row.application_id,
            reference,
            row.method,
            row.slip,
            row.yen,
            names.get(row.entered_by, row.entered_by),
            row.entered_at,
            None if void is None else "done" if void.decided_by else "asked",
            void.reason if void else "",
            names.get(void.requested_by, void.requested_by) if void else None,
            void.requested_by if void else None,
            paid.get(row.payment_id, ()),
        )
        for row, void, reference in rows
    )


def _charges(session: Session, payments: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    query = (
        select(PaymentShare.payment_id, PaymentShare.charge_id)
        .join(Charge, Charge.id == PaymentShare.charge_id)
        .where(PaymentShare.payment_id.in_(payments), Charge.status == "paid")
        .order_by(Charge.demanded_at, Charge.id)
    )
    for payment_id, charge_id in session.execute(query):
        found[payment_id] = (*found.get(payment_id, ()), charge_id)
    return found


def _deposits(session: Session, office: str, day: date) -> tuple[DepositView, ...]:
    query = select(CounterDeposit).where(CounterDeposit.office == office, CounterDeposit.day == day)
    rows = session.scalars(query.order_by(CounterDeposit.entered_at, CounterDeposit.id)).all()
    names = names_of(session, (row.entered_by for row in rows))
    return tuple(
        DepositView(row.method, row.slip, row.yen, names.get(row.entered_by, row.entered_by), row.entered_at)
        for row in rows
    )
