"""Another system: it sends a file ahead, submits, is told by webhook, and withdraws."""

import json
from uuid import uuid4

from sqlalchemy import select

from procedures.actors import SYSTEM
from procedures.clients import managing
from procedures.models import ApiUpload, ReceivedSubmission, WebhookDelivery, WebhookSubscription
from procedures.outgoing import subscriptions
from procedures.outgoing.events import EVENTS
from procedures.outgoing.posting import Poster
from tests.crash import facts
from tests.crash.person import Answer, Person
from tests.crash.play import Play, Violated
from tests.crash.stories.certified import HUT, STALL, photo
from tests.procedures.outgoing.receiver import receiving
from tests.web.api.system import BASE, HANAKO, basic, wanted


def system(play: Play) -> None:
    """From the token to the last webhook."""
    with receiving() as receiver:
        with play.system.database.write() as session:
            now = play.system.control.now()
            client = managing.register(session, SYSTEM, now, wanted(f"電子窓口 {uuid4().hex[:6]}"))
            secret = managing.add_secret(session, SYSTEM, now, client)
            hook = subscriptions.subscribe(
                session, SYSTEM, now, client, receiver.url, EVENTS, Poster(plain=True, private=True)
            )
        line = Line(play, client, secret)
        line.upload()
        case = line.submit()
        line.withdraw(case)
        told = facts.there(
            WebhookDelivery.subscription_id == hook, WebhookDelivery.state == "delivered", of=WebhookDelivery.id
        )
        play.await_(f"webhook about {case}", told)
        play.calm()
        _told_of_each(play, hook, receiver.ids)
        with play.system.database.write() as session:
            session.get(WebhookSubscription, hook).state = "ended"


def _told_of_each(play: Play, hook: str, ids: list[str]) -> None:
    """What is marked as delivered has arrived (perhaps twice, under the same id)."""
    with play.system.database.read() as session:
        query = select(WebhookDelivery.id).where(WebhookDelivery.subscription_id == hook)
        delivered = set(session.scalars(query.where(WebhookDelivery.state == "delivered")))
    if not delivered <= set(ids):
        raise Violated(f"webhooks {delivered - set(ids)} are said to be delivered, and never came")


class Line:
    """One client, which repeats under the same key what got no answer."""

    def __init__(self, play: Play, client: str, secret: str) -> None:
        self.play, self.name, self.secret, self.token = play, client, secret, ""
        play.people[client] = Person(play.system.site, client)

    def _headers(self, person: Person) -> dict[str, str]:
        if not self.token:
            answer = person.ask(
                "POST",
                "/api/oauth/token",
                data={"grant_type": "client_credentials"},
                headers=basic(self.name, self.secret),
            )
            self.token = json.loads(answer.body)["access_token"]
        return {"Authorization": f"Bearer {self.token}"}

    def _ask(self, person: Person, path: str, headers: dict[str, str], **options: object) -> Answer:
        answer = person.ask("POST", BASE + path, headers={**self._headers(person), **headers}, **options)
        if answer.status == 401:
            self.token = ""
        return answer

    def upload(self) -> None:
        """A file ahead."""
        name, content = photo(self.play)

        def attempt(person: Person) -> Answer:
            path = f"/uploads?procedure={STALL}&field=plan&name={name}"
            return self._ask(person, path, {"Content-Type": "application/octet-stream"}, data=content)

        there = facts.said(ApiUpload.name, name, ApiUpload.client_id == self.name)
        self.play.ask(f"file {name} of {self.name}", self.name, attempt, holds=there)
        self.play.kept.pop()  # what no submission took along is forgotten after a while

    def submit(self) -> str:
        """One case, however often it is sent."""
        body = {"applicant": HANAKO, "answers": {"name": f"髙橋 {self.play.chance.randrange(10**6)}"}}
        key = uuid4().hex

        def attempt(person: Person) -> Answer:
            return self._ask(person, f"/procedures/{HUT}/submissions", {"Idempotency-Key": key}, json=body)

        mine = ReceivedSubmission.client_id == self.name
        once = facts.there(mine, of=ReceivedSubmission.application_id, exactly=True)
        self.play.ask(f"submission under {key}", self.name, attempt, holds=once)
        case = str(self.play.find(select(ReceivedSubmission.application_id).where(mine)))
        self.play.keep(f"answers of {case}", facts.answered(case, "", "name", body["answers"]["name"]))
        return case

    def withdraw(self, case: str) -> None:
        """And takes it back."""

        def attempt(person: Person) -> Answer:
            return self._ask(person, f"/submissions/{case}/withdrawal", {}, json={})

        self.play.ask(f"withdrawal of {case}", self.name, attempt, holds=facts.happened(case, "withdraw"))
