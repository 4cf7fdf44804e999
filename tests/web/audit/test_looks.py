"""Looks are rows before anybody sees what was looked at; the auditor's page lists them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from procedures import looking
from procedures.actors import Actor
from procedures.database import Database
from procedures.models import Look, Person, StaffRole
from tests.web.browsing import Browser
from tests.web.casework import DOG, Casework
from tests.web.client import faults, read
from tests.web.conftest import Clock
from tests.web.platform.pages import add_page
from web.access import MAY, require_fresh_staff

Open = Callable[..., Browser]
FROM_OURS = {"Referer": "http://localhost/desk", "Sec-Fetch-Site": "same-origin"}
pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def auditor(database: Database, browser: Open, now: datetime) -> Browser:
    with database.write() as session:
        facts = {"issuer": "https://issuer.test", "subject": "noda", "name": "野田 修"}
        session.add(Person(id="noda", email=None, created_at=now, seen_at=now, **facts))
        session.flush()
        session.add(StaffRole(person_id="noda", role="auditor", office="*"))
    return browser("noda")


def rows(database: Database) -> list[tuple[str, str, str]]:
    with database.read() as session:
        return [
            tuple(row) for row in session.execute(select(Look.actor, Look.application_id, Look.what).order_by(Look.seq))
        ]


def test_opening_a_case_is_a_look_and_nothing_else_is(casework: Casework, browser: Open, database: Database) -> None:
    case = casework.file(DOG).application_id
    sato = browser("sato")
    sato.get("/desk/cases/aaaaaaaaaaaaaaaaaaaaaaaaaa")
    browser("hanako").get(f"/applications/{case}")
    assert rows(database) == []
    assert sato.get(f"/desk/cases/{case}").status_code == 200
    assert rows(database) == [("person:sato", case, "case")]


def test_what_cannot_be_written_down_is_not_shown(
    casework: Casework, browser: Open, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = casework.file(DOG).application_id
    sato = browser("sato")

    def broken(*_about: object) -> None:
        raise OperationalError("INSERT", {}, Exception("disk full"))

    monkeypatch.setattr(looking, "record_all", broken)
    page = sato.get(f"/desk/cases/{case}")
    assert page.status_code == 503
    assert "山田" not in page.text
    monkeypatch.undo()
    assert sato.get(f"/desk/cases/{case}").status_code == 200
    assert len(rows(database)) == 1


def test_an_auditor_sees_who_looked_and_leaves_a_trace_too(
    casework: Casework, browser: Open, auditor: Browser, people: dict[str, Actor], database: Database
) -> None:
    case = casework.file(DOG)
    browser("sato").get(f"/desk/cases/{case.application_id}")
    page = auditor.get("/audit/looks")
    assert faults(page) == []
    assert people["sato"].name in read(page).said
    assert auditor.get(f"/audit/looks?case={case.reference}").text.count("<tr>") == 2
    assert people["sato"].name not in auditor.get("/audit/looks?case=nothing&before=x").text
    assert auditor.get(f"/desk/cases/{case.application_id}").status_code == 200
    assert rows(database)[-1] == ("person:noda", case.application_id, "case")
    for other in ("sato", "suzuki", "tanaka", "kimura"):
        assert browser(other).get("/audit/looks").status_code == 403


def test_deciding_asks_for_a_fresh_sign_in(new_app: Flask, people: object, clock: Clock) -> None:
    def decide() -> str:
        require_fresh_staff()
        return "decided"

    add_page(new_app, "/decide", decide, MAY("case.decide"), methods=["POST"])
    suzuki = Browser(new_app, "suzuki")
    assert suzuki.post("/decide", {"reason": "理由"}).text == "decided"
    clock.move(timedelta(minutes=10))
    assert suzuki.post("/decide", {"reason": "理由"}).text == "decided"
    clock.move(timedelta(seconds=1))
    page = suzuki.post("/decide", {"reason": "理由 𠮷"}, headers=FROM_OURS)
    assert (page.status_code, "理由 𠮷" in page.text, "fresh=1" in page.text) == (401, True, True)
    suzuki.sign_in("suzuki")
    assert suzuki.post("/decide", {"reason": "理由 𠮷"}).text == "decided"
