"""A procedure for staff alone: offered to them, and not there for anybody else."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import func, select

from procedures import drafts, library
from procedures.actors import SYSTEM, Actor
from procedures.database import Database
from procedures.errors import NotFound
from procedures.models import Application
from tests.engine.language.specs import spec
from tests.web.residents.applicant import Applicant

SHEET = spec("it: {type: text, title: {ja: 所見, en: Remarks}}", more="audience: [staff]\nsign_in: {required: true}\n")


@pytest.fixture
def sheet(database: Database, now: datetime, published: None) -> str:
    """The procedure for staff, in force."""
    with database.write() as session:
        return library.publish(session, SYSTEM, now, SHEET, "sample.yaml", "").procedure.id


@pytest.mark.parametrize("who", [None, "hanako"])
def test_residents_see_nothing_of_it(
    applicant: Callable[..., Applicant], database: Database, sheet: str, who: str
) -> None:
    person = applicant(who) if who else applicant()
    assert sheet not in person.open("/").text
    missing = person.get("/procedures/none-such")
    theirs = person.get(f"/procedures/{sheet}")
    assert (theirs.status_code, missing.status_code) == (404, 404)
    assert person.post(f"/procedures/{sheet}/start").status_code == 404
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Application)) == 0


def test_staff_fill_it_in(applicant: Callable[..., Applicant], sheet: str) -> None:
    clerk = applicant("sato")
    assert sheet in clerk.open("/").text
    clerk.start(sheet)
    clerk.send({"it": "特になし"})
    assert clerk.heading == "入力内容の確認"


def test_the_service_itself_refuses_others(
    database: Database, now: datetime, people: dict[str, Actor], sheet: str
) -> None:
    with database.write() as session, pytest.raises(NotFound):
        drafts.start(session, people["hanako"], now, library.in_force(session, sheet, now.date()).procedure)
