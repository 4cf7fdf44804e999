"""Doors and the table of authority: each route of staff lets in exactly the roles that the table names."""

from collections.abc import Callable

import pytest
from flask import Flask

from procedures.authority import row_of
from procedures.database import Database
from procedures.models import Person, StaffRole
from procedures.people.roles import ROLES
from tests.web.browsing import Browser
from tests.web.platform.test_every_route import address
from web.access import POLICIES

Open = Callable[..., Browser]
AREAS = ("/desk", "/counter", "/finance", "/operator", "/author", "/manage", "/audit")


@pytest.fixture
def holder(app: Flask, database: Database, people: object, now: object) -> Callable[[str], Browser]:
    """Somebody who holds this one role, in every office."""

    def open_browser(role: str) -> Browser:
        with database.write() as session:
            facts = {"issuer": "https://issuer.test", "subject": f"a-{role}", "name": role, "email": None}
            session.add(Person(id=f"a-{role}", **facts, created_at=now, seen_at=now))
            session.flush()
            session.add(StaffRole(person_id=f"a-{role}", role=role, office="*"))
        return Browser(app, f"a-{role}")

    return open_browser


@pytest.mark.parametrize("role", ROLES)
def test_a_door_opens_to_the_roles_of_its_action(app: Flask, holder: Callable[[str], Browser], role: str) -> None:
    browser = holder(role)
    for rule in app.url_map.iter_rules():
        policy = app.extensions[POLICIES][rule.endpoint]
        actions = [who.action for who in policy.who if who.action]
        if not actions:
            continue
        wanted = any(role in row_of(action).roles for action in actions)
        for method in sorted(rule.methods & {"GET", "POST"}):
            answer = browser.get(address(rule)) if method == "GET" else browser.post(address(rule), {})
            assert (answer.status_code != 403) is wanted, (role, method, rule.rule, answer.status_code)
            assert answer.status_code < 500, (role, method, rule.rule)


def test_an_auditor_changes_nothing_anywhere(app: Flask, holder: Callable[[str], Browser]) -> None:
    """What anybody does for themselves remains: sign out, choose a language, apply for something of their own."""
    auditor, tried = holder("auditor"), 0
    for rule in app.url_map.iter_rules():
        policy = app.extensions[POLICIES][rule.endpoint]
        if "POST" not in rule.methods or not any(who.action for who in policy.who):
            assert not rule.rule.startswith(AREAS) or rule.methods <= {"GET", "HEAD", "OPTIONS"}, rule.rule
            continue
        assert auditor.post(address(rule), {}).status_code == 403, rule.rule
        tried += 1
    assert tried > 20
