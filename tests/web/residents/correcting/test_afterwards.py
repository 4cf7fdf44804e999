"""One timeline with whose turn it is and the expected day; the list of what to do next; withdrawing after paying."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from payments.models import Charge, Discrepancy
from tests.web.browsing import Browser
from tests.web.casework import DOG, TAX, Casework
from tests.web.conftest import Clock
from tests.web.residents.applicant import Applicant

Asked = Callable[..., str]


def test_the_timeline_while_it_is_with_the_applicant(hana: Applicant, asked: Asked, clock: Clock) -> None:
    id = asked(("phone",))
    hana.open(f"/applications/{id}")
    for words in (
        "次は、あなたの番です",
        "補正の期限",
        "2026年5月20日",
        "結果のお知らせ（予定）",
        "証明書などのお渡し",
    ):
        assert words in hana.main
    assert "2026年5月20日（水）まで 今日お送りいただいた場合の予定です" in hana.main
    clock.move(timedelta(days=7))  # two business days
    hana.sign_in("hanako")
    hana.open(f"/applications/{id}")
    assert "2026年5月22日（金）まで 今日お送りいただいた場合の予定です" in hana.main


def test_the_expected_day_moves_by_what_it_was_away(hana: Applicant, asked: Asked, clock: Clock) -> None:
    id = asked(("phone",))
    clock.move(timedelta(days=7))
    hana.sign_in("hanako")
    hana.open(f"/applications/{id}/correction/check")
    hana.send({"note": "このままです。"})
    hana.open(f"/applications/{id}")
    for words in ("次は、窓口の番です", "補正をお待ちしていた2開庁日の分"):
        assert words in hana.main


def test_without_a_correction_nothing_has_moved(hana: Applicant, casework: Casework) -> None:
    hana.open(f"/applications/{casework.file(TAX).application_id}")
    assert "開庁日の分" not in hana.main
    assert "承認されたときは、手数料のお支払い" in hana.main


def test_what_waits_for_one_stands_first_with_what_to_do_by_when(
    hana: Applicant, asked: Asked, casework: Casework
) -> None:
    waiting, fee = casework.file(TAX), casework.file(DOG)
    corrected = asked(("phone",))
    draft = hana.start("water-service-start")
    hana.open("/applications")
    order = [
        hana.main.index(words) for words in ("手数料を支払う", "続きを書く", "内容を直して送る", "にお知らせする予定")
    ]
    assert order == sorted(order)
    links = [link.attributes["href"] for link in hana.tree.all("a") if "/applications/" in link.attributes["href"]]
    assert [link.rpartition("/")[2] for link in links] == [
        fee.application_id,
        draft,
        corrected,
        waiting.application_id,
    ]
    for day in ("2026年5月8日", "2026年5月20日"):
        assert day in hana.main


def test_nothing_yet(hana: Applicant) -> None:
    hana.open("/applications")
    assert any("手続をさがす" in link.said or link.attributes["href"] == "/" for link in hana.tree.all("a"))


def test_withdrawn_after_it_was_paid(hana: Applicant, asked: Asked, casework: Casework) -> None:
    id = asked(("phone",))
    with casework.database.write() as session:
        charge = session.scalars(select(Charge).where(Charge.application_id == id)).one()
        charge.status, charge.paid_at, charge.method = "paid", casework.now, "card"
    hana.open(f"/applications/{id}/withdraw")
    assert "6,550円" in hana.main
    hana.send({"note": ""})
    assert hana.at == f"/applications/{id}/withdrawn"
    assert "6,550円" in hana.main
    with casework.database.read() as session:
        assert [row.kind for row in session.scalars(select(Discrepancy))] == ["paid_and_withdrawn"]
    hana.open(f"/applications/{id}")
    assert "申請を取り下げました" in hana.main
    assert "直すところを見る" not in hana.main


def test_withdrawn_without_a_payment_says_nothing_of_money(hana: Applicant, casework: Casework) -> None:
    id = casework.file(TAX).application_id
    hana.open(f"/applications/{id}/withdrawn")
    assert hana.at == f"/applications/{id}"
    hana.open(f"/applications/{id}/withdraw")
    hana.send({"note": "引っ越しました。"})
    assert hana.heading == "申請を取り下げました"
    assert "還付" not in hana.main


def test_a_draft_that_is_thrown_away_leads_to_the_list(hana: Applicant) -> None:
    id = hana.start("water-service-start")
    hana.open(f"/applications/{id}/withdraw")
    hana.send()
    assert hana.at == "/applications"


@pytest.mark.parametrize("path", ["/withdrawn", "/withdraw", ""])
def test_somebody_elses(asked: Asked, applicant: Callable[..., Applicant], path: str) -> None:
    assert applicant("taro").get(f"/applications/{asked(('phone',))}{path}").status_code == 404


def test_how_the_day_came_about_is_told_to_both_sides(
    hana: Applicant, asked: Asked, clock: Clock, browser: Callable[..., Browser]
) -> None:
    """Received on Friday 1 May with ten days; with Hanako until Friday 8: Thursday 7 and Friday 8 stood still."""
    id = asked(("phone",))
    clock.move(timedelta(days=7))
    hana.sign_in("hanako")
    pages = [(hana, f"/applications/{id}"), (browser("sato"), f"/desk/cases/{id}")]
    for who, at in pages:
        page = who.get(at).text
        assert "2026年5月1日（金）から停止中（今日までで2開庁日）" in page
        assert "今日補正が届いた場合の日です" in page
    hana.open(f"/applications/{id}/correction/check")
    hana.send({"note": "このままです。"})
    for who, at in pages:
        page = who.get(at).text
        for words in (
            "翌開庁日の2026年5月7日（木）から数えています",
            "2026年5月1日（金）から2026年5月8日（金）まで（2開庁日）",
            "残り10開庁日",
            "<strong>2026年5月22日（金）</strong>",
        ):
            assert words in page, words
