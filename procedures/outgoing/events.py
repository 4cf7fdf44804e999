"""What happened to a case as other systems learn it, written in the transaction in which it happened."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from engine.lifecycle import Event, Status
from procedures import jobs
from procedures.clients.client import client_of
from procedures.models import ApiClient, Application, CaseEvent, WebhookDelivery, WebhookSubscription, new_id
from procedures.storing.fixed import Fixed

RECEIVED, FEE_DUE, DECIDED = "case.received", "case.fee_due", "case.decided"
CORRECTION_REQUESTED, CORRECTED = "case.correction_requested", "case.corrected"
WITHDRAWN, LAPSED, REOPENED, REVOKED = "case.withdrawn", "case.lapsed", "case.reopened", "case.revoked"
CERTIFICATE = "certificate.issued"
EVENTS = (
    *(RECEIVED, FEE_DUE, CORRECTION_REQUESTED, CORRECTED, DECIDED, REOPENED, REVOKED, WITHDRAWN, LAPSED),
    CERTIFICATE,
)
"""Every kind of event, in the order in which a case meets them."""
JOB = "webhook.send"

_BY_GOAL = {
    Status.RECEIVED: RECEIVED,
    Status.AWAITING_FEE: FEE_DUE,
    Status.AWAITING_ISSUE_FEE: FEE_DUE,
    Status.CORRECTION_REQUESTED: CORRECTION_REQUESTED,
    Status.WITHDRAWN: WITHDRAWN,
    Status.LAPSED: LAPSED,
}
_BY_EVENT = {Event.RESUBMIT.value: CORRECTED, "reopen": REOPENED, "revoke": REVOKED}
_DECIDED = frozenset({"approved", "refused", "partly_approved"})

_happened, _subscription, _client = CaseEvent.__table__, WebhookSubscription.__table__, ApiClient.__table__
_delivery, _application = WebhookDelivery.__table__, Application.__table__
_WRITE = Fixed(insert(_happened))
_SUBSCRIBED = Fixed(
    select(
        _client,
        _subscription.c.id.label("subscription_id"),
        _subscription.c.events,
        _subscription.c.state,
        _subscription.c.resting_until,
    )
    .select_from(_subscription.join(_client))
    .where(_subscription.c.state != "ended", _client.c.revoked_at.is_(None), _subscription.c.made_at <= bindparam("at"))
)
_CONCERNS = Fixed(
    select(_application.c.office, _application.c.procedure_id).where(_application.c.id == bindparam("case_id"))
)
_PUT = Fixed(insert(_delivery))


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of one case, at the link `seq` of the audit log."""

    seq: int
    event: str
    application_id: str
    office: str
    procedure_id: str


def event_of(event: Event, source: Status, goal: Status) -> str | None:
    """What others learn of a change of status; None for what is the office's own affair, and for drafts that end."""
    if event.value in _BY_EVENT:
        return _BY_EVENT[event.value]
    if goal.value in _DECIDED:
        return DECIDED
    if source is Status.DRAFT and goal in (Status.WITHDRAWN, Status.LAPSED):
        return None
    return _BY_GOAL.get(goal)


def changed(
    session: Session, now: datetime, seq: int, application_id: str, event: Event, source: Status, goal: Status
) -> None:
    """`tell` of a change of status, where there is something to tell."""
    kind = event_of(event, source, goal)
    if kind is not None:
        tell(session, now, seq, kind, application_id)


def tell(session: Session, now: datetime, seq: int, event: str, application_id: str) -> None:
    """Write the event down, and queue a delivery for each subscription that it is for.

    `seq` is what `audit.record` answered for it in this very transaction: that lock is what keeps events in order.
    """
    case = _CONCERNS.one_or_none(session, {"case_id": application_id})
    if case is None or case.office is None:
        return
    happened = Happened(seq, event, application_id, case.office, case.procedure_id)
    row = {"at": now, **{name: getattr(happened, name) for name in Happened.__slots__}}
    _WRITE.change(session, row)
    for one in _SUBSCRIBED.all(session, {"at": now}):
        if event in one.events and client_of(one).reaches(happened.procedure_id, happened.office):
            put(session, now, one.subscription_id, seq, held=one.state == "paused", run_at=one.resting_until)


def put(
    session: Session, now: datetime, subscription_id: str, seq: int, *, held: bool, run_at: datetime | None = None
) -> str:
    """Queue the delivery of an event; one that is held waits until the subscription goes on. Returns its id."""
    delivery_id = new_id()
    due = max(now, run_at or now)
    row = {
        "id": delivery_id,
        "subscription_id": subscription_id,
        "seq": seq,
        "state": "held" if held else "waiting",
        "attempts": 0,
        "made_at": now,
        "since": now,
        "next_at": None if held else due,
        "ended_at": None,
        "trouble": None,
    }
    _PUT.change(session, row)
    if not held:
        jobs.enqueue(session, now, JOB, {"delivery": delivery_id}, run_at=due)
    return delivery_id


PATIENCE = timedelta(days=3)
"""So long a delivery is tried; then it is dead, and a person has to look."""
