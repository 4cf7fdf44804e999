"""The job that sends one delivery: signed, outside any transaction; its outcome written in the one that ends it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from procedures import jobs
from procedures.actors import SYSTEM
from procedures.database import Database
from procedures.models import Application, CaseEvent, WebhookDelivery, WebhookSubscription, to_json
from procedures.outgoing import subscriptions
from procedures.outgoing.alarming import sound
from procedures.outgoing.events import JOB, PATIENCE
from procedures.outgoing.posting import Outcome, Poster
from procedures.outgoing.signing import Secrets

PAUSES = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1800, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
)
"""Between attempts, as Standard Webhooks has them: three days in all."""
REST = timedelta(minutes=1)
"""After a failure nothing new goes to the same receiver for so long: one that is down keeps nobody waiting."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be sent where, signed by which secrets."""

    delivery_id: str
    subscription_id: str
    url: str
    secret_ids: list[str]
    body: bytes


def handler(poster: Poster, secrets: Secrets) -> jobs.Handler:
    """The handler of `webhook.send` jobs. It never fails: a delivery has pauses and an end of its own."""

    def send(database: Database, job: jobs.ClaimedJob, now: datetime) -> jobs.Finish | None:
        delivery_id = job.payload["delivery"]
        with database.read() as session:
            found = _due(session, now, delivery_id)
        if found is None:
            return None
        if isinstance(found, datetime):
            return _later(now, delivery_id, found)
        headers = secrets.headers(found.secret_ids, delivery_id, now, found.body)
        outcome = poster.send(found.url, found.body, headers)
        return lambda session: _note(session, now, found, outcome)

    return send


def payload(event: CaseEvent, reference: str | None) -> bytes:
    """The body: which case, what happened, when; nothing about anybody. `sequence` says what came first."""
    content = {
        "type": event.event,
        "timestamp": event.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "data": {
            "case": event.application_id,
            "reference": reference,
            "procedure": event.procedure_id,
            "sequence": event.seq,
        },
    }
    return to_json(content).encode()


def _due(session: Session, now: datetime, delivery_id: str) -> Letter | datetime | None:
    """What to send; until when to wait; or None: it is held, over, or was sent by another."""
    query = (
        select(WebhookDelivery, WebhookSubscription, CaseEvent, Application.reference)
        .join(WebhookSubscription, WebhookSubscription.id == WebhookDelivery.subscription_id)
        .join(CaseEvent, CaseEvent.seq == WebhookDelivery.seq)
        .join(Application, Application.id == CaseEvent.application_id)
        .where(WebhookDelivery.id == delivery_id, WebhookDelivery.state == "waiting")
    )
    found = session.execute(query).one_or_none()
    if found is None or found.WebhookSubscription.state != "active":
        return None
    delivery, subscription = found.WebhookDelivery, found.WebhookSubscription
    rest = subscription.resting_until if delivery.attempts == 0 else None  # what failed itself has pauses of its own
    due = max(delivery.next_at or now, rest or now)
    if due > now:
        return due
    body = payload(found.CaseEvent, found.reference)
    return Letter(delivery.id, subscription.id, subscription.url, subscriptions.secrets_of(subscription, now), body)


def _later(now: datetime, delivery_id: str, due: datetime) -> jobs.Finish:
    """The receiver rests: look again then. That is no attempt."""

    def finish(session: Session) -> None:
        jobs.enqueue(session, now, JOB, {"delivery": delivery_id}, run_at=due)

    return finish


def _note(session: Session, now: datetime, letter: Letter, outcome: Outcome) -> None:
    """Write what became of it; nothing where it was held, given up or sent again meanwhile."""
    this = select(WebhookDelivery).where(WebhookDelivery.id == letter.delivery_id, WebhookDelivery.state == "waiting")
    row = session.scalars(this.with_for_update()).one_or_none()
    if row is None:
        return
    row.attempts += 1
    if not outcome.trouble:
        row.state, row.trouble, row.next_at, row.ended_at = "delivered", None, None, now
        _subscription(session, letter, failing_since=None, resting_until=None)
        return
    row.trouble = outcome.trouble
    subscription = session.get_one(WebhookSubscription, letter.subscription_id)
    since = subscription.failing_since or now
    _subscription(session, letter, failing_since=since, resting_until=now + REST)
    if not outcome.gone and row.attempts <= len(PAUSES):
        row.next_at = now + PAUSES[row.attempts - 1]
        jobs.enqueue(session, now, JOB, {"delivery": row.id}, run_at=row.next_at)
        return
    row.state, row.next_at, row.ended_at = "dead", None, now
    session.flush()
    if (outcome.gone or now - since >= PATIENCE) and subscriptions.pause(
        session, SYSTEM, now, letter.subscription_id, "failing"
    ):
        sound(session, now, letter.subscription_id)


def _subscription(session: Session, letter: Letter, **values: datetime | None) -> None:
    session.execute(
        update(WebhookSubscription).where(WebhookSubscription.id == letter.subscription_id).values(**values)
    )
