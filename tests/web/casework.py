"""Cases filed through the services, for tests of the staff's pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from sqlalchemy import update

from engine.lifecycle import Event, Who
from payments import cases as paid_cases
from procedures import attachments, cases, decisions, drafts, library, lifecycle
from procedures.actors import SYSTEM, Actor, posts
from procedures.blobs import Blobs
from procedures.database import Database
from procedures.models import Person
from procedures.submissions import Submitted

SPECS = Path(__file__).parents[2] / "procedure_specs"
TAX = "shuzei/metropolitan-tax-certificate.yaml"
DOG = "hokeniryo/dog-registration.yaml"
WATER = "suido/water-service-start.yaml"


def photo() -> bytes:
    """A small JPEG."""
    target = BytesIO()
    Image.new("RGB", (64, 48), "white").save(target, "JPEG")
    return target.getvalue()


@dataclass
class Casework:
    """Files cases and moves them on; every step is a transaction of its own."""

    database: Database
    blobs: Blobs
    people: Mapping[str, Actor]
    now: datetime

    def person(self, name: str) -> Actor:
        """One of the people of the tests, or another member of staff who may do all of a desk's work."""
        return self.people.get(name) or Actor("staff", name, name, posts({"clerk", "approver"}, {"*"}))

    def publish(self, spec: str) -> str:
        """Publish one of the project's procedures; returns its id."""
        source, concepts = (SPECS / spec).read_text(), (SPECS / "concepts.yaml").read_text()
        with self.database.write() as session:
            return library.publish(session, self.people["kimura"], self.now, source, spec, concepts).procedure.id

    def file(
        self, spec: str = TAX, scenario: int = 0, by: str = "hanako", copies: int = 1, **answers: Any
    ) -> Submitted:
        """Submit the answers of a scenario of a procedure, with `answers` in place of some, as `by`.

        Each question for files gets `copies` of them.
        """
        procedure_id = self.publish(spec)
        actor, day = self.person(by), self.now.date()
        with self.database.write() as session:
            session.execute(update(Person).values(assurance="high"))
            procedure = library.in_force(session, procedure_id, day).procedure
            application_id = drafts.start(session, actor, self.now, procedure)
        filled = {**procedure.scenarios[scenario].answers, **answers}
        for field in procedure.fields.values():
            if field.type.name == "file" and field.id in filled:
                filled[field.id] = [self.attach(actor, application_id, field.id) for _ in range(copies)]
        with self.database.write() as session:
            revision = drafts.load(session, actor, application_id).revision
            revision = drafts.save(session, actor, self.now, application_id, filled, revision)
        with self.database.write() as session:
            return paid_cases.submit(session, actor, self.now, application_id, revision, "seen")

    def attach(self, actor: Actor, application_id: str, field_id: str, name: str = "委任状.jpg") -> str:
        """Attach a photo to a draft; returns the attachment's id."""
        prepared = attachments.prepare(self.blobs, name, photo(), ["image/*"])
        with self.database.write() as session:
            return attachments.add(session, actor, self.now, application_id, field_id, prepared)

    def pay(self, application_id: str) -> None:
        """Let the case move on as if its fee had been paid."""
        with self.database.write() as session:
            lifecycle.apply(session, SYSTEM, self.now, application_id, Event.PAY, who=Who.SYSTEM)

    def claim(self, application_id: str, by: str = "sato") -> None:
        """Let a clerk take the case."""
        with self.database.write() as session:
            cases.claim(session, self.person(by), self.now, application_id)

    def propose(
        self,
        application_id: str,
        outcome: str = "approve",
        codes: tuple[str, ...] = (),
        text: str = "",
        by: str = "sato",
    ) -> str:
        """Claim and propose; returns the proposal's id."""
        self.claim(application_id, by)
        with self.database.write() as session:
            return decisions.propose(session, self.person(by), self.now, application_id, outcome, codes, text)

    def approve(self, application_id: str, proposal_id: str, by: str = "suzuki") -> None:
        """Decide as proposed."""
        with self.database.write() as session:
            paid_cases.approve(session, self.person(by), self.now, application_id, proposal_id)

    def see(self, application_id: str, by: str = "sato") -> cases.CaseView:
        """The case as a member of staff sees it."""
        with self.database.read() as session:
            return cases.view(session, self.person(by), application_id)
