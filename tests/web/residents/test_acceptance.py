"""When applications are taken: said before one begins, at the end, and again when somebody comes too late."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from procedures.database import Database
from procedures.models import Application, PublishedProcedure, Submission
from tests.web.client import form_values, main_form
from tests.web.conftest import Clock
from tests.web.residents.applicant import Applicant
from tests.web.residents.test_rules import STALL, WHO, stall

__all__ = ["stall"]

FOOD = {**STALL, "sells": "food"}


def count(database: Database, model: type) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(model))


def fill_in(person: Applicant, procedure_id: str) -> str:
    """Up to the check page."""
    id = person.start(procedure_id)
    person.send(WHO)
    person.send(FOOD)
    person.send()
    assert person.heading == "入力内容の確認"
    return id


def suspend(database: Database) -> None:
    with database.write() as session:
        session.execute(update(PublishedProcedure).values(suspended=True))


def card(person: Applicant) -> str:
    person.open("/")
    cards = [node.said for node in person.tree.all("li") if "card" in node.attributes.get("class", "")]
    return next(words for words in cards if "のみの市" in words)


class TestOpen:
    def test_until_when_and_how_many(self, hana: Applicant, stall: str) -> None:
        assert "残りわずか（2件）" in card(hana)
        hana.open(f"/procedures/{stall}")
        for words in ("2026年6月30日（火）まで", "期間ごとに2件まで（先着順）", "残りわずか（2件）", "手続を始める"):
            assert words in hana.main
        assert "枠は確保されません" in hana.main


class TestClosed:
    @pytest.mark.parametrize(
        ("language", "title", "again"),
        [
            ("ja", "いまは受付期間ではありません", "次の受付は2027年4月1日（木）からです。"),
            ("en", "Applications are not open now", "They open again on 1 April 2027."),
            ("easy", "いまは 申しこめません", "2027年4月1日（木）からです。"),
        ],
    )
    def test_the_page_says_when_again_and_nothing_begins(
        self, hana: Applicant, stall: str, clock: Clock, database: Database, language: str, title: str, again: str
    ) -> None:
        clock.moment = datetime(2026, 7, 1, tzinfo=UTC)
        hana.client.set_cookie("tetsuzuki_language", language)
        hana.open(f"/procedures/{stall}")
        assert title in hana.main
        assert again in hana.main
        assert not [node for node in hana.tree.all("form") if "/start" in node.attributes.get("action", "")]
        hana.post(f"/procedures/{stall}/start")
        assert hana.page.headers["Location"] == f"/procedures/{stall}"
        assert count(database, Application) == 0

    def test_the_catalogue_says_so_too(self, hana: Applicant, stall: str, clock: Clock) -> None:
        clock.moment = datetime(2026, 7, 1, tzinfo=UTC)
        assert "2027年4月1日（木）から受付" in card(hana)

    def test_a_draft_that_comes_late_is_told_and_kept(
        self, hana: Applicant, stall: str, clock: Clock, database: Database
    ) -> None:
        clock.moment = datetime(2026, 6, 30, 14, 0, tzinfo=UTC)
        id = fill_in(hana, stall)
        values = form_values(main_form(hana.tree))
        clock.move(timedelta(hours=2))  # past midnight in Tokyo
        hana.post(f"/applications/{id}/check", values)
        assert hana.page.status_code == 409
        for words in ("いまは受付期間ではありません", "2027年4月1日", "まだ送信していません", "2026年7月30日"):
            assert words in hana.main
        assert not [node for node in hana.tree.all("form") if "/check" in node.attributes.get("action", "")]
        assert count(database, Submission) == 0
        hana.open(f"/applications/{id}")
        assert "いまは受付期間ではありません" in hana.main
        hana.open(f"/applications/{id}/steps/who")
        assert hana.typed("age") == ["30"]


class TestFull:
    def test_the_last_place_is_taken_while_somebody_reads(
        self, applicant: Callable[..., Applicant], hana: Applicant, stall: str, database: Database
    ) -> None:
        id = fill_in(hana, stall)
        for _ in range(2):
            taro = applicant("taro")
            fill_in(taro, stall)
            taro.send()
        hana.send()
        assert hana.page.status_code == 409
        assert hana.at == f"/applications/{id}/check"
        for words in ("受付件数に達しました", "今回の区画はすべて埋まりました。", "2027年4月1日"):
            assert words in hana.main
        assert count(database, Submission) == 2
        assert "満員" in card(hana)
        hana.open(f"/procedures/{stall}")
        assert "受付件数に達しました" in hana.main
        assert "入力の途中の申請があります" in hana.main

    def test_a_place_given_back_can_be_taken(self, applicant: Callable[..., Applicant], stall: str) -> None:
        people = [applicant("hanako"), applicant("taro")]
        ids = [fill_in(person, stall) for person in people]
        for person in people:
            person.send()
        late = applicant("taro")
        late.open(f"/procedures/{stall}")
        assert "受付件数に達しました" in late.main
        people[0].open(f"/applications/{ids[0]}/withdraw")
        people[0].send()
        fill_in(late, stall)
        late.send()
        assert late.heading == "送信しました"


class TestSuspended:
    def test_the_page_stays_and_says_so(self, hana: Applicant, stall: str, database: Database) -> None:
        id = fill_in(hana, stall)
        values = form_values(main_form(hana.tree))
        suspend(database)
        assert "受付停止中" in card(hana)
        hana.open(f"/procedures/{stall}")
        assert "受付を一時停止しています" in hana.main
        assert "再開の時期が決まりましたら" in hana.main
        hana.post(f"/procedures/{stall}/start")
        assert hana.page.status_code == 303
        hana.post(f"/applications/{id}/check", values)
        assert hana.page.status_code == 409
        assert count(database, Submission) == 0
        assert count(database, Application) == 1

    def test_what_was_begun_can_still_be_written(self, hana: Applicant, stall: str, database: Database) -> None:
        id = hana.start(stall)
        suspend(database)
        hana.send(WHO)
        assert hana.at == f"/applications/{id}/steps/stall"
