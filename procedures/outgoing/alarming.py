"""Tells operators by mail that a subscription was paused because nothing had come through for days."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.words import say
from procedures import jobs
from procedures.channels import Channel
from procedures.channels.notice import Notice, Part, Sender
from procedures.database import Database
from procedures.models import ApiClient, Person, StaffRole, WebhookSubscription

JOB = "webhook.alarm"
PAGE = "operator/deliveries"


def sound(session: Session, now: datetime, subscription_id: str) -> None:
    """Queue a mail to each operator."""
    operators = select(StaffRole.person_id).where(StaffRole.role == "operator").distinct()
    for person_id in session.scalars(operators):
        payload = {"subscription": subscription_id, "person": person_id}
        jobs.enqueue(session, now, JOB, payload)


def handler(channel: Channel, sender: Sender) -> jobs.Handler:
    """The handler of these mails. Who has no address finds it on the page of what was not delivered."""

    def send(database: Database, job: jobs.ClaimedJob, _now: datetime) -> None:
        with database.read() as session:
            person = session.get(Person, job.payload["person"])
            subscription = session.get_one(WebhookSubscription, job.payload["subscription"])
            client = session.get_one(ApiClient, subscription.client_id).name
        if person is None or not person.email:
            return
        channel.send(composed(job.id, person.language, client, subscription.url, sender), person.email)

    return send


def composed(key: str, language: str, client: str, url: str, sender: Sender) -> Notice:
    """The mail in the operator's language."""
    subject = say("operator.webhook_alarm_subject", language, client=client)
    text = say("operator.webhook_alarm", language, client=client)
    link = sender.url(PAGE)
    rows = ((say("operator.webhook_url", language), url),)
    parts = (Part(text=text), Part(rows=rows), Part(url=link))
    return Notice(key, language, subject, f"{text}\n\n{url}\n\n{link}", parts, link, link)
