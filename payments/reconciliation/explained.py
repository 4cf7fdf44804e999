"""Movements of the provider's balance that a refund or a dispute of ours explains: nothing else is compared of them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.models import DisputeMovement, Payment, ProviderTransaction, Refund
from payments.refunds.rules import LIVE
from procedures.storing.chunks import in_chunks

GIVEN = frozenset({"refund", "payment_refund"})
"""What the provider calls money that goes back."""
RETURNED = frozenset({"refund_failure", "payment_failure_refund"})
"""What it calls money that could not go back and came again."""


def unexplained(session: Session, rows: Sequence[ProviderTransaction]) -> list[ProviderTransaction]:
    """The movements, less those whose refund or dispute is known here with the same yen."""
    movements = _of_disputes(session, [row.transaction_id for row in rows])
    refunds = _refunds(session, [row for row in rows if row.kind in GIVEN | RETURNED])
    return [row for row in rows if (row.provider, row.transaction_id) not in movements and not _ours(row, refunds)]


def _of_disputes(session: Session, transaction_ids: Sequence[str]) -> set[tuple[str, str]]:
    table = DisputeMovement
    return {
        (row.provider, row.transaction_id)
        for ids in in_chunks(transaction_ids)
        for row in session.execute(select(table.provider, table.transaction_id).where(table.transaction_id.in_(ids)))
    }


def _refunds(session: Session, rows: Sequence[ProviderTransaction]) -> list[tuple[Refund, str]]:
    """Our refunds of the payments that were moved, each with the provider's id of its payment."""
    payments = sorted({row.payment_id for row in rows if row.payment_id})
    return [
        (refund, payment_id)
        for ids in in_chunks(payments)
        for refund, payment_id in session.execute(
            select(Refund, Payment.payment_id)
            .join(Payment, Payment.id == Refund.payment_id)
            .where(Payment.payment_id.in_(ids), Refund.way == "provider", Refund.status.in_((*LIVE, "failed")))
        )
    ]


def _ours(row: ProviderTransaction, refunds: Sequence[tuple[Refund, str]]) -> bool:
    """By the provider's id of the refund; while that is not written down yet, by its payment and yen."""
    if row.kind not in GIVEN | RETURNED:
        return False
    yen = -row.yen if row.kind in GIVEN else row.yen
    return any(
        refund.provider == row.provider
        and refund.yen == yen
        and row.payment_id == payment_id
        and (
            refund.provider_refund_id == row.source_id
            or (refund.provider_refund_id is None and refund.status == "approved")
        )
        for refund, payment_id in refunds
    )
