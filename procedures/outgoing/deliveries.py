"""Deliveries as people see them: what was not delivered and why; sent again, one by one or a range."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from procedures import audit, jobs
from procedures.actors import Actor
from procedures.clients import managing
from procedures.errors import NotFound
from procedures.models import ApiClient, CaseEvent, WebhookDelivery, WebhookSubscription
from procedures.outgoing.events import JOB, put

TOKYO = ZoneInfo("Asia/Tokyo")
MOST_SHOWN = 100
MOST_REPLAYED = 10_000


class TooMany(Exception):
    """A range of more events than are sent again at once."""


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A delivery that did not come through (yet). `next_at` is None for what waits for a person."""

    id: str
    seq: int
    client_id: str
    client: str
    url: str
    event: str
    state: str
    attempts: int
    trouble: str | None
    made_at: datetime
    next_at: datetime | None


def undelivered(session: Session) -> list[Undelivered]:
    """What was given up, is held, or failed at least once, the first of each first; at most `MOST_SHOWN`."""
    bad = WebhookDelivery.state.in_(("dead", "held")) | (
        (WebhookDelivery.state == "waiting") & WebhookDelivery.trouble.is_not(None)
    )
    query = (
        select(WebhookDelivery, CaseEvent.event, WebhookSubscription.url, ApiClient.id, ApiClient.name)
        .join(CaseEvent, CaseEvent.seq == WebhookDelivery.seq)
        .join(WebhookSubscription, WebhookSubscription.id == WebhookDelivery.subscription_id)
        .join(ApiClient, ApiClient.id == WebhookSubscription.client_id)
        .where(bad, WebhookSubscription.state != "ended")
        .order_by(WebhookDelivery.state, WebhookDelivery.made_at, WebhookDelivery.id)
        .limit(MOST_SHOWN)
    )
    return [
        Undelivered(
            row.id,
            row.seq,
            client_id,
            name,
            url,
            event,
            row.state,
            row.attempts,
            row.trouble,
            row.made_at,
            row.next_at,
        )
        for row, event, url, client_id, name in session.execute(query)
    ]


def counts(session: Session, subscription_id: str) -> dict[str, int]:
    """How many deliveries of a subscription are in each state."""
    query = (
        select(WebhookDelivery.state, func.count())
        .where(WebhookDelivery.subscription_id == subscription_id)
        .group_by(WebhookDelivery.state)
    )
    return dict(session.execute(query).all())


def send_again(session: Session, actor: Actor, now: datetime, delivery_id: str) -> bool:
    """Give a delivery that is dead a new start, with the id it had. False where it is not. Raises `NotFound`."""
    row = session.get(WebhookDelivery, delivery_id)
    if row is None:
        raise NotFound(delivery_id)
    subscription = session.get_one(WebhookSubscription, row.subscription_id)
    if row.state != "dead" or subscription.state == "ended":
        return False
    _afresh(session, now, row, held=subscription.state == "paused")
    audit.record(session, actor, now, "webhook.again", delivery_id)
    return True


def replay(session: Session, actor: Actor, now: datetime, subscription_id: str, first: date, last: date) -> int:
    """Send all events of these days (Tokyo) once more; returns how many. Those sent before keep their ids.

    Events from before the subscription are among them. Raises `NotFound`, `TooMany`.
    """
    subscription = session.get(WebhookSubscription, subscription_id)
    if subscription is None or subscription.state == "ended":
        raise NotFound(subscription_id)
    client = managing.one(session, subscription.client_id)
    query = select(CaseEvent).where(
        CaseEvent.event.in_(subscription.events),
        CaseEvent.at >= datetime.combine(first, time(), TOKYO),
        CaseEvent.at < datetime.combine(last, time(), TOKYO) + timedelta(days=1),
    )
    found = session.scalars(query.order_by(CaseEvent.seq).limit(MOST_REPLAYED + 1)).all()
    if len(found) > MOST_REPLAYED:
        raise TooMany
    events = [one for one in found if client.reaches(one.procedure_id, one.office)]
    known = {row.seq: row for row in _known(session, subscription_id, [one.seq for one in events])}
    held = subscription.state == "paused"
    for event in events:
        if event.seq not in known:
            put(session, now, subscription_id, event.seq, held=held)
        elif known[event.seq].state in {"dead", "delivered"}:
            _afresh(session, now, known[event.seq], held=held)
    audit.record(session, actor, now, "webhook.replay", subscription_id, note=f"{first}/{last} {len(events)}")
    return len(events)


def _known(session: Session, subscription_id: str, seqs: list[int]) -> list[WebhookDelivery]:
    if not seqs:
        return []
    query = select(WebhookDelivery).where(
        WebhookDelivery.subscription_id == subscription_id,
        WebhookDelivery.seq >= seqs[0],
        WebhookDelivery.seq <= seqs[-1],
    )
    return list(session.scalars(query))


def _afresh(session: Session, now: datetime, row: WebhookDelivery, *, held: bool) -> None:
    state = "held" if held else "waiting"
    fresh = {"state": state, "attempts": 0, "since": now, "next_at": None if held else now}
    session.execute(update(WebhookDelivery).where(WebhookDelivery.id == row.id).values(**fresh, ended_at=None))
    if not held:
        jobs.enqueue(session, now, JOB, {"delivery": row.id})
