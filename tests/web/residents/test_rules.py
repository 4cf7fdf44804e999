"""A market stall: who cannot have one is told why, what to note is pointed out once, what does not fit is told."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from procedures import drafts, library
from procedures.actors import SYSTEM, Actor
from procedures.database import Database
from procedures.models import Application, Submission
from tests.web.client import main_form
from tests.web.residents.applicant import Applicant

SPEC = Path(__file__).parent / "specs" / "market-stall.yaml"
WHO = {"age": "30", "phone": "0353211111"}
DAYS = {"first_day.year": "2026", "first_day.month": "5", "first_day.day": "2"}
DAYS |= {"last_day.year": "2026", "last_day.month": "5", "last_day.day": "3"}
STALL = {"sells": "things", **DAYS, "space.width": "3", "space.depth": "4"}
CUP = {"name": "茶わん", "pieces": "20", "cheapest": "100", "dearest": "500"}


@pytest.fixture
def stall(database: Database, now: datetime, published: None) -> str:
    """The stall's procedure, in force."""
    with database.write() as session:
        source = SPEC.read_text(encoding="utf-8")
        return library.publish(session, SYSTEM, now, source, SPEC.name, "").procedure.id


@pytest.fixture
def seller(applicant: Callable[..., Applicant], stall: str) -> Applicant:
    """Somebody who wants to have one, on the first page."""
    visitor = applicant("hanako")
    visitor.start(stall)
    return visitor


def notes(seller: Applicant) -> list[str]:
    """What is pointed out on the page."""
    return [node.said for node in seller.tree.all("div") if node.attributes.get("id") == "cautions"]


def links(seller: Applicant) -> dict[str, str]:
    return {link.said: link.attributes["href"] for link in seller.tree.all("main")[0].all("a")}


def saved(seller: Applicant, database: Database, id: str) -> dict[str, object]:
    with database.read() as session:
        return drafts.load(session, Actor("resident", "hanako"), id).answers


class TestStops:
    def test_it_says_why_and_where_to_go_instead(self, seller: Applicant, database: Database) -> None:
        id = seller.at.split("/")[2]
        seller.send({**WHO, "age": "17", "guarded": "no"})
        assert seller.at == f"/applications/{id}/stopped"
        assert seller.heading == "この手続では申請できません"
        for words in ("18歳未満の方だけ", "見本市条例第3条", "保護者の方と一緒に"):
            assert words in seller.main
        assert links(seller)["出店の手引"] == "https://www.example.jp/market"
        assert saved(seller, database, id)["age"] == 17

    def test_back_to_the_answer_and_on(self, seller: Applicant) -> None:
        seller.send({**WHO, "age": "17", "guarded": "no"})
        assert links(seller)["答えを直す"].endswith("/steps/who#f-guarded")
        seller.press("答えを直す")
        assert seller.typed("age") == ["17"]
        seller.send({"age": "18"})
        assert seller.heading == "出店の内容"

    @pytest.mark.parametrize("page", ["steps/stall", "steps/goods/goods", "check", "steps/goods/goods/1"])
    def test_there_is_no_way_around(self, seller: Applicant, page: str) -> None:
        id = seller.at.split("/")[2]
        seller.send({**WHO, "age": "17", "guarded": "no"})
        seller.open(f"/applications/{id}/{page}")
        assert seller.at == f"/applications/{id}/stopped"

    def test_nothing_can_be_submitted(self, seller: Applicant, database: Database) -> None:
        id = seller.at.split("/")[2]
        seller.send({**WHO, "age": "17", "guarded": "no"})
        seller.post(f"/applications/{id}/check", {"revision": "2"})
        with database.read() as session:
            assert session.scalar(select(Application.status).where(Application.id == id)) == "draft"

    def test_the_application_leads_there_while_it_holds(self, seller: Applicant) -> None:
        id = seller.at.split("/")[2]
        seller.send({**WHO, "age": "17", "guarded": "no"})
        seller.open(f"/applications/{id}")
        seller.press("続きを入力する")
        assert seller.at.endswith("/stopped")
        seller.press("答えを直す")
        seller.send({"guarded": "yes"})
        seller.open(f"/applications/{id}/stopped")
        assert seller.at == f"/applications/{id}"

    def test_mistakes_of_the_page_come_first(self, seller: Applicant) -> None:
        seller.send({"age": "17", "guarded": "no"})
        assert seller.page.status_code == 422
        assert seller.typed("age") == ["17"]

    @pytest.mark.parametrize(("language", "words"), [("en", "You must be 18"), ("easy", "18さいに なってから")])
    def test_in_other_languages(self, seller: Applicant, language: str, words: str) -> None:
        seller.client.set_cookie("tetsuzuki_language", language)
        seller.send({**WHO, "age": "17", "guarded": "no"})
        assert words in seller.main


