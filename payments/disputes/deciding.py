"""What becomes of a lost dispute: wanted by one person, decided by another: claimed again, or written off."""

from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.fees import FeeQuote, QuotedLine, spread
from payments.demands.demanding import demand
from payments.demands.quotes import read_lines
from payments.discrepancies import noting
from payments.disputes.postings import CLAIMED_AGAIN, LOST, WRITTEN_OFF_KIND
from payments.ledger import Entry, post, posting_of, revenue
from payments.ledger.accounts import LOSS, WRITTEN_OFF
from payments.models import Charge, Discrepancy, Dispute, LedgerEntry, LedgerPosting, Payment
from payments.refunds.locking import lock_payment
from payments.refunds.rules import checked_text
from payments.refunds.sources import Source, sources
from payments.settlement.judging import GONE
from procedures import audit, notices
from procedures.actors import Actor
from procedures.authority import require
from procedures.days import fiscal_year, tokyo_day
from procedures.errors import NotFound, SamePerson
from procedures.models import Application

Ending = Literal["claim_again", "write_off"]
ENDINGS: tuple[Ending, ...] = ("claim_again", "write_off")
TO_PAY = timedelta(days=20)
"""How long a claim that is made again can be paid."""


class DisputeMoved(Exception):
    """It is not lost, or decided, or somebody has wanted or dropped something meanwhile."""


class CannotClaim(Exception):
    """Nobody can be asked for it again: the payment paid no charge, the case is over, or it was asked for already."""


def want(session: Session, actor: Actor, now: datetime, dispute_id: str, ending: str, reason: str) -> None:
    """Want an end for a lost dispute, with a reason; somebody else decides.

    Raises `NotFound`, `DisputeMoved`, `CannotClaim`, `RefundRefused` without a reason.
    """
    dispute, payment = _locked(session, actor, dispute_id)
    text = checked_text(reason, needed=True)
    if ending not in ENDINGS or dispute.ending is not None or loss_of(session, dispute.id) == 0:
        raise DisputeMoved
    if ending == "claim_again":
        _charge_to_claim(session, payment)
    dispute.ending, dispute.ending_reason = ending, text
    dispute.requested_by, dispute.requested_at = actor.key, now
    session.flush()
    audit.record(session, actor, now, "dispute.want", dispute.id, note=ending)


def drop(session: Session, actor: Actor, now: datetime, dispute_id: str) -> None:
    """Refuse what somebody wants, or take one's own wish back. Raises `NotFound`, `DisputeMoved`."""
    dispute, _ = _locked(session, actor, dispute_id)
    _check_wanted(dispute)
    dispute.ending = dispute.ending_reason = dispute.requested_by = dispute.requested_at = None
    session.flush()
    audit.record(session, actor, now, "dispute.drop", dispute.id)


def decide(session: Session, actor: Actor, now: datetime, dispute_id: str) -> None:
    """Decide what somebody else wants: posted, claimed again where that was wanted, and off the worklist.

    Raises `NotFound`, `SamePerson`, `DisputeMoved`, `CannotClaim`.
    """
    dispute, payment = _locked(session, actor, dispute_id)
    _check_wanted(dispute)
    if dispute.requested_by == actor.key:
        raise SamePerson
    loss = loss_of(session, dispute.id)
    if loss == 0:
        raise DisputeMoved
    if dispute.ending == "write_off":
        _write_off(session, now, dispute, payment, loss)
    else:
        _claim_again(session, actor, now, dispute, payment, loss)
    dispute.decided_by, dispute.decided_at = actor.key, now
    _resolve(session, actor, now, dispute)
    session.flush()
    audit.record(session, actor, now, f"dispute.{dispute.ending}", dispute.id, note=str(loss))


def loss_of(session: Session, dispute_id: str) -> int:
    """What of a dispute stands as a loss of which nobody has decided, in yen."""
    ended = any(posting_of(session, f"{kind}:{dispute_id}") is not None for kind in (WRITTEN_OFF_KIND, CLAIMED_AGAIN))
    query = (
        select(func.sum(LedgerEntry.yen))
        .join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
        .where(LedgerPosting.source == f"{LOST}:{dispute_id}")
    )
    return 0 if ended else session.scalar(query) or 0


