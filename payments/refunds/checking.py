"""The promises about refunds re-checked on live data: never more than was paid, and each step in the ledger."""

from collections.abc import Iterator

from sqlalchemy import Select, String, case, cast, func, literal, select
from sqlalchemy.orm import Session

from payments.disputes.recording import TWICE
from payments.ledger.accounts import REFUND_PAYABLE
from payments.models import (
    Discrepancy,
    Dispute,
    DisputeMovement,
    LedgerEntry,
    LedgerPosting,
    Payment,
    Refund,
    RefundPart,
)
from payments.refunds.postings import PAID, PROMISED, UNDONE
from payments.refunds.rules import LIVE, UNDERWAY
from procedures.doctor import Finding


def run(session: Session, standing: dict[str, int]) -> Iterator[Finding]:
    """Every check of refunds; `standing` is what stands on the accounts."""
    yield from _of(session, "refunded_too_much", _too_much())
    parts = (
        select(RefundPart.refund_id, func.sum(RefundPart.yen).label("yen")).group_by(RefundPart.refund_id).subquery()
    )
    whole = select(Refund.id).outerjoin(parts, parts.c.refund_id == Refund.id)
    yield from _of(session, "refund_parts_differ", whole.where(func.coalesce(parts.c.yen, 0) != Refund.yen))
    yield from _of(session, "refund_not_posted", _unposted((*UNDERWAY, "confirmed", "failed"), PROMISED))
    yield from _of(session, "refund_paid_not_posted", _unposted(("confirmed",), PAID))
    yield from _of(session, "refund_not_taken_back", _unposted(("failed",), UNDONE))
    waiting = session.scalar(select(func.sum(Refund.yen)).where(Refund.status.in_(UNDERWAY))) or 0
    if -standing.get(REFUND_PAYABLE, 0) != waiting:
        yield Finding("money.payable_differs", "ledger", "payment.doctor_payable_differs")


def taken_from_suspense(session: Session) -> int:
    """What was promised out of suspense and not taken back, in yen."""
    query = (
        select(func.sum(RefundPart.yen))
        .join(Refund, Refund.id == RefundPart.refund_id)
        .where(RefundPart.account.is_(None), Refund.status.in_((*UNDERWAY, "confirmed")))
    )
    return session.scalar(query) or 0


def _of(session: Session, check: str, ids: Select[tuple[str]]) -> Iterator[Finding]:
    for object_id in session.scalars(ids):
        yield Finding(f"money.{check}", object_id, f"payment.doctor_{check}")


def _too_much() -> Select[tuple[str]]:
    """Payments of which more is on its way back, or taken back by disputes, than they brought.

    Where the payer's bank took what had been given back already, a person was told (`disputed_after_refund`).
    """
    given = (
        select(func.coalesce(func.sum(Refund.yen), 0))
        .where(Refund.payment_id == Payment.id, Refund.status.in_([status for status in LIVE if status != "requested"]))
        .scalar_subquery()
    )
    disputed = (
        select(func.coalesce(func.sum(DisputeMovement.yen), 0))
        .join(Dispute, Dispute.id == DisputeMovement.dispute_id)
        .where(Dispute.payment_id == Payment.id)
        .scalar_subquery()
    )
    told = (
        select(Discrepancy.id)
        .join(Dispute, Discrepancy.key == literal(f"{TWICE}:") + Dispute.dispute_id)
        .where(Dispute.payment_id == Payment.id)
        .exists()
    )
    return select(Payment.id).where(given > 0, given - case((told, 0), else_=disputed) > Payment.yen)


def _unposted(statuses: tuple[str, ...], kind: str) -> Select[tuple[str]]:
    """Refunds in these states of which a posting of this kind is missing, or has other yen than its parts."""
    group = (RefundPart.refund_id, RefundPart.charge_id, RefundPart.fiscal_year)
    parts = (
        select(*group, func.sum(RefundPart.yen).label("yen"))
        .join(Refund, Refund.id == RefundPart.refund_id)
        .where(Refund.status.in_(statuses))
        .group_by(*group)
        .subquery()
    )
    begin = f"reversal:{PROMISED}:" if kind == UNDONE else f"{kind}:"
    year = cast(parts.c.fiscal_year, String)
    source = literal(begin) + parts.c.refund_id + ":" + func.coalesce(parts.c.charge_id, "-") + ":" + year
    posted = func.coalesce(func.sum(LedgerEntry.yen), 0)
    return (
        select(parts.c.refund_id)
        .outerjoin(LedgerPosting, LedgerPosting.source == source)
        .outerjoin(LedgerEntry, LedgerEntry.posting_id == LedgerPosting.id)
        .group_by(parts.c.refund_id, parts.c.charge_id, parts.c.fiscal_year, parts.c.yen)
        .having(posted != parts.c.yen)
    )
