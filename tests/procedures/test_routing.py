"""A case goes to the office that its answers lead to, and its standard period is theirs."""

from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from engine.model import Procedure
from engine.routing import NoOffice, usual_days
from procedures import drafts, library
from procedures.actors import Actor
from procedures.models import Application
from tests.procedures.conftest import SPECS, Desk


@pytest.fixture
def routed(desk: Desk) -> Desk:
    """A procedure whose office and standard period are tables."""
    with desk.database.write() as session:
        source = (SPECS / "routed.yaml").read_text()
        found = library.publish(session, desk.people.kimura, desk.now, source, "routed.yaml", "")
    desk.known["routed"] = found.procedure
    return desk


def send(desk: Desk, **answers: object) -> Application:
    application_id = desk.do(_start, desk.people.hanako, desk.known["routed"], answers)
    desk.submit(application_id)
    with desk.database.read() as session:
        return session.get_one(Application, application_id)


def _start(session: Session, actor: Actor, now: datetime, procedure: Procedure, answers: dict[str, object]) -> str:
    application_id = drafts.start(session, actor, now, procedure)
    drafts.save(session, actor, now, application_id, answers, 1)
    return application_id


@pytest.mark.parametrize(
    ("ward", "large", "office", "due"),
    [
        ("ota", False, "hokenjo", date(2026, 5, 13)),  # five business days after 1 May, over Golden Week
        ("minato", True, "minato-office", date(2026, 6, 3)),
    ],
)
def test_office_and_due_day_follow_from_the_answers(
    routed: Desk, ward: str, large: bool, office: str, due: date
) -> None:
    case = send(routed, ward=ward, large=large)
    assert (case.office, case.due_on) == (office, due)


def test_without_a_standard_period_nothing_is_submitted(routed: Desk) -> None:
    with pytest.raises(NoOffice, match="standard_days"):
        send(routed, ward="ota")


def test_what_is_known_before_the_answers(routed: Desk) -> None:
    assert usual_days(routed.known["routed"]) == (5, 20)
    assert usual_days(routed.known["permit"]) == (10, 10)
    assert usual_days(routed.known["notice"]) is None