class TestWarnings:
    def test_it_is_shown_once_on_its_page_and_one_goes_on(self, seller: Applicant, database: Database) -> None:
        id = seller.at.split("/")[2]
        seller.send(WHO)
        assert notes(seller) == []
        seller.send({**STALL, "sells": "food"})
        assert seller.heading == "出店の内容"
        assert seller.page.status_code == 200
        assert "消防署への届出が別に必要です" in notes(seller)[0]
        assert saved(seller, database, id)["sells"] == "food"
        seller.send()
        assert seller.heading == "入力内容の確認"
        assert "消防署への届出が別に必要です" in notes(seller)[0]

    def test_an_answer_that_brings_none_goes_straight_on(self, seller: Applicant) -> None:
        seller.send(WHO)
        seller.send(STALL)
        assert seller.heading == "品物 1"

    def test_changing_the_answer_takes_it_away(self, seller: Applicant) -> None:
        seller.send(WHO)
        seller.send({**STALL, "sells": "food"})
        seller.send({"sells": "things"})
        assert seller.heading == "品物 1"

    def test_from_the_check_page_it_is_told_and_leads_back_there(self, seller: Applicant) -> None:
        seller.send(WHO)
        seller.send(STALL)
        seller.send(CUP)
        seller.send()
        assert seller.heading == "入力内容の確認"
        seller.press("変更（売るもの）")
        seller.send({"sells": "food"})
        assert notes(seller)
        seller.send()
        assert seller.heading == "入力内容の確認"

    def test_of_a_list_it_stands_on_the_list(self, seller: Applicant) -> None:
        seller.send(WHO)
        seller.send(STALL)
        seller.send(CUP)
        assert notes(seller) == []
        seller.press("もう1件追加する")
        seller.send({**CUP, "pieces": "40"})
        assert seller.heading == "品物"
        assert "搬入の時間" in notes(seller)[0]
        seller.send()
        assert seller.heading == "入力内容の確認"

    def test_what_was_pointed_out_is_kept_with_the_submission(self, seller: Applicant, database: Database) -> None:
        seller.send(WHO)
        seller.send({**STALL, "sells": "food"})
        seller.send()
        seller.send()
        with database.read() as session:
            assert "消防署への届出" in session.scalar(select(Submission.seen))

    def test_the_clerk_sees_it(self, seller: Applicant, applicant: Callable[..., Applicant]) -> None:
        id = seller.at.split("/")[2]
        seller.send(WHO)
        seller.send({**STALL, "sells": "food"})
        seller.send()
        seller.send()
        clerk = applicant("sato")
        clerk.open(f"/desk/cases/{id}")
        assert "申請者に示した注意" in clerk.main
        assert "消防署への届出が別に必要です" in clerk.main
        assert "該当" in clerk.main


class TestChecks:
    def test_the_summary_leads_to_the_question_and_nothing_is_lost(self, seller: Applicant) -> None:
        seller.send(WHO)
        late = {**STALL, "last_day.day": "1", "space.width": "７"}
        seller.send(late)
        assert seller.page.status_code == 422
        assert seller.problems == [
            "最終日は初日以降の日にしてください。",
            "広さは12平方メートルまでです。間口か奥行を小さくしてください。",
        ]
        for name, typed in late.items():
            assert typed in seller.typed(name), name
        box = next(node for node in seller.tree.all("div") if node.attributes.get("id") == "problems")
        assert [link.attributes["href"] for link in box.all("a")] == ["#f-last_day-year", "#f-space-depth"]
        seller.send({"last_day.day": "2", "space.depth": "1"})
        assert seller.heading == "品物 1"

    def test_one_of_two_is_told_at_both_and_once_in_the_summary(self, seller: Applicant) -> None:
        seller.send({"age": "30"})
        assert seller.problems == ["電話番号かメールのどちらかを入力してください。"]
        assert seller.main.count("電話番号かメールのどちらかを入力してください。") == 3
        marked = [n.attributes["name"] for n in main_form(seller.tree).all("input") if "aria-invalid" in n.attributes]
        assert marked == ["phone", "email"]
        seller.send({"email": "a@example.jp"})
        assert seller.heading == "出店の内容"

    def test_within_an_item(self, seller: Applicant) -> None:
        seller.send(WHO)
        seller.send(STALL)
        seller.send({**CUP, "dearest": "50"})
        assert seller.problems == ["最高の値段は最低の値段以上にしてください。"]
        assert seller.typed("dearest") == ["50"]
        seller.send({"dearest": "500"})
        assert seller.heading == "品物"
