"""Where the yen of a payment lie in the ledger: by 歳入科目 of each charge it paid, or in suspense."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from engine.fees import spread
from payments.ledger import SUSPENSE
from payments.models import LedgerAccount, LedgerEntry, LedgerPosting, Payment, Refund, RefundPart
from payments.refunds.rules import LIVE, RefundRefused
from payments.settlement.outcomes import KEPT, applied_source, receipt_source

TAKEN = ("receipt", "suspense")
FOUND = ("settled", "suspense")
"""The states of payments of which something can be given back."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a payment brought to one account: `yen`, of which `left` were not given back yet or promised to be.

    `account` is the 歳入科目, None for suspense; `fiscal_year` the year in which the money was booked.
    """

    charge_id: str | None
    account: str | None
    title: str
    fiscal_year: int
    yen: int
    left: int

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.charge_id or '-'}:{self.account or '-'}"


def sources(session: Session, payment: Payment) -> list[Source]:
    """The sources of a payment, in the order of the ledger.

    None where nothing was posted (another currency), two people decided to keep it, or it was voided at a counter.
    """
    if payment.state not in FOUND:
        return []
    given = _given(session, payment.id)
    return [
        Source(charge_id, account, title, year, yen, yen - given.get((charge_id, account), 0))
        for charge_id, account, title, year, yen in _taken(session, payment)
    ]


def split(found: Sequence[Source], yen: int, wanted: Mapping[str, int] | None) -> list[tuple[Source, int]]:
    """What of `yen` comes from which source: as a person says by the sources' keys, or in proportion to what is left.

    In proportion means rounded down, and the yen that this leaves over go to the largest remainders, the earlier
    source first: the rule by which payments are split over 歳入科目. Raises `RefundRefused`.
    """
    left = [source.left for source in found]
    if yen > sum(left):
        raise RefundRefused("too_much", sum(left))
    if wanted is None:
        parts = list(zip(found, spread(yen, left), strict=True))
    else:
        parts = [(source, wanted.get(source.key, 0)) for source in found]
        known = {source.key for source in found}
        wrong = set(wanted) - known or any(part < 0 or part > source.left for source, part in parts)
        if wrong or sum(part for _, part in parts) != yen:
            raise RefundRefused("parts", sum(left))
    return [(source, part) for source, part in parts if part]


def _taken(session: Session, payment: Payment) -> list[tuple[str | None, str | None, str, int, int]]:
    """Charge, 歳入科目, its title, fiscal year, yen; a payment of several charges has a posting for each.

    What lay in suspense and was set against a charge later lies there no more; what was kept as sundry revenue (雑入)
    is nobody's to give back.
    """
    if payment.state == KEPT:
        return []
    source = receipt_source(payment.provider, payment.payment_id)
    applied = applied_source(payment)
    named = or_(
        LedgerPosting.source.in_((source, applied)), LedgerPosting.source.startswith(f"{source}:", autoescape=True)
    )
    query = (
        select(LedgerPosting, LedgerEntry, LedgerAccount)
        .join(LedgerEntry, LedgerEntry.posting_id == LedgerPosting.id)
        .join(LedgerAccount, LedgerAccount.code == LedgerEntry.credit)
        .where(named, LedgerPosting.kind.in_(TAKEN))
        .order_by(LedgerPosting.id, LedgerEntry.line)
    )
    rows = session.execute(query).all()
    applied_yen = sum(entry.yen for _, entry, _ in rows if entry.debit == SUSPENSE)
    found = []
    for posting, entry, account in rows:
        held = entry.credit == SUSPENSE
        yen = entry.yen - applied_yen if held else entry.yen
        if yen > 0:
            charge_id = None if held else posting.charge_id
            found.append((charge_id, account.revenue_code, account.title, posting.fiscal_year, yen))
    return found


def _given(session: Session, payment_id: str) -> dict[tuple[str | None, str | None], int]:
    query = (
        select(RefundPart.charge_id, RefundPart.account, func.sum(RefundPart.yen))
        .join(Refund, Refund.id == RefundPart.refund_id)
        .where(Refund.payment_id == payment_id, Refund.status.in_(LIVE))
        .group_by(RefundPart.charge_id, RefundPart.account)
    )
    return {(charge_id, account): int(yen) for charge_id, account, yen in session.execute(query)}
