"""Where drafts end that are thrown away or lapse, and where open ones stand."""

from datetime import timedelta

from sqlalchemy import select

from procedures import applications, drafts
from procedures.insight.leaving import CHECK, standing
from procedures.models import JourneyCount
from tests.procedures.conftest import Desk


def left(desk: Desk) -> dict[tuple[str, str], int]:
    with desk.database.read() as session:
        return {(row.page, row.measure): row.count for row in session.scalars(select(JourneyCount))}


def test_a_draft_thrown_away_is_counted_where_it_stood(desk: Desk) -> None:
    whole, begun = desk.draft(), desk.do(drafts.start, desk.people.hanako, desk.known["permit"])
    desk.do(drafts.save, desk.people.hanako, begun, {"name": "山田"}, 1)
    for case in (whole, begun):
        desk.do(applications.withdraw, desk.people.hanako, case)
    step = desk.known["permit"].steps[0].id
    assert left(desk) == {(CHECK, "left"): 1, (step, "left"): 1}


def test_what_was_never_begun_is_not_counted(desk: Desk) -> None:
    case = desk.do(drafts.start, desk.people.hanako, desk.known["permit"])
    desk.do(applications.withdraw, desk.people.hanako, case)
    assert left(desk) == {}


def test_a_sent_case_that_is_withdrawn_is_no_draft(desk: Desk) -> None:
    desk.do(applications.withdraw, desk.people.hanako, desk.received())
    assert left(desk) == {}


def test_a_draft_that_lapses_is_counted(desk: Desk) -> None:
    desk.draft()
    with desk.database.write() as session:
        drafts.lapse_expired(session, desk.now + timedelta(days=400))
    assert left(desk) == {(CHECK, "left"): 1}


def test_open_drafts_stand_somewhere(desk: Desk) -> None:
    desk.draft()
    desk.do(drafts.start, desk.people.taro, desk.known["permit"])
    desk.received()
    with desk.database.read() as session:
        found = standing(session, desk.known["permit"].id, desk.now.date())
    assert found == {CHECK: 1, desk.known["permit"].steps[0].id: 1}
