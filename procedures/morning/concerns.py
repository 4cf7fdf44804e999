"""What people who run the service have to be told of: each concern with who looks after it, and where."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from procedures.actors import EVERYWHERE
from procedures.days import tokyo_day
from procedures.models import Application, Job, WebhookDelivery, WebhookSubscription
from procedures.reading.queues import WITH_OFFICE

Offices = frozenset[str]
Count = Callable[[Session, datetime, Offices], int]

ALL: Offices = frozenset({EVERYWHERE})
MAILS = ("notice.send", "reach.code", "escalation.mail", "webhook.alarm", "morning.mail")
PATIENCE = timedelta(minutes=10)
"""Mail that waits longer counts as undelivered."""
STUCK_AFTER = timedelta(hours=1)
"""A job that has been due for longer was done by nobody."""


@dataclass(frozen=True, slots=True)
class Concern:
    """One kind of thing that waits: `role` looks after it on `page` (without the first slash).

    `count` says how many there are in offices; concerns of the whole installation do not look at them. `always`: told
    on days off, too. The words are `operator.morning_<name>`.
    """

    name: str
    role: str
    page: str
    count: Count
    always: bool = False


def undelivered_mails(session: Session, now: datetime, _offices: Offices) -> int:
    """Mails, SMS and the like that were given up, failed, or wait for longer than they should."""
    late = (Job.state == "waiting") & ((Job.attempts > 0) | (Job.run_at < now - PATIENCE))
    return _number(session, Job.id, Job.kind.in_(MAILS), (Job.state == "dead") | late)


def stuck_jobs(session: Session, now: datetime, _offices: Offices) -> int:
    """Other jobs that were given up, or that nobody took although they have long been due."""
    overdue = Job.state.in_(("waiting", "running")) & (Job.run_at < now - STUCK_AFTER)
    return _number(session, Job.id, Job.kind.not_in(MAILS), or_(Job.state == "dead", overdue))


def failed_webhooks(session: Session, _now: datetime, _offices: Offices) -> int:
    """Deliveries that were given up or are held back, and those that failed at least once."""
    bad = WebhookDelivery.state.in_(("dead", "held")) | (
        (WebhookDelivery.state == "waiting") & WebhookDelivery.trouble.is_not(None)
    )
    ended = select(WebhookSubscription.id).where(WebhookSubscription.state == "ended")
    return _number(session, WebhookDelivery.id, bad, WebhookDelivery.subscription_id.not_in(ended))


def late_cases(session: Session, now: datetime, offices: Offices) -> int:
    """Cases with the office whose last day has passed."""
    mine = [] if EVERYWHERE in offices else [Application.office.in_(sorted(offices))]
    late = (Application.status.in_(WITH_OFFICE), Application.due_on < tokyo_day(now))
    return _number(session, Application.id, *late, *mine)


CONCERNS = (
    Concern("mails", "operator", "operator#mail", undelivered_mails, always=True),
    Concern("jobs", "operator", "operator#failed", stuck_jobs, always=True),
    Concern("webhooks", "operator", "operator/deliveries", failed_webhooks),
    Concern("late", "manager", "desk/office", late_cases),
)


def _number(session: Session, column: ColumnElement[str], *conditions: ColumnElement[bool]) -> int:
    return session.execute(select(func.count(column)).where(*conditions)).scalar_one()
