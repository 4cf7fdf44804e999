"""Mails the code that opens a draft on another device, to the address that its owner gave."""

from datetime import datetime

from engine.lifecycle import Status
from procedures import jobs, library
from procedures.channels import Channel
from procedures.channels.notice import Notice, Sender
from procedures.continuing.resuming import grouped, of_draft
from procedures.database import Database
from procedures.mails.wording import worded
from procedures.models import Application


def handler(channel: Channel, sender: Sender, secret: str) -> jobs.Handler:
    """The handler of mails with a code. They are kept nowhere: a message of a case would hold the code."""

    def send(database: Database, job: jobs.ClaimedJob, _now: datetime) -> None:
        with database.read() as session:
            case = session.get(Application, job.payload["application_id"])
            code = of_draft(session, job.payload["application_id"], secret)
            if case is None or code is None or not case.contact_email or case.status != Status.DRAFT:
                return
            title = library.by_digest(session, case.digest).title.say(case.language)
        link = sender.url(f"resume/{code.text}")
        words = worded("draft_code", case.language, {"title": title, "link": link, "code": grouped(code.text)})
        notice = Notice(job.id, case.language, words.subject, words.body, words.parts, link, link)
        channel.send(notice, case.contact_email)

    return send
