"""The mail with the link: composed and handed over by the worker."""

from collections.abc import Mapping
from datetime import datetime

from engine.words import say
from procedures import jobs
from procedures.channels import Channel
from procedures.channels.notice import Notice, Part, Sender
from procedures.database import Database
from procedures.people.mail_links import still_open
from web.identity.mail.secrets import link_code, link_secret
from web.settings import Settings


def handler(channels: Mapping[str, Channel], sender: Sender, settings: Settings) -> jobs.Handler:
    """The handler of `sign_in.mail` jobs. A link that ran out meanwhile is not sent any more."""

    def send(database: Database, job: jobs.ClaimedJob, now: datetime) -> None:
        with database.read() as session:
            link = still_open(session, now, job.payload["link"])
            if link is None:
                return
            notice, address = compose(job.id, link.id, link.language, sender, settings), link.address
        channels["mail"].send(notice, address)

    return send


def compose(key: str, link_id: str, language: str, sender: Sender, settings: Settings) -> Notice:
    """The mail in the language of the page where it was asked for."""
    address = sender.url(f"/sign-in/mail/{link_id}/{link_secret(settings, link_id)}")
    code = link_code(settings, link_id)

    def words(name: str, **facts: str) -> str:
        return say(f"mail_link.{name}", language, **facts)

    hello, other, unasked = words("mail_hello"), words("mail_code_hint"), words("mail_unasked")
    parts = (
        Part(text=hello),
        Part(url=address),
        Part(text=other),
        Part(rows=((words("code"), code),)),
        Part(text=unasked),
    )
    body = "\n\n".join((hello, address, other, f"{words('code')}: {code}", unasked))
    return Notice(key, language, words("mail_subject"), body, parts, address, address)
