"""Charges that end unpaid: lapsed on their day, or cancelled with a withdrawn case."""

from datetime import datetime

from sqlalchemy.orm import Session

from payments.providers import Provider
from procedures.actors import Actor
from procedures.database import Database


def lapse_overdue(database: Database, provider: Provider, now: datetime) -> int:
    """End every charge whose day is over, after asking the provider; answers how many lapsed."""
    raise NotImplementedError


def withdraw_charges(session: Session, actor: Actor, now: datetime, application_id: str) -> None:
    """Cancel what the case still owes, because it is withdrawn."""
    raise NotImplementedError
