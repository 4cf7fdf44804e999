"""The second signature: approving posts what is owed and sends it; rejecting ends the request."""

from datetime import datetime

from sqlalchemy.orm import Session

from payments.disputes.holding import withdrawn_yen
from payments.models import Refund
from payments.refunds import postings, telling
from payments.refunds.locking import lock_refund
from payments.refunds.rules import RefundMoved, RefundRefused, checked_text
from payments.refunds.sources import sources
from procedures import audit, jobs
from procedures.actors import Actor
from procedures.authority import require
from procedures.errors import SamePerson

SEND = "refund.send"


def approve(session: Session, actor: Actor, now: datetime, refund_id: str) -> None:
    """Approve a request of somebody else; a job sends it after the commit.

    Raises `NotFound`, `SamePerson`, `RefundMoved`, `RefundRefused` where a dispute took the money meanwhile.
    """
    refund = _decide(session, actor, now, refund_id, "approved", None)
    postings.promise(session, now, refund)
    if refund.way == "provider":
        jobs.enqueue(session, now, SEND, {"refund_id": refund.id}, key=f"{SEND}:{refund.id}")
    telling.tell(session, now, refund, "refund_approved")
    audit.record(session, actor, now, "refund.approve", refund.id, note=str(refund.yen))


def reject(session: Session, actor: Actor, now: datetime, refund_id: str, why: str) -> None:
    """Refuse a request of somebody else, with a reason.

    Raises `NotFound`, `SamePerson`, `RefundMoved`, `RefundRefused` without a reason.
    """
    text = checked_text(why, needed=True)
    refund = _decide(session, actor, now, refund_id, "rejected", text)
    audit.record(session, actor, now, "refund.reject", refund.id)


def _decide(session: Session, actor: Actor, now: datetime, refund_id: str, status: str, decision: str | None) -> Refund:
    require(actor, "finance.refund", None, refund_id)
    refund, payment = lock_refund(session, refund_id)
    if refund.status != "requested":
        raise RefundMoved(refund.status)
    if refund.requested_by == actor.key:
        raise SamePerson
    if status == "approved":
        left = sum(source.left for source in sources(session, payment))  # beside what this request holds
        if withdrawn_yen(session, payment.id) > left:
            raise RefundRefused("too_much", 0)
    refund.status, refund.decision = status, decision
    refund.decided_by, refund.decided_at = actor.key, now
    session.flush()
    return refund
