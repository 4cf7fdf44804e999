"""Telling staff of cases that are due, late, or nobody's: one digest a business day for each who is concerned."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Select, insert, select
from sqlalchemy.orm import Session

from engine.calendar import is_business_day
from procedures import jobs
from procedures.actors import EVERYWHERE
from procedures.clock import digest
from procedures.clock.finding import News, Recipient, Rules, news_for, totals_for
from procedures.days import TOKYO, tokyo_day
from procedures.models import Application, Escalation, Job, Office, Person, StaffRole
from procedures.reading.queues import WITH_OFFICE

MORNING = 8
"""The hour of Tokyo from which digests go out."""
PERSON, OFFICE = "person:", "office:"


def escalate(session: Session, now: datetime, rules: Rules) -> int:
    """Queue the digests that are due; how many.

    On business days from eight in the morning, at most one for each recipient and day, and none without news: a case is
    told to its clerk once for each last day it has, to managers when it is late and again every week, and once when
    nobody has taken it. Several workers may do so at once.
    """
    today = tokyo_day(now)
    if not is_business_day(today) or now.astimezone(TOKYO).hour < MORNING:
        return 0
    queued = 0
    for recipient in recipients(session):
        key = f"escalation:{recipient.key}:{today}"
        if session.execute(select(Job.id).where(Job.key == key)).first() is None:
            queued += _tell(session, now, rules, recipient, key)
    return queued


def recipients(session: Session) -> Iterator[Recipient]:
    """Who can be told: clerks of cases and managers with a mail address; offices whose managers have none."""
    managing: dict[str, set[str]] = defaultdict(set)
    for role in session.execute(_managers()):
        managing[role.person_id].add(role.office)
    holding = {person for person in session.execute(_holders()).scalars() if person}
    for person in sorted(holding | managing.keys()):
        offices = frozenset(managing.get(person, ()))
        yield Recipient(f"{PERSON}{person}", person if person in holding else None, offices)
    managed = {office for offices in managing.values() for office in offices}
    if EVERYWHERE not in managed:
        for office in session.execute(select(Office.id).where(Office.email.is_not(None)).order_by(Office.id)).scalars():
            if office not in managed:
                yield Recipient(f"{OFFICE}{office}", offices=frozenset({office}))


def _managers() -> Select[tuple[str, str]]:
    return (
        select(StaffRole.person_id, StaffRole.office)
        .join(Person, Person.id == StaffRole.person_id)
        .where(StaffRole.role == "manager", Person.email.is_not(None))
    )


def _holders() -> Select[tuple[str | None]]:
    return (
        select(Application.claimed_by)
        .join(Person, Person.id == Application.claimed_by)
        .where(Application.status.in_(WITH_OFFICE), Person.email.is_not(None))
        .distinct()
    )


def _tell(session: Session, now: datetime, rules: Rules, recipient: Recipient, key: str) -> bool:
    """Queue one digest and write down what it tells; False where there is nothing to tell, or another worker did."""
    news = news_for(session, recipient, rules, now)
    if not news:
        return False
    totals = {one.kind: one.total for one in totals_for(session, recipient, rules, now)}
    if jobs.enqueue(session, now, digest.JOB, digest.payload(recipient.key, news, totals), key=key) is None:
        return False
    session.execute(insert(Escalation.__table__), [_row(recipient, one, now) for one in news])
    return True


def _row(recipient: Recipient, one: News, now: datetime) -> dict[str, object]:
    return {
        "application_id": one.application_id,
        "recipient": recipient.key,
        "kind": one.kind,
        "about": one.about,
        "again": one.again,
        "told_at": now,
    }
