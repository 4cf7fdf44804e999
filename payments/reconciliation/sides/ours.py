"""From our side: each payment is posted and the provider has it, each paid charge has its payment."""

from collections.abc import Iterator

from payments.reconciliation.mismatches import Mismatch
from payments.reconciliation.records import Records


def find(records: Records) -> Iterator[Mismatch]:
    """Payments and paid charges that miss their counterpart."""
    yield from _payments(records)
    for charge in records.paid_charges:
        paid = records.settled.get(charge.id)
        if paid != charge.yen:
            yield Mismatch("charge_without_payment", charge.id, charge.reference, charge.id, charge.yen, paid)


def _payments(records: Records) -> Iterator[Mismatch]:
    for payment in records.payments.values():
        posted = records.received(payment)
        if posted is None:
            yield Mismatch("not_in_ledger", *records.names(payment), payment.payment_id, payment.yen, None)
        elif posted != payment.yen:
            yield Mismatch("ledger_differs", *records.names(payment), payment.payment_id, payment.yen, posted)
        if payment.provider in records.complete and payment.payment_id not in records.transactions_by_payment:
            yield Mismatch("not_at_provider", *records.names(payment), payment.payment_id, payment.yen, None)
