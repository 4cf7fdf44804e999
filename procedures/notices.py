"""Notices to applicants: queued with the change, composed and sent by the worker, by the way that the person chose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import insert
from sqlalchemy.orm import Session

from engine.lifecycle import FINAL, Status
from procedures import jobs, library
from procedures.channels import Channel, NotDelivered, Undeliverable
from procedures.channels.notice import Notice, Sender
from procedures.continuing.ending import last_day
from procedures.database import Database
from procedures.mails.wording import worded
from procedures.models import Application, Message, new_id
from procedures.models.sealed import sealed_row
from procedures.reaching.routes import Broken, Route, note_broken, routes_of

__all__ = ["Kind", "Sender", "compose", "handler", "queue"]

Kind = Literal[
    "received",
    "fee_due",
    "fee_reminder",
    "issue_fee_due",
    "difference_due",
    "difference_reminder",
    "difference_overdue",
    "receipt_ready",
    "refund_approved",
    "refund_needs_account",
    "refund_done",
    "refund_failed",
    "claimed_again",
    "completed",
    "certificate_ready",
    "certificate_revoked",
    "refused",
    "revoked",
    "partly",
    "reopened",
    "withdrawn",
    "lapsed",
    "draft_lapsed",
    "draft_expires",
    "correction_requested",
    "correction_reminder",
    "correction_extended",
    "correction_received",
    "correction_taken_back",
    "correction_expired",
    "message_from_office",
    "transferred",
    "waiver_asked",
    "waiver_free",
    "waiver_pay",
    "waiver_later",
    "waiver_told",
]
WITH_FEE = frozenset(Status) - {Status.DRAFT, Status.WITHDRAWN, Status.LAPSED}
"""Where a case still owes what its correction cost more."""
ONLY_WHILE: Mapping[str, frozenset[str]] = {
    "draft_expires": frozenset({Status.DRAFT}),
    "fee_reminder": frozenset({Status.AWAITING_FEE, Status.AWAITING_ISSUE_FEE}),
    **dict.fromkeys(("difference_due", "difference_reminder", "difference_overdue"), WITH_FEE),
    "reopened": frozenset(Status) - FINAL,
    "correction_requested": frozenset({Status.CORRECTION_REQUESTED}),
    "correction_reminder": frozenset({Status.CORRECTION_REQUESTED}),
    "correction_extended": frozenset({Status.CORRECTION_REQUESTED}),
}
"""Kinds that have come to nothing when the case has moved on before they are sent."""
PATIENCE = 4
"""After so many attempts that failed for a time, the next way to reach the person is taken, if there is one."""

DAYS = frozenset({"pay_by", "answer_by", "until"})
"""Facts that are days."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A notice with the ways to send it, the person's choice first."""

    notice: Notice
    routes: Sequence[Route]


def queue(
    session: Session, now: datetime, kind: Kind, application_id: str, *, key: str | None = None, **facts: str | int
) -> None:
    """Queue a notice; `facts` are what the wording needs (amounts, `certificate`, and `DAYS` as ISO dates).

    With a `key` it is queued once, however often this is called.
    """
    payload = {"kind": kind, "application_id": application_id, "facts": facts}
    jobs.enqueue(session, now, "notice.send", payload, key=key)


def handler(channels: Mapping[str, Channel], sender: Sender) -> jobs.Handler:
    """The handler of `notice.send` jobs; `channels` by their name. Who gave no address is told on the pages alone."""

    def send(database: Database, job: jobs.ClaimedJob, now: datetime) -> jobs.Finish | None:
        with database.read() as session:
            outgoing = compose(session, job, sender)
        if outgoing is None:
            return None
        routes = [route for route in outgoing.routes if route.channel in channels]
        if not routes:
            return None
        used, broken = _deliver(channels, outgoing.notice, routes, job.attempts)
        return _finish(job, outgoing.notice, channels[used.channel], broken, now)

    return send


def _deliver(
    channels: Mapping[str, Channel], notice: Notice, routes: Sequence[Route], attempts: int
) -> tuple[Route, list[Broken]]:
    """The route that took it, and those that never will. Raises what the last route raised when none did."""
    broken: list[Broken] = []
    for place, route in enumerate(routes, start=1):
        last = place == len(routes)
        try:
            channels[route.channel].send(notice, route.address)
        except Undeliverable as never:
            if last:
                raise
            if never.address_at_fault:
                broken.append(Broken(route, never.reason))
        except NotDelivered:
            if last or attempts < PATIENCE:
                raise
        else:
            return route, broken
    raise AssertionError("the last route either took the notice or raised")


def _finish(
    job: jobs.ClaimedJob, notice: Notice, used: Channel, broken: Sequence[Broken], now: datetime
) -> jobs.Finish:
    row = {
        "id": new_id(),
        "application_id": job.payload["application_id"],
        "job_id": job.id,
        "kind": job.payload["kind"],
        "language": notice.language,
        "subject": notice.subject,
        "body": used.text_of(notice),
        "channel": used.name,
        "sent_at": now,
    }

    def finish(session: Session) -> None:
        session.execute(insert(Message.__table__), sealed_row(row["application_id"], Message, row))
        for one in broken:
            note_broken(session, now, one)

    return finish


def compose(session: Session, job: jobs.ClaimedJob, sender: Sender) -> Outgoing | None:
    """The notice of a job; None when there is nobody to send it to, or nothing to say any more."""
    case = session.get_one(Application, job.payload["application_id"])
    kind = job.payload["kind"]
    routes = routes_of(session, case)
    if not routes or (kind in ONLY_WHILE and case.status not in ONLY_WHILE[kind]):
        return None
    if kind == "draft_expires" and last_day(session, case.id) != date.fromisoformat(job.payload["facts"]["until"]):
        return None  # it was touched since
    procedure = library.by_digest(session, case.digest)
    facts: dict[str, Any] = dict(job.payload["facts"])
    link = sender.url(f"applications/{case.id}")
    for name in DAYS & facts.keys():
        facts[name] = date.fromisoformat(facts[name])
    parameters = {
        **facts,
        "reference": case.reference,
        "title": procedure.title.say(case.language),
        "due": case.due_on,
        "link": link,
    }
    words = worded(kind, case.language, parameters)
    short = sender.url(f"r/{case.reference}" if case.reference else "applications")
    notice = Notice(job.id, case.language, words.subject, words.body, words.parts, link, short)
    return Outgoing(notice, routes)
