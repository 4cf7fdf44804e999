"""Telling: one mail a day at most for each person, with counts and ways to go; nothing where all is well.

A word that all is well goes to operators on Mondays, so that silence means something.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.calendar import is_business_day
from procedures import jobs
from procedures.days import TOKYO, tokyo_day
from procedures.models import Job, Person, StaffRole
from procedures.morning.concerns import Concern

JOB = "morning.mail"
HOUR = 8
"""The hour of Tokyo from which these mails go out."""
MONDAY = 0
Posts = Mapping[str, frozenset[str]]


def tell(session: Session, now: datetime, concerns: Sequence[Concern]) -> int:
    """Queue the mails that are due; how many. Several workers may do so at once: a day has one job for each person."""
    local, today = now.astimezone(TOKYO), tokyo_day(now)
    if local.hour < HOUR:
        return 0
    queued = 0
    for person_id, posts in _staff(session, {concern.role for concern in concerns}).items():
        key = f"morning:{person_id}:{today}"
        if session.execute(select(Job.id).where(Job.key == key)).first() is not None:
            continue
        payload = _payload(session, now, person_id, posts, concerns)
        if payload is not None and jobs.enqueue(session, now, JOB, payload, key=key) is not None:
            queued += 1
    return queued


def _payload(
    session: Session, now: datetime, person_id: str, posts: Posts, concerns: Sequence[Concern]
) -> dict[str, object] | None:
    """What a job holds: counts by concern. None where there is nothing to say."""
    today = tokyo_day(now)
    told = [one for one in concerns if one.role in posts and (one.always or is_business_day(today))]
    counts = {one.name: one.count(session, now, posts[one.role]) for one in told}
    found = {name: count for name, count in counts.items() if count}
    if found or ("operator" in posts and _is_first(today)):
        return {"person": person_id, "day": today.isoformat(), "counts": found}
    return None


def _is_first(today: date) -> bool:
    """Whether this is the day of the week on which it is said, too, that all is well."""
    return today.weekday() == MONDAY


def _staff(session: Session, roles: set[str]) -> dict[str, Posts]:
    """Who has such a role and a mail address: by role, in which offices."""
    query = (
        select(StaffRole.person_id, StaffRole.role, StaffRole.office)
        .join(Person, Person.id == StaffRole.person_id)
        .where(StaffRole.role.in_(roles), Person.email.is_not(None))
        .order_by(StaffRole.person_id)
    )
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for person_id, role, office in session.execute(query):
        found[person_id][role].add(office)
    return {person: {role: frozenset(places) for role, places in posts.items()} for person, posts in found.items()}
