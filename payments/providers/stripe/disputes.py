"""Stripe's disputes as plain values."""

from collections.abc import Mapping
from typing import Any

from payments.providers.disputes import DisputeMovement, DisputeState, DisputeStatus
from payments.providers.stripe.values import id_of, moment

STATUSES: Mapping[str, DisputeStatus] = {
    "warning_needs_response": "inquiry",
    "warning_under_review": "inquiry",
    "warning_closed": "inquiry_closed",
    "needs_response": "needs_response",
    "appeal_needs_response": "needs_response",
    "under_review": "under_review",
    "appeal_under_review": "under_review",
    "won": "won",
    "lost": "lost",
    "prevented": "prevented",
}
"""Stripe's words in ours. A new word is an error (KeyError): nobody guesses who has the money."""


def dispute_state(dispute: Any) -> DisputeState:
    """A dispute with the movements of the balance that it made. Stripe says 0 where no answer is allowed."""
    evidence = dispute.evidence_details
    return DisputeState(
        id=dispute.id,
        status=STATUSES[dispute.status],
        payment_id=id_of(dispute.payment_intent),
        yen=dispute.amount,
        currency=dispute.currency,
        reason=dispute.reason,
        created_at=moment(dispute.created),
        evidence_due=moment(evidence.due_by) if evidence.due_by else None,
        evidence_sent=evidence.submission_count > 0,
        movements=tuple(
            DisputeMovement(id=row.id, yen=row.amount, fee_yen=row.fee, created_at=moment(row.created))
            for row in dispute.balance_transactions
        ),
    )