def _locked(session: Session, actor: Actor, dispute_id: str) -> tuple[Dispute, Payment | None]:
    require(actor, "finance.dispute", None, dispute_id)
    found = session.execute(select(Dispute.payment_id).where(Dispute.id == dispute_id)).one_or_none()
    if found is None:
        raise NotFound(dispute_id)
    payment = lock_payment(session, found.payment_id) if found.payment_id else None
    query = select(Dispute).where(Dispute.id == dispute_id).with_for_update()
    return session.execute(query.execution_options(populate_existing=True)).scalar_one(), payment


def _check_wanted(dispute: Dispute) -> None:
    if dispute.ending is None or dispute.decided_by is not None or dispute.status != "lost":
        raise DisputeMoved


def _charge_to_claim(session: Session, payment: Payment | None) -> Charge:
    """The charge that the payment paid first. Raises `CannotClaim`."""
    if payment is None or payment.state != "settled" or payment.charge_id is None:
        raise CannotClaim
    charge = session.get_one(Charge, payment.charge_id)
    status = session.scalar(select(Application.status).where(Application.id == charge.application_id))
    again = select(Charge.id).where(
        Charge.application_id == charge.application_id,
        Charge.purpose == "again",
        Charge.status.in_(("demanded", "paid")),
    )
    if status in GONE or session.execute(again).first():
        raise CannotClaim
    return charge


def _write_off(session: Session, now: datetime, dispute: Dispute, payment: Payment | None, loss: int) -> None:
    """不納欠損: nobody claims it any more."""
    today = tokyo_day(now)
    charge_id = payment.charge_id if payment else None
    source, entry = f"{WRITTEN_OFF_KIND}:{dispute.id}", Entry(WRITTEN_OFF, LOSS, loss)
    year = fiscal_year(today)
    post(session, now, WRITTEN_OFF_KIND, source, [entry], day=today, fiscal_year=year, charge_id=charge_id)


def _claim_again(
    session: Session, actor: Actor, now: datetime, dispute: Dispute, payment: Payment | None, loss: int
) -> None:
    """What was taken as revenue was none; the case owes it again, by 歳入科目 as it was paid."""
    charge = _charge_to_claim(session, payment)
    assert payment is not None  # noqa: S101 - `_charge_to_claim` refuses where there is none
    found = [source for source in sources(session, payment) if source.account]
    parts = list(zip(found, spread(loss, [source.yen for source in found]), strict=True))
    entries = [Entry(revenue(str(source.account)), LOSS, yen) for source, yen in parts if yen]
    today = tokyo_day(now)
    source_name, year = f"{CLAIMED_AGAIN}:{dispute.id}", charge.fiscal_year
    post(session, now, CLAIMED_AGAIN, source_name, entries, day=today, fiscal_year=year, charge_id=charge.id)
    lines = tuple(_line(charge, source, yen) for source, yen in parts if yen)
    pay_by = today + TO_PAY
    demand(session, actor, now, charge.application_id, "again", FeeQuote(lines, 0, loss), pay_by)
    notices.queue(session, now, "claimed_again", charge.application_id, yen=loss, pay_by=pay_by.isoformat())


def _line(charge: Charge, source: Source, yen: int) -> QuotedLine:
    first = next(line for line in read_lines(charge.lines) if line.account == source.account or not source.account)
    return QuotedLine(
        id=f"again-{source.account}",
        title=first.title,
        law=first.law,
        account=str(source.account),
        count=1,
        unit_yen=yen,
        yen=yen,
    )


def _resolve(session: Session, actor: Actor, now: datetime, dispute: Dispute) -> None:
    lost = Discrepancy.key == noting.key_of("dispute_lost", dispute.dispute_id)
    noting.resolve(session, now, lost, actor.key, str(dispute.ending))
