"""From the provider's side: each movement of its balance has what belongs to it on ours."""

from collections import Counter
from collections.abc import Iterator

from payments.models import ProviderTransaction
from payments.reconciliation.kinds import CLASSES
from payments.reconciliation.mismatches import Kind, Mismatch
from payments.reconciliation.records import Records


def find(records: Records) -> Iterator[Mismatch]:
    """Movements that are unknown, doubled, differ, or are not posted."""
    takings = Counter(row.payment_id for row in records.transactions if CLASSES.get(row.kind) == "taking")
    seen: set[str] = set()
    for row in records.transactions:
        sort = CLASSES.get(row.kind)
        if sort is None:
            yield _of(row, "unknown_transaction")
        elif sort == "refund":
            yield _of(row, "refund_unexpected")
        elif sort in {"payout", "payout_back"}:
            if records.posted(f"payout:{row.provider}:{row.transaction_id}") != abs(row.yen):
                yield _of(row, "payout_not_posted")
        elif row.payment_id is not None and takings[row.payment_id] > 1 and row.payment_id in seen:
            yield _of(row, "transaction_twice")
        else:
            seen.add(row.payment_id or "")
            yield from _taking(records, row)


def _taking(records: Records, row: ProviderTransaction) -> Iterator[Mismatch]:
    payment = records.payments.get(row.payment_id or "") or records.other_days.get(row.payment_id or "")
    if payment is None:
        yield _of(row, "not_recorded")
        return
    if payment.yen != row.yen:
        yield Mismatch("amount_differs", *records.names(payment), payment.payment_id, payment.yen, row.yen)
    posted = records.posted(f"fee:{row.provider}:{row.transaction_id}")
    if (posted or 0) != row.fee_yen:
        yield Mismatch("fee_not_posted", None, None, row.transaction_id, row.fee_yen, posted)


def _of(row: ProviderTransaction, kind: Kind) -> Mismatch:
    return Mismatch(kind, None, None, row.transaction_id, None, row.yen)
