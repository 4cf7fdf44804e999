"""What of paid charges was given back, or is on its way: it counts as paid no longer."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.models import Refund, RefundPart

DECIDED = ("approved", "sent", "requires_action", "confirmed")
"""A refund that is only asked for may still be rejected."""


def given_back(session: Session, charge_ids: Collection[str]) -> dict[str, int]:
    """Yen by 歳入科目 that these charges brought and that two people have decided to give back."""
    query = (
        select(RefundPart.account, func.sum(RefundPart.yen))
        .join(Refund, Refund.id == RefundPart.refund_id)
        .where(RefundPart.charge_id.in_(charge_ids), RefundPart.account.is_not(None), Refund.status.in_(DECIDED))
        .group_by(RefundPart.account)
    )
    return {str(account): int(yen) for account, yen in session.execute(query)}
