"""The mail of the morning: how many of what, and the page where one sees to it. Nothing about anybody."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from engine.fields.days import show_day
from engine.words import say
from procedures import jobs
from procedures.channels import Channel
from procedures.channels.notice import Notice, Part, Sender
from procedures.database import Database
from procedures.models import Person
from procedures.morning.concerns import Concern

HOME = "operator"


def handler(channel: Channel, sender: Sender, concerns: Sequence[Concern]) -> jobs.Handler:
    """The handler of these mails. Who has lost their address meanwhile is not told."""
    pages = {one.name: one.page for one in concerns}

    def send(database: Database, job: jobs.ClaimedJob, _now: datetime) -> None:
        with database.read() as session:
            person = session.get(Person, job.payload["person"])
            address, language = (person.email, person.language) if person else (None, "ja")
        if address:
            day = date.fromisoformat(job.payload["day"])
            channel.send(composed(job.id, language, day, job.payload["counts"], pages, sender), address)

    return send


def composed(
    key: str, language: str, day: date, counts: Mapping[str, int], pages: Mapping[str, str], sender: Sender
) -> Notice:
    """The mail in the reader's language; in the order of the concerns. Without counts it says that all is well."""
    shown = show_day(day, language)
    if not counts:
        subject = say("operator.morning_well_subject", language, day=shown)
        lead = say("operator.morning_well", language)
        parts = [Part(lead), Part(url=sender.url(HOME))]
    else:
        subject = say("operator.morning_subject", language, day=shown, count=len(counts))
        parts = [Part(say("operator.morning_lead", language))]
        for name in (name for name in pages if name in counts):
            parts.append(Part(say(f"operator.morning_{name}", language, count=counts[name])))
            parts.append(Part(url=sender.url(pages[name])))
    link = next(part.url for part in parts if part.url)
    body = "\n\n".join(part.url or part.text for part in parts)
    return Notice(key, language, subject, body, tuple(parts), link, link)
