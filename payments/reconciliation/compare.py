"""What matches on a day and what does not, from charges, ledger and imported transactions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.days import end_of
from payments.models import ProviderImport, ProviderTransaction
from payments.reconciliation.kinds import CLASSES
from payments.reconciliation.records import Records, gather
from payments.views import say_discrepancy

Kind = Literal[
    "not_recorded",
    "amount_differs",
    "not_in_ledger",
    "ledger_differs",
    "not_at_provider",
    "fee_not_posted",
    "payout_not_posted",
    "refund_unexpected",
    "unknown_transaction",
    "charge_without_payment",
]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that does not match; amounts in yen, None where there is nothing on that side."""

    kind: Kind
    charge_id: str | None
    reference: str | None
    provider_object: str
    expected_yen: int | None
    found_yen: int | None

    def say(self, language: str) -> str:
        """What is wrong and what to do, for the finance officer."""
        return say_discrepancy(self.kind, language, self.provider_object, _yen(self.expected_yen), _yen(self.found_yen))


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A day compared: payments that match three ways, and what does not.

    `imported_until` is how far the provider's transactions are known; None: never imported.
    """

    day: date
    matched: int
    matched_yen: int
    mismatches: tuple[Mismatch, ...]
    imported_until: datetime | None


def compare(session: Session, day: date) -> Reconciliation:
    """Compare a day of Tokyo; reads only, asks nobody.

    What the provider should have and has not is told only once its transactions are known beyond the day's end.
    """
    until = session.scalar(select(ProviderImport.until).order_by(ProviderImport.until).limit(1))
    records = gather(session, day)
    found = [
        *_transactions(records),
        *_payments(records, complete=until is not None and until >= end_of(day)),
        *_charges(records),
    ]
    wrong = {mismatch.provider_object for mismatch in found}
    good = [
        payment
        for payment in records.payments.values()
        if payment.payment_id in records.transactions_by_payment and payment.payment_id not in wrong
    ]
    return Reconciliation(day, len(good), sum(payment.yen for payment in good), tuple(found), until)


def _transactions(records: Records) -> Iterator[Mismatch]:
    """From the provider's side: each of its movements has what belongs to it on ours."""
    for row in records.transactions:
        sort = CLASSES.get(row.kind)
        if sort is None:
            yield _of_transaction("unknown_transaction", row, None)
        elif sort == "refund":
            yield _of_transaction("refund_unexpected", row, None)
        elif sort == "payout" and records.posted(f"payout:{row.provider}:{row.transaction_id}") != -row.yen:
            yield _of_transaction("payout_not_posted", row, None)
        elif sort == "taking":
            yield from _taking(records, row)


def _taking(records: Records, row: ProviderTransaction) -> Iterator[Mismatch]:
    payment = records.payments.get(row.payment_id or "") or records.other_days.get(row.payment_id or "")
    if payment is None:
        yield _of_transaction("not_recorded", row, None)
        return
    if payment.yen != row.yen:
        yield Mismatch("amount_differs", *records.names(payment), payment.payment_id, payment.yen, row.yen)
    if (records.posted(f"fee:{row.provider}:{row.transaction_id}") or 0) != row.fee_yen:
        yield _of_transaction("fee_not_posted", row, row.fee_yen)


def _payments(records: Records, *, complete: bool) -> Iterator[Mismatch]:
    """From our side: each payment is posted, and the provider has it."""
    for payment in records.payments.values():
        posted = records.received(payment)
        if posted is None:
            yield Mismatch("not_in_ledger", *records.names(payment), payment.payment_id, payment.yen, None)
        elif posted != payment.yen:
            yield Mismatch("ledger_differs", *records.names(payment), payment.payment_id, payment.yen, posted)
        if complete and payment.payment_id not in records.transactions_by_payment:
            yield Mismatch("not_at_provider", *records.names(payment), payment.payment_id, payment.yen, None)


def _charges(records: Records) -> Iterator[Mismatch]:
    """Each charge that is called paid has a payment of just its amount."""
    for charge, reference in records.paid_charges:
        paid = records.settled.get(charge.id)
        if paid != charge.yen:
            yield Mismatch("charge_without_payment", charge.id, reference, charge.id, charge.yen, paid)


def _of_transaction(kind: Kind, row: ProviderTransaction, expected: int | None) -> Mismatch:
    found = None if kind == "fee_not_posted" else row.yen
    return Mismatch(kind, None, None, row.transaction_id, expected, found)


def _yen(amount: int | None) -> str:
    return "-" if amount is None else f"{amount:,}"
