"""Subscriptions: where a client wants to be told of what; made, given a new secret, paused, gone on with, ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from procedures import audit, jobs
from procedures.actors import Actor
from procedures.clients import managing
from procedures.errors import NotFound
from procedures.models import ApiClient, WebhookDelivery, WebhookSubscription, new_id
from procedures.outgoing.events import EVENTS, JOB
from procedures.outgoing.posting import Poster

BOTH_SIGN = timedelta(days=1)
"""So long the earlier secret signs beside a new one."""


class SubscriptionRefused(Exception):
    """Such a subscription cannot be made: `what` is events, or of `AddressRefused`."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Subscription:
    """As managers see it. `why` says who paused it: `person` or `failing`."""

    id: str
    client_id: str
    client: str
    url: str
    events: tuple[str, ...]
    state: str
    why: str | None
    made_at: datetime
    earlier_until: datetime | None
    failing_since: datetime | None


def subscribe(
    session: Session, actor: Actor, now: datetime, client_id: str, url: str, events: Sequence[str], poster: Poster
) -> str:
    """Add one; returns its id. Raises `NotFound`, `SubscriptionRefused`, and `AddressRefused` of `poster`."""
    if managing.one(session, client_id).revoked_at is not None:
        raise NotFound(client_id)
    if not events or set(events) - set(EVENTS):
        raise SubscriptionRefused("events")
    poster.check(url)
    row = WebhookSubscription(
        id=new_id(),
        client_id=client_id,
        url=url,
        events=[event for event in EVENTS if event in events],
        secret_id=new_id(),
        made_at=now,
        made_by=actor.key,
        state="active",
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, now, "webhook.subscribe", row.id, note=client_id)
    return row.id


def rotate(session: Session, actor: Actor, now: datetime, subscription_id: str) -> str:
    """A new secret; the earlier one signs beside it for a day. Returns the new one's id. Raises `NotFound`."""
    row = _locked(session, subscription_id)
    row.earlier_id, row.earlier_until, row.secret_id = row.secret_id, now + BOTH_SIGN, new_id()
    session.flush()
    audit.record(session, actor, now, "webhook.rotate", subscription_id)
    return row.secret_id


def pause(session: Session, actor: Actor, now: datetime, subscription_id: str, why: str = "person") -> bool:
    """Send nothing for now; what happens meanwhile is kept. False where it stood still already. Raises `NotFound`."""
    row = _locked(session, subscription_id)
    if row.state != "active":
        return False
    row.state, row.why = "paused", why
    waiting = _of(subscription_id) & (WebhookDelivery.state == "waiting")
    session.execute(update(WebhookDelivery).where(waiting).values(state="held", next_at=None))
    session.flush()
    audit.record(session, actor, now, "webhook.pause", subscription_id, note=why)
    return True


def go_on(session: Session, actor: Actor, now: datetime, subscription_id: str) -> int:
    """Send again, first what was held; returns how many deliveries that are. Raises `NotFound`."""
    row = _locked(session, subscription_id)
    if row.state != "paused":
        return 0
    row.state, row.why, row.failing_since, row.resting_until = "active", None, None, None
    held = select(WebhookDelivery.id).where(_of(subscription_id), WebhookDelivery.state == "held")
    ids = session.scalars(held.order_by(WebhookDelivery.seq)).all()
    fresh = {"state": "waiting", "next_at": now, "since": now, "attempts": 0}
    session.execute(update(WebhookDelivery).where(WebhookDelivery.id.in_(held)).values(**fresh))
    for delivery_id in ids:
        jobs.enqueue(session, now, JOB, {"delivery": delivery_id})
    session.flush()
    audit.record(session, actor, now, "webhook.go_on", subscription_id, note=str(len(ids)))
    return len(ids)


def end(session: Session, actor: Actor, now: datetime, subscription_id: str) -> None:
    """Never send there again; what waits is given up. Raises `NotFound`."""
    row = _locked(session, subscription_id)
    row.state = "ended"
    open_ones = _of(subscription_id) & WebhookDelivery.state.in_(("waiting", "held"))
    given_up = {"state": "dead", "ended_at": now, "next_at": None, "trouble": "ended"}
    session.execute(update(WebhookDelivery).where(open_ones).values(**given_up))
    session.flush()
    audit.record(session, actor, now, "webhook.end", subscription_id)


def end_all(session: Session, actor: Actor, now: datetime, client_id: str) -> None:
    """End every subscription of a client that is being revoked."""
    for one in every(session, client_id):
        end(session, actor, now, one.id)


def secrets_of(row: WebhookSubscription, now: datetime) -> list[str]:
    """The ids of the secrets that sign at `now`, the newest first."""
    earlier = row.earlier_id if row.earlier_until and now < row.earlier_until else None
    return [row.secret_id, *([earlier] if earlier else [])]


def secret_id_of(session: Session, subscription_id: str) -> str:
    """The id of its newest secret. Raises `NotFound`."""
    return _locked(session, subscription_id).secret_id


def every(session: Session, client_id: str | None = None) -> list[Subscription]:
    """Those that have not ended, of one client or of all, the oldest first."""
    query = (
        select(WebhookSubscription, ApiClient.name)
        .join(ApiClient, ApiClient.id == WebhookSubscription.client_id)
        .where(WebhookSubscription.state != "ended")
        .order_by(WebhookSubscription.made_at, WebhookSubscription.id)
    )
    if client_id is not None:
        query = query.where(WebhookSubscription.client_id == client_id)
    return [
        Subscription(
            row.id,
            row.client_id,
            name,
            row.url,
            tuple(row.events),
            row.state,
            row.why,
            row.made_at,
            row.earlier_until,
            row.failing_since,
        )
        for row, name in session.execute(query)
    ]


def _of(subscription_id: str) -> ColumnElement[bool]:
    return WebhookDelivery.subscription_id == subscription_id


def _locked(session: Session, subscription_id: str) -> WebhookSubscription:
    query = select(WebhookSubscription).where(
        WebhookSubscription.id == subscription_id, WebhookSubscription.state != "ended"
    )
    row = session.scalars(query.with_for_update()).one_or_none()
    if row is None:
        raise NotFound(subscription_id)
    return row
