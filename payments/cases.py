"""The steps of a case that have to do with money, each as one: submit, approve, withdraw."""

from datetime import datetime

from sqlalchemy.orm import Session

from engine.lifecycle import Status
from payments.demands.demanding import demand
from payments.endings import withdraw_charges
from procedures import applications, decisions, submissions
from procedures.actors import Actor
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


def approve(session: Session, actor: Actor, now: datetime, application_id: str, proposal_id: str) -> Decided:
    """`procedures.decisions.approve`, and the demand where the fee is due for the issue. Raises what that raises."""
    done = decisions.approve(session, actor, now, application_id, proposal_id)
    if done.status is Status.AWAITING_ISSUE_FEE:
        if done.quote is None or done.pay_by is None:
            raise RuntimeError("a case waits for a fee that nobody has quoted")
        demand(session, actor, now, application_id, "approval", done.quote, done.pay_by)
    return done


def withdraw(session: Session, actor: Actor, now: datetime, application_id: str, note: str | None = None) -> Status:
    """`procedures.applications.withdraw`, and what the case still owed is cancelled. Raises what that raises."""
    status = applications.withdraw(session, actor, now, application_id, note)
    withdraw_charges(session, now, application_id)
    return status
