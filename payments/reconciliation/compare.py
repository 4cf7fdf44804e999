"""What matches on a day and what does not: charges, ledger, the provider's movements and payouts, the bank's lines."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.models import BankStatement, ProviderImport
from payments.reconciliation.mismatches import Mismatch
from payments.reconciliation.records import gather
from payments.reconciliation.sides import bank, ours, payouts, transactions


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A day compared: payments that match three ways, and what does not.

    `imported_until` is how far the provider's transactions are known, `bank_until` the last day of the bank's
    statements; None: never imported.
    """

    day: date
    matched: int
    matched_yen: int
    mismatches: tuple[Mismatch, ...]
    imported_until: datetime | None
    bank_until: date | None


def compare(session: Session, day: date) -> Reconciliation:
    """Compare a day of Tokyo; reads only, asks nobody.

    What the provider or the bank should have and has not is told only once what they list is known beyond the day.
    """
    known = dict(session.execute(select(ProviderImport.provider, ProviderImport.until)).all())
    bank_until = session.scalar(select(func.max(BankStatement.last_on)))
    records = gather(session, day, known)
    found = [
        *transactions.find(records),
        *ours.find(records),
        *payouts.find(session, day),
        *bank.find(session, day, bank_until),
    ]
    wrong = {mismatch.provider_object for mismatch in found}
    good = [
        payment
        for payment in records.payments.values()
        if payment.payment_id in records.transactions_by_payment and payment.payment_id not in wrong
    ]
    matched_yen = sum(payment.yen for payment in good)
    return Reconciliation(day, len(good), matched_yen, tuple(found), min(known.values(), default=None), bank_until)
