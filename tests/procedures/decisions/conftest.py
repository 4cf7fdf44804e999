"""A desk with a procedure of several stages, and the colleagues who work on them."""

from datetime import date, timedelta

import pytest

from procedures import cases, decisions, deputising, library
from procedures.actors import Actor, posts
from procedures.days import tokyo_day
from procedures.models import Person, StaffRole
from tests.procedures.conftest import SPECS, Desk

ROUTE = {"second": "clerk", "chief": "approver", "decide": "approver"}
"""The stages that a proposal passes, with whose they are."""


class RouteDesk(Desk):
    """Leads cases along the route."""

    def colleague(self, name: str, *roles: str, office: str = "hokenjo") -> Actor:
        """A member of staff who is known."""
        with self.database.write() as session:
            session.add(Person(id=name, issuer="i", subject=name, name=name, created_at=self.now, seen_at=self.now))
            session.flush()
            session.add_all(StaffRole(person_id=name, role=role, office=office) for role in roles)
        return Actor("staff", name, name, posts(roles, {office}))

    def on_route(self, outcome: str = "approve", codes: tuple[str, ...] = ()) -> tuple[str, str]:
        """Case and proposal, at the first stage of the route."""
        application_id = self.submitted("route")
        self.do(cases.claim, self.people.sato, application_id)
        return application_id, self.do(decisions.propose, self.people.sato, application_id, outcome, codes, "理由")

    def passes(self, actor: Actor, application_id: str, proposal_id: str, **how: str) -> decisions.Decided:
        """Somebody passes or decides."""
        with self.database.write() as session:
            return decisions.approve(session, actor, self.now, application_id, proposal_id, **how)

    def deputise(self, absent: Actor, deputy: Actor, days: int = 3, **what: object) -> str:
        """`absent` names `deputy` from today."""
        today = tokyo_day(self.now)
        until: tuple[date, date] = (today, today + timedelta(days=days))
        with self.database.write() as session:
            return deputising.name_deputy(session, absent, self.now, deputy.id, "hokenjo", until, **what)


@pytest.fixture
def routed(desk: Desk) -> RouteDesk:
    """The desk with the procedure `route`."""
    with desk.database.write() as session:
        source = (SPECS / "route.yaml").read_text()
        known = library.publish(session, desk.people.kimura, desk.now, source, "route.yaml", "").procedure
    return RouteDesk(desk.database, desk.now, vars(desk.people), {**desk.known, "route": known})
