"""What each payout is made of, to the yen; and payouts that go the wrong way or failed."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.bank.matching import FAILED
from payments.models import BankMatch, Payout, PayoutItem, ProviderTransaction
from payments.reconciliation.mismatches import Mismatch


def find(session: Session, day: date) -> Iterator[Mismatch]:
    """The payouts sent on the day whose movements less fees are not what was sent, that failed, or that take money."""
    rows = session.execute(
        select(Payout, BankMatch.line_id)
        .outerjoin(BankMatch, (BankMatch.provider == Payout.provider) & (BankMatch.payout_id == Payout.payout_id))
        .where(Payout.day == day)
        .order_by(Payout.payout_id)
    ).all()
    sums = _sums(session, day)
    for payout, line_id in rows:
        contents = sums.get((payout.provider, payout.payout_id))
        if payout.automatic and (contents or 0) != payout.yen + payout.fee_yen:
            yield Mismatch("payout_sum_differs", None, None, payout.payout_id, payout.yen + payout.fee_yen, contents)
        if payout.status in FAILED:
            yield Mismatch("payout_failed", None, None, payout.payout_id, payout.yen, None)
        elif payout.yen < 0 and line_id is None:
            yield Mismatch("payout_negative", None, None, payout.payout_id, None, payout.yen)


def _sums(session: Session, day: date) -> dict[tuple[str, str], int]:
    """What the movements of each payout of the day come to, less fees."""
    query = (
        select(Payout.provider, Payout.payout_id, func.sum(ProviderTransaction.yen - ProviderTransaction.fee_yen))
        .join(PayoutItem, (PayoutItem.provider == Payout.provider) & (PayoutItem.payout_id == Payout.payout_id))
        .join(
            ProviderTransaction,
            (ProviderTransaction.provider == PayoutItem.provider)
            & (ProviderTransaction.transaction_id == PayoutItem.transaction_id),
        )
        .where(Payout.day == day)
        .group_by(Payout.provider, Payout.payout_id)
    )
    return {(provider, payout): int(net) for provider, payout, net in session.execute(query)}
