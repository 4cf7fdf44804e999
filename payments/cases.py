"""The steps of a case that have to do with money, each as one: submit, correct, approve, withdraw."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from engine.fees import FeeQuote
from engine.lifecycle import Event, Status, Who
from payments import differences
from payments.demands.demanding import demand
from payments.endings import withdraw_charges
from payments.leftovers import issue_fee_paid, note_paid
from payments.views import Purpose
from procedures import applications, decisions, lifecycle, submissions
from procedures.actors import SYSTEM, Actor
from procedures.corrections import resubmitting
from procedures.decisions import Decided
from procedures.submissions import Submitted
from procedures.waiving import deciding
from procedures.waiving.deciding import Choice, Settled
from procedures.waiving.waiting import waits


def submit(session: Session, actor: Actor, now: datetime, application_id: str, revision: int, seen: str) -> Submitted:
    """`procedures.submissions.submit`, and the demand where the fee is due at submission. Raises what that raises."""
    done = submissions.submit(session, actor, now, application_id, revision, seen)
    if done.status is Status.AWAITING_FEE and not waits(session, application_id):
        _demand(session, actor, now, application_id, "submission", done.quote, done.pay_by)
    return done


@dataclass(frozen=True, slots=True)
class Resubmitted:
    """A correction that was sent; `difference` is what it costs more (below 0: less) than was demanded until then."""

    status: Status
    difference: int


def resubmit(
    session: Session, actor: Actor, now: datetime, application_id: str, revision: int, seen: str, note: str = ""
) -> Resubmitted:
    """`procedures.corrections.resubmitting.resubmit`, and what it changes of the fee. Raises what that raises.

    Where the fee was due at submission, what is missing is demanded and what is too much waits for a person; where it
    is due later, the new price is demanded then.
    """
    done = resubmitting.resubmit(session, actor, now, application_id, revision, seen, note)
    if done.status is Status.AWAITING_FEE and not waits(session, application_id):
        status = _fee_known(session, actor, now, application_id, done.after, done.pay_by)
        return Resubmitted(status, 0)
    if not done.charged:
        return Resubmitted(done.status, 0)
    subject = f"{done.reference}/{done.round}"
    difference = differences.settle(session, actor, now, application_id, subject, done.after, done.pay_by)
    return Resubmitted(done.status, difference)


def approve(
    session: Session,
    actor: Actor,
    now: datetime,
    application_id: str,
    proposal_id: str,
    *,
    stage: str | None = None,
    in_place_of: str | None = None,
    seen: Mapping[str, str] | None = None,
) -> Decided:
    """`procedures.decisions.approve`, and the demand where the fee is due for the issue. Raises what that raises.

    What was paid for a case that is refused waits for a person.
    """
    lifecycle.lock(session, application_id)
    paid = issue_fee_paid(session, application_id)
    done = decisions.approve(
        session,
        actor,
        now,
        application_id,
        proposal_id,
        stage=stage,
        in_place_of=in_place_of,
        fee_paid=paid,
        seen=seen,
    )
    if done.status is Status.REFUSED:
        note_paid(session, now, application_id, "refused")
    if done.status is Status.AWAITING_ISSUE_FEE:
        _demand(session, actor, now, application_id, "approval", done.quote, done.pay_by)
    return done


def confirm_change(session: Session, actor: Actor, now: datetime, application_id: str, proposal_id: str) -> Status:
    """`procedures.decisions.confirm`; what was paid for a case that is revoked or taken up again waits for a person."""
    status = decisions.confirm(session, actor, now, application_id, proposal_id)
    note_paid(session, now, application_id, "revoked" if status is Status.REVOKED else "reopened")
    return status


def decide_waiver(
    session: Session, actor: Actor, now: datetime, application_id: str, request_id: str, choice: Choice
) -> Status:
    """`procedures.waiving.deciding.decide`, and what it means for the fee. Raises what that raises.

    A reduction (減免) comes before the demand (調定): only what is left is demanded, and nothing of what was waived is
    posted. Where nothing is left, the case goes on as if it were paid.
    """
    return _settle(session, actor, now, deciding.decide(session, actor, now, application_id, request_id, choice))


def approve_waiver(session: Session, actor: Actor, now: datetime, application_id: str, request_id: str) -> Status:
    """`procedures.waiving.deciding.approve`, and what it means for the fee, as `decide_waiver`."""
    return _settle(session, actor, now, deciding.approve(session, actor, now, application_id, request_id))


def _settle(session: Session, actor: Actor, now: datetime, done: Settled) -> Status:
    if done.waits:
        return done.status
    if done.charged:
        subject = f"waiver/{done.request_id}"
        differences.settle(session, actor, now, done.application_id, subject, done.quote, done.pay_by)
    if done.status is not Status.AWAITING_FEE:
        return done.status
    return _fee_known(session, actor, now, done.application_id, done.quote, done.pay_by)


def _fee_known(
    session: Session, actor: Actor, now: datetime, application_id: str, quote: FeeQuote | None, pay_by: date | None
) -> Status:
    """Demand what is left of a fee that waited for a reduction; where nothing is, the case goes on."""
    if quote is None or not quote.total:
        return lifecycle.apply(session, SYSTEM, now, application_id, Event.WAIVE, who=Who.SYSTEM)
    _demand(session, actor, now, application_id, "submission", quote, pay_by)
    return Status.AWAITING_FEE


def _demand(
    session: Session,
    actor: Actor,
    now: datetime,
    application_id: str,
    purpose: Purpose,
    quote: FeeQuote | None,
    pay_by: date | None,
) -> None:
    if quote is None or pay_by is None:
        raise RuntimeError("a case waits for a fee that nobody has quoted")
    demand(session, actor, now, application_id, purpose, quote, pay_by)


def withdraw(session: Session, actor: Actor, now: datetime, application_id: str, note: str | None = None) -> Status:
    """`procedures.applications.withdraw`; what the case owed is cancelled, what it paid waits for a person.

    Raises what that raises.
    """
    status = applications.withdraw(session, actor, now, application_id, note)
    withdraw_charges(session, now, application_id)
    note_paid(session, now, application_id, "withdrawn")
    return status
