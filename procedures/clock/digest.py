"""The digest as a mail: numbers of cases and ways to them, and nothing about anybody."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.fields.days import show_day
from engine.words import say
from procedures import jobs
from procedures.channels import Channel
from procedures.channels.notice import Notice, Part, Sender
from procedures.clock.finding import KINDS, News
from procedures.database import Database
from procedures.days import tokyo_day
from procedures.models import Application, Office, Person

JOB = "escalation.mail"
LISTED = 20
"""How many cases of a kind are named; the queue shows the rest."""


def payload(recipient: str, news: Sequence[News], totals: Mapping[str, int]) -> dict[str, Any]:
    """What a job holds: ids, days and counts."""
    told = {kind: [one for one in news if one.kind == kind] for kind in KINDS}
    return {
        "recipient": recipient,
        "kinds": [
            {
                "kind": kind,
                "total": totals.get(kind, len(mine)),
                "new": len(mine),
                "cases": [[one.application_id, one.about.isoformat()] for one in mine[:LISTED]],
            }
            for kind, mine in told.items()
            if mine
        ],
    }


def handler(channel: Channel, sender: Sender) -> jobs.Handler:
    """The handler of digests. Who has lost their address meanwhile is not told; nothing is kept but that it was."""

    def send(database: Database, job: jobs.ClaimedJob, now: datetime) -> None:
        with database.read() as session:
            address, language = _address(session, job.payload["recipient"])
            references = _references(session, job.payload)
        if address:
            channel.send(notice_of(job.id, job.payload, references, language, sender, tokyo_day(now)), address)

    return send


def notice_of(
    key: str, told: Mapping[str, Any], references: Mapping[str, str], language: str, sender: Sender, day: date
) -> Notice:
    """The mail in the reader's language."""
    about_office = any(one["kind"] != "due_soon" for one in told["kinds"])
    link = sender.url("desk/office" if about_office else "desk")
    parts = [
        Part(say("desk.escalation_lead", language)),
        *(part for one in told["kinds"] for part in _parts(one, references, language, sender)),
        Part(say("desk.escalation_queue", language)),
        Part(url=link),
    ]
    counts = say("desk.escalation_and", language).join(
        say(f"desk.escalation_{one['kind']}_short", language, count=one["total"]) for one in told["kinds"]
    )
    subject = say("desk.escalation_subject", language, counts=counts, day=show_day(day, language))
    return Notice(key, language, subject, "\n\n".join(map(_plain, parts)), tuple(parts), link, link)


def _parts(one: Mapping[str, Any], references: Mapping[str, str], language: str, sender: Sender) -> Iterator[Part]:
    kind = one["kind"]
    yield Part(say(f"desk.escalation_{kind}", language, count=one["total"], new=one["new"]))
    for case, about in one["cases"]:
        words = say(f"desk.escalation_{kind}_day", language, day=show_day(date.fromisoformat(about), language))
        yield Part(rows=((references.get(case, ""), words),))
        yield Part(url=sender.url(f"desk/cases/{case}"))


def _plain(part: Part) -> str:
    return part.url or part.text or "\n".join(f"{label}　{value}" for label, value in part.rows)


def _address(session: Session, recipient: str) -> tuple[str | None, str]:
    kind, _, name = recipient.partition(":")
    if kind == "office":
        return session.execute(select(Office.email).where(Office.id == name)).scalar_one_or_none(), "ja"
    person = session.get(Person, name)
    return (person.email, person.language) if person else (None, "ja")


def _references(session: Session, told: Mapping[str, Any]) -> dict[str, str]:
    ids = [case for one in told["kinds"] for case, _ in one["cases"]]
    query = select(Application.id, Application.reference).where(Application.id.in_(ids))
    return {row.id: row.reference or "" for row in session.execute(query)}
