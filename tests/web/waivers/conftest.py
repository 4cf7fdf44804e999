"""A case that asks for a reduction, filed as a resident files it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from procedures import library
from procedures.actors import SYSTEM
from procedures.database import Database
from procedures.models import WaiverRequest
from tests.web.casework import photo
from tests.web.residents.applicant import Applicant
from tests.web.waivers.spec import SPEC


@dataclass
class Desk:
    """The procedure, and whoever looks at it."""

    app: Flask
    database: Database
    now: datetime
    hana: Applicant

    def publish(self, due: str = "submission", *, two: bool = False) -> None:
        text = SPEC.format(due=due, two="true" if two else "false")
        with self.database.write() as session:
            library.publish(session, SYSTEM, self.now, text, "copy.yaml", "")

    def filled(self, *, ask: bool = True) -> str:
        """Up to the check page."""
        case = self.hana.start("copy-of-record")
        self.hana.send({"copies": "3"})
        if ask:
            self.hana.send({"wants": "yes"}, files=[("proof.new", "受給証明書.jpg", photo())])
        else:
            self.hana.send({"wants": "no"})
        return case

    def submitted(self) -> str:
        case = self.filled()
        self.hana.send()
        return case

    def request(self, case: str) -> str:
        with self.database.read() as session:
            query = select(WaiverRequest.id).where(WaiverRequest.application_id == case)
            return session.scalars(query.order_by(WaiverRequest.asked_at.desc())).first()

    def staff(self, name: str) -> Applicant:
        """A member of staff, whose every page must be without fault, too."""
        return Applicant(self.app, name)


@pytest.fixture
def waived(app: Flask, database: Database, now: datetime, people: object) -> Callable[..., Desk]:
    """Publish the procedure and give the desk."""

    def publish(due: str = "submission", *, two: bool = False) -> Desk:
        desk = Desk(app, database, now, Applicant(app, "hanako"))
        desk.publish(due, two=two)
        return desk

    return publish
