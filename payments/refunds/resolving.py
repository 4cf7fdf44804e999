"""The worklist once money was given back: what asked for it is done."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from payments.discrepancies import noting
from payments.models import Discrepancy, Payment, Refund

ENDED_WELL = "refunded"
"""The resolution of what a refund has settled."""
GONE_ON = ("paid_and_withdrawn", "paid_and_lapsed", "paid_and_refused", "paid_and_revoked")
"""What a payment of a case that went another way was noted under: any refund is the answer."""


def resolve(session: Session, now: datetime, refund: Refund, payment: Payment) -> None:
    """Resolve what the confirmed refund settles, in the name of who approved it.

    That is the discrepancy it was asked for, those of a payment in suspense that is given back in full, the one of a
    case that ended, and the failure of the refund whose place it took.
    """
    for settled in _settled(session, refund, payment):
        noting.resolve(session, now, settled, refund.decided_by, ENDED_WELL)


def _settled(session: Session, refund: Refund, payment: Payment) -> Iterator[ColumnElement[bool]]:
    table = Discrepancy.__table__
    if refund.discrepancy_id is not None:
        yield table.c.id == refund.discrepancy_id
    if refund.instead_of is not None:
        failed = session.get_one(Refund, refund.instead_of)
        yield table.c.key == noting.key_of("refund_failed", failed.provider_refund_id or failed.id)
    if payment.state == "suspense" and confirmed_yen(session, payment.id) == payment.yen:
        yield table.c.provider_object == payment.payment_id
    if payment.state == "settled":
        yield table.c.key.in_([noting.key_of(kind, payment.payment_id) for kind in GONE_ON])


def confirmed_yen(session: Session, payment_id: str) -> int:
    """What of a payment has been given back, in yen."""
    query = select(func.sum(Refund.yen)).where(Refund.payment_id == payment_id, Refund.status == "confirmed")
    return session.scalar(query) or 0
