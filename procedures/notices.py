"""Notices to applicants: queued with the change, composed and sent by the worker."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from procedures import jobs, library
from procedures.channels import Channel
from procedures.database import Database
from procedures.mails.building import Letter, build
from procedures.mails.wording import worded
from procedures.models import Application, Message, Person, new_id
from procedures.reading.names import PREFIX

Kind = Literal[
    "received",
    "fee_due",
    "issue_fee_due",
    "completed",
    "certificate_ready",
    "refused",
    "withdrawn",
    "lapsed",
    "draft_lapsed",
]


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose mails these are: the authority's name by language, its address, the public address of the site."""

    names: Mapping[str, str]
    address: str
    public_url: str


def queue(session: Session, now: datetime, kind: Kind, application_id: str, **facts: str | int) -> None:
    """Queue a notice; `facts` are what the wording needs (`yen`, `pay_by` as ISO date, `certificate`)."""
    payload = {"kind": kind, "application_id": application_id, "facts": facts}
    jobs.enqueue(session, now, "notice.send", payload)


def handler(channel: Channel, sender: Sender) -> jobs.Handler:
    """The handler of `notice.send` jobs. Who gave no address is told on the pages alone."""

    def send(database: Database, job: jobs.ClaimedJob, now: datetime) -> jobs.Finish | None:
        with database.read() as session:
            letter = compose(session, job, sender)
        if letter is None:
            return None
        channel.send(build(letter, _name(sender, letter.language), sender.address))
        row = {
            "id": new_id(),
            "application_id": job.payload["application_id"],
            "job_id": job.id,
            "kind": job.payload["kind"],
            "language": letter.language,
            "subject": letter.subject,
            "body": letter.body,
            "channel": channel.name,
            "sent_at": now,
        }
        return lambda session: session.execute(insert(Message.__table__), row) and None

    return send


def compose(session: Session, job: jobs.ClaimedJob, sender: Sender) -> Letter | None:
    """The letter of a job; None when there is no address to send it to."""
    case = session.get_one(Application, job.payload["application_id"])
    recipient = case.contact_email or _profile_address(session, case.owner)
    if not recipient:
        return None
    procedure = library.by_digest(session, case.digest)
    facts: dict[str, Any] = dict(job.payload["facts"])
    if "pay_by" in facts:
        facts["pay_by"] = date.fromisoformat(facts["pay_by"])
    parameters = {
        **facts,
        "reference": case.reference,
        "title": procedure.title.say(case.language),
        "due": case.due_on,
        "link": f"{sender.public_url.rstrip('/')}/applications/{case.id}",
    }
    subject, body = worded(job.payload["kind"], case.language, parameters, _name(sender, case.language))
    return Letter(job.id, recipient, subject, body, case.language)


def _profile_address(session: Session, owner: str) -> str | None:
    """The address in the profile of a signed-in applicant."""
    if not owner.startswith(PREFIX):
        return None
    query = select(Person.email).where(Person.id == owner.removeprefix(PREFIX))
    return session.execute(query).scalar_one_or_none()


def _name(sender: Sender, language: str) -> str:
    return sender.names.get(language) or sender.names["ja"]
