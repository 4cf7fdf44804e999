"""The steps of a case that have to do with money, each as one: submit, approve, withdraw."""

from datetime import datetime

from sqlalchemy.orm import Session

from engine.lifecycle import Status
from procedures.actors import Actor
from procedures.decisions import Decided
from procedures.submissions import Submitted


def submit(session: Session, actor: Actor, now: datetime, application_id: str, revision: int, seen: str) -> Submitted:
    """`procedures.submissions.submit`, and the demand where the fee is due at submission. Raises what that raises."""
    raise NotImplementedError


def approve(session: Session, actor: Actor, now: datetime, application_id: str, proposal_id: str) -> Decided:
    """`procedures.decisions.approve`, and the demand where the fee is due for the issue. Raises what that raises."""
    raise NotImplementedError


def withdraw(session: Session, actor: Actor, now: datetime, application_id: str, note: str | None = None) -> Status:
    """`procedures.applications.withdraw`, and what the case still owed is cancelled. Raises what that raises."""
    raise NotImplementedError
