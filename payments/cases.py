"""The steps of a case that have to do with money, each as one: submit, correct, approve, withdraw."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from engine.lifecycle import Status
from payments import differences
from payments.demands.demanding import demand
from payments.endings import withdraw_charges
from payments.leftovers import note_paid
from procedures import applications, decisions, submissions
from procedures.actors import Actor
from procedures.corrections import resubmitting
from procedures.decisions import Decided
from procedures.submissions import Submitted


def submit(session: Session, actor: Actor, now: datetime, application_id: str, revision: int, seen: str) -> Submitted:
    """`procedures.submissions.submit`, and the demand where the fee is due at submission. Raises what that raises."""
    done = submissions.submit(session, actor, now, application_id, revision, seen)
    if done.status is Status.AWAITING_FEE:
        if done.quote is None or done.pay_by is None:
            raise RuntimeError("a case waits for a fee that nobody has quoted")
        demand(session, actor, now, application_id, "submission", done.quote, done.pay_by)
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
    if not done.charged:
        return Resubmitted(done.status, 0)
    subject = f"{done.reference}/{done.round}"
    difference = differences.settle(session, actor, now, application_id, subject, done.after, done.pay_by)
    return Resubmitted(done.status, difference)


def approve(session: Session, actor: Actor, now: datetime, application_id: str, proposal_id: str) -> Decided:
    """`procedures.decisions.approve`, and the demand where the fee is due for the issue. Raises what that raises."""
    done = decisions.approve(session, actor, now, application_id, proposal_id)
    if done.status is Status.AWAITING_ISSUE_FEE:
        if done.quote is None or done.pay_by is None:
            raise RuntimeError("a case waits for a fee that nobody has quoted")
        demand(session, actor, now, application_id, "approval", done.quote, done.pay_by)
    return done


def withdraw(session: Session, actor: Actor, now: datetime, application_id: str, note: str | None = None) -> Status:
    """`procedures.applications.withdraw`; what the case owed is cancelled, what it paid waits for a person.

    Raises what that raises.
    """
    status = applications.withdraw(session, actor, now, application_id, note)
    withdraw_charges(session, now, application_id)
    note_paid(session, now, application_id, "withdrawn")
    return status
