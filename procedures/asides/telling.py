"""Mails to staff about opinions: that one is asked for, that its day has passed, that it was answered.

They hold the number of the case and the way to it, and nothing about anybody.
"""

from datetime import datetime
from typing import Literal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.calendar import is_business_day
from engine.fields.days import show_day
from engine.lifecycle import FINAL
from engine.words import say
from procedures import jobs
from procedures.channels import Channel
from procedures.channels.notice import Notice, Part, Sender
from procedures.database import Database
from procedures.days import tokyo_day
from procedures.models import Application, CaseOpinion, Office, Person

JOB = "opinion.mail"
Kind = Literal["asked", "overdue", "answered"]

_opinion = CaseOpinion.__table__


def tell(session: Session, now: datetime, kind: Kind, opinion_id: str, *recipients: str) -> None:
    """Queue a mail to each of `recipients` (`office:<id>`, `person:<id>`), once."""
    for recipient in recipients:
        told = {"opinion": opinion_id, "kind": kind, "recipient": recipient}
        jobs.enqueue(session, now, JOB, told, key=f"{JOB}:{opinion_id}:{kind}:{recipient}")


def remind(session: Session, now: datetime, limit: int) -> int:
    """Tell the office that was asked, and who asked, of answers whose day has passed, once; how many were found."""
    today = tokyo_day(now)
    if not is_business_day(today):
        return 0
    overdue = (
        select(_opinion.c.id, _opinion.c.office, _opinion.c.asked_by)
        .join(Application.__table__, Application.__table__.c.id == _opinion.c.application_id)
        .where(
            _opinion.c.state == "open",
            _opinion.c.due_on < today,
            _opinion.c.reminded_at.is_(None),
            Application.__table__.c.status.not_in(FINAL),
        )
        .order_by(_opinion.c.due_on, _opinion.c.id)
        .limit(limit)
    )
    rows = session.execute(overdue).all()
    for row in rows:
        this = update(_opinion).where(_opinion.c.id == row.id, _opinion.c.reminded_at.is_(None))
        if session.execute(this.values(reminded_at=now)).rowcount == 1:
            tell(session, now, "overdue", row.id, f"office:{row.office}", f"person:{row.asked_by}")
    return len(rows)


def handler(channel: Channel, sender: Sender) -> jobs.Handler:
    """The handler of these mails. Who has no address is not told; the page of opinions shows it all the same."""

    def send(database: Database, job: jobs.ClaimedJob, _now: datetime) -> None:
        with database.read() as session:
            found = _notice(session, job, sender)
        if found is not None:
            channel.send(*found)

    return send


def _notice(session: Session, job: jobs.ClaimedJob, sender: Sender) -> tuple[Notice, str] | None:
    row = session.execute(
        select(_opinion.c.due_on, _opinion.c.state, Application.reference, Application.id)
        .join(Application, Application.id == _opinion.c.application_id)
        .where(_opinion.c.id == job.payload["opinion"])
    ).one_or_none()
    kind, recipient = job.payload["kind"], job.payload["recipient"]
    address, language = _address(session, recipient)
    if row is None or not address or (row.state == "open") is (kind == "answered"):
        return None
    asked = recipient.startswith("office:")
    link = sender.url(f"desk/opinions/{job.payload['opinion']}" if asked else f"desk/cases/{row.id}")
    facts = {"reference": row.reference, "day": show_day(row.due_on, language)}
    lead = say(f"desk.opinion_mail_{kind}", language, **facts)
    subject = say(f"desk.opinion_mail_{kind}_subject", language, **facts)
    return Notice(job.id, language, subject, f"{lead}\n\n{link}", (Part(lead), Part(url=link)), link, link), address


def _address(session: Session, recipient: str) -> tuple[str | None, str]:
    kind, _, name = recipient.partition(":")
    if kind == "office":
        return session.execute(select(Office.email).where(Office.id == name)).scalar_one_or_none(), "ja"
    person = session.get(Person, name)
    return (person.email, person.language) if person else (None, "ja")
