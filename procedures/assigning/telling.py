"""Telling clerks that cases came to them or went from them: one mail for what happened in a few minutes.

The mail names cases by number and colleagues by name. Reasons are colleagues' own words, and stand on the case's page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from engine.words import say
from procedures import jobs
from procedures.actors import Actor
from procedures.channels import Channel
from procedures.channels.notice import Notice, Part, Sender
from procedures.database import Database
from procedures.models import Application, CaseMove, Person
from procedures.reading.names import PREFIX, names_of

JOB = "assign.tell"
GATHERED = timedelta(minutes=5)
MOST = 50
"""Cases that one mail names; the rest are a number."""
BY_HAND = ("assigned", "taken_over", "transferred", "fallen")
"""Moves that are told. What comes by itself stands in the queue, and would be mail all day long."""


@dataclass(frozen=True, slots=True)
class Told:
    """One line: what happened to which case (`came` or `went`), and by whom; None: by itself."""

    reference: str
    what: str
    by: str | None


def tell(session: Session, now: datetime, actor: Actor, *person_ids: str | None) -> None:
    """Queue a mail to each of these people but the one who acts. Call it before anything is audited."""
    begun = now - timedelta(seconds=now.timestamp() % GATHERED.total_seconds())
    for person_id in sorted({one for one in person_ids if one and one != actor.id}):
        payload = {"person_id": person_id, "since": begun.isoformat()}
        jobs.enqueue(session, now, JOB, payload, begun + GATHERED, f"{JOB}:{person_id}:{begun.timestamp():.0f}")


def told(session: Session, person_id: str, since: datetime) -> list[Told]:
    """What colleagues did in the minutes from `since` on that concerns this person, in order."""
    mine = or_(CaseMove.to_person == person_id, CaseMove.from_person == person_id)
    others = and_(CaseMove.actor != PREFIX + person_id, CaseMove.kind.in_(BY_HAND))
    query = (
        select(CaseMove.kind, CaseMove.to_person, CaseMove.actor, Application.reference)
        .join(Application, Application.id == CaseMove.application_id)
        .where(mine, others, CaseMove.at >= since, CaseMove.at < since + GATHERED)
        .order_by(CaseMove.id)
    )
    rows = session.execute(query).all()
    names = names_of(session, (row.actor.removeprefix(PREFIX) for row in rows))
    return [
        Told(row.reference, _what(row.kind, came=row.to_person == person_id), names.get(row.actor.removeprefix(PREFIX)))
        for row in rows
    ]


def _what(kind: str, *, came: bool) -> str:
    return "came" if came else "transferred" if kind == "transferred" else "went"


def handler(channel: Channel, sender: Sender) -> jobs.Handler:
    """The handler of these mails. Somebody without an address reads it on the pages alone."""

    def send(database: Database, job: jobs.ClaimedJob, _now: datetime) -> None:
        since = datetime.fromisoformat(job.payload["since"]).astimezone(UTC)
        with database.read() as session:
            person = session.get_one(Person, job.payload["person_id"])
            lines = told(session, person.id, since)
        if not lines or not person.email:
            return
        channel.send(_notice(job.id, person.language, lines, sender.url("desk")), person.email)

    return send


def _notice(key: str, language: str, lines: list[Told], link: str) -> Notice:
    subject = say("desk.assign_mail_subject", language, count=len(lines))
    rows = "\n".join(_lines(lines, language))
    body = say("desk.assign_mail_body", language, lines=rows, link=link)
    return Notice(key, language, subject, body, (Part(rows), Part(url=link)), link, link)


def _lines(lines: list[Told], language: str) -> Iterator[str]:
    for line in lines[:MOST]:
        by = line.by or say("desk.assign_mail_by_itself", language)
        yield say(f"desk.assign_mail_{line.what}", language, reference=line.reference, name=by)
    if len(lines) > MOST:
        yield say("desk.assign_mail_more", language, count=len(lines) - MOST)
