"""An office with a manager and clerks, whose cases are given out."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from procedures.actors import Actor
from procedures.assigning import automatic, switches
from procedures.database import Database
from procedures.models import Application, Job, Person, StaffRole
from tests.procedures.conftest import Desk

OFFICE, ELSEWHERE = "hokenjo", "shuzei-shomei"


@dataclass
class House:
    """The office of the permits, with what a test asks about it."""

    desk: Desk
    manager: Actor

    @property
    def database(self) -> Database:
        return self.desk.database

    def hire(self, name: str, role: str = "clerk", office: str = OFFICE) -> Actor:
        """Somebody new."""
        with self.database.write() as session:
            if session.get(Person, name) is None:
                session.add(person(self.desk, name))
                session.flush()
            session.add(StaffRole(person_id=name, role=role, office=office))
        return staff(name, role, office)

    def do(self, service: Callable[..., Any], actor: Actor, *arguments: Any, **more: Any) -> Any:
        """One service call in one transaction."""
        with self.database.write() as session:
            return service(session, actor, self.desk.now, *arguments, **more)

    def switch_on(self, office: str = OFFICE) -> None:
        """Let the office assign by itself."""
        self.do(switches.switch, self.manager, office, automatic=True)

    def assign(self, application_id: str) -> str | None:
        """What the job of a case does."""
        with self.database.write() as session:
            return automatic.assign(session, self.desk.now, application_id)

    def held_by(self, application_id: str) -> str | None:
        with self.database.read() as session:
            return session.scalar(select(Application.claimed_by).where(Application.id == application_id))

    def hands(self) -> Counter[str | None]:
        """How many cases everybody has."""
        with self.database.read() as session:
            return Counter(session.scalars(select(Application.claimed_by)))

    def jobs(self, kind: str) -> list[dict[str, Any]]:
        with self.database.read() as session:
            return [dict(job) for job in session.scalars(select(Job.payload).where(Job.kind == kind))]


def person(desk: Desk, name: str) -> Person:
    return Person(
        id=name, issuer="i", subject=name, name=name, email="x@example.jp", created_at=desk.now, seen_at=desk.now
    )


def staff(name: str, role: str = "clerk", office: str = OFFICE) -> Actor:
    """Somebody with one role in one office."""
    return Actor("staff", name, name, frozenset({(role, office)}))


@pytest.fixture
def house(desk: Desk) -> House:
    """Nobody but its manager works there."""
    with desk.database.write() as session:
        session.query(StaffRole).filter(StaffRole.role == "clerk").delete()
        session.add(person(desk, "ueda"))
        session.flush()
        session.add(StaffRole(person_id="ueda", role="manager", office=OFFICE))
    return House(desk, staff("ueda", "manager"))
