"""Begun from an earlier application: its answers wait page by page, and are nobody else's."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from procedures.database import Database
from procedures.models import Application, Draft
from tests.web.conftest import Clock
from tests.web.residents.applicant import BILLING, DOG, PLACE, USER, Applicant

FROM_EARLIER = "前の申請の内容から始める"


def again(hana: Applicant, clock: Clock, *dogs: dict[str, str]) -> str:
    """A registration that was sent a year ago, and a new one begun from it: its id."""
    hana.register(*(dogs or (DOG,)))
    hana.send(form="/check")
    clock.move(timedelta(days=365))
    hana.sign_in("hanako")
    hana.open("/procedures/dog-registration")
    assert FROM_EARLIER in hana.main
    assert "2026年5月1日（金）の申請（" in hana.main
    source = next(node.attributes["value"] for node in hana.tree.all("input") if node.attributes.get("name") == "from")
    hana.post("/procedures/dog-registration/start", {"from": source})
    hana.follow()
    return hana.at.split("/")[2]


def test_an_application_begins_from_an_earlier_one_page_by_page(hana: Applicant, clock: Clock) -> None:
    application_id = again(hana, clock, DOG, {**DOG, "call_name": "タロ"})
    assert "前の申請の内容が入っています" in hana.main
    assert hana.main.count("2026年5月1日（金）の申請から") == 4
    assert hana.typed("phone") == ["0353211111"]
    hana.open(f"/applications/{application_id}/check")
    assert "山田" not in hana.main
    hana.open(f"/applications/{application_id}")
    assert hana.main.count("要確認（前の申請から）") == 2
    hana.open(f"/applications/{application_id}/steps/owner")
    hana.send()
    assert hana.typed("call_name") == ["ポチ"]
    hana.send()
    assert "前の申請には、ほかに1件あります" in hana.main
    hana.press("もう1件追加する")
    assert hana.typed("call_name") == ["タロ"]
    hana.send()
    assert "前の申請には" not in hana.main
    hana.send()
    hana.open(f"/applications/{application_id}")
    assert "要確認" not in hana.main


def test_nothing_of_it_is_an_answer_before_its_page_was_continued(
    hana: Applicant, clock: Clock, database: Database
) -> None:
    application_id = again(hana, clock)
    hana.post(f"/applications/{application_id}/check", {"revision": "1"})
    with database.read() as session:
        assert session.scalar(select(Application.status).where(Application.id == application_id)) == "draft"
        assert session.scalar(select(Draft.answers).where(Draft.application_id == application_id)) == "{}"


def test_what_was_emptied_stays_empty(hana: Applicant) -> None:
    hana.open("/procedures/water-service-start")
    hana.send(form="/start")
    hana.send(PLACE)
    hana.send({**USER, "email": "hanako@example.jp"})
    hana.send(BILLING)
    hana.send(form="/check")
    sent = hana.at.split("/")[2]
    hana.open("/procedures/water-service-start")
    hana.post("/procedures/water-service-start/start", {"from": sent})
    hana.follow()
    here = hana.at.replace("/place", "/user")
    hana.open(here)
    assert hana.typed("email") == ["hanako@example.jp"]
    hana.send({"email": ""})
    hana.open(here)
    assert hana.typed("email") == [""]
    assert "前の申請の内容が入っています" not in hana.main


def test_a_visitor_begins_from_what_was_sent_in_this_browser(applicant: Callable[..., Applicant]) -> None:
    visitor = applicant()
    visitor.use_water()
    visitor.send(form="/check")
    visitor.open("/procedures/water-service-start")
    assert FROM_EARLIER in visitor.main
    other = applicant()
    other.open("/procedures/water-service-start")
    assert FROM_EARLIER not in other.main


@pytest.mark.parametrize("who", ["taro", None])
def test_nobody_begins_from_anothers_application(
    hana: Applicant, applicant: Callable[..., Applicant], who: str | None
) -> None:
    hana.use_water()
    hana.send(form="/check")
    sent = hana.at.split("/")[2]
    stranger = applicant(who)
    stranger.open("/procedures/water-service-start")
    stranger.post("/procedures/water-service-start/start", {"from": sent})
    assert stranger.page is not None
    assert stranger.page.status_code == 404
