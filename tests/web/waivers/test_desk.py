"""A clerk decides on a reduction: seen in the queue, evidence beside, only what the spec allows, told when too late."""

from collections.abc import Callable, Mapping

import pytest

from payments.cases import decide_waiver
from procedures.waiving.deciding import Choice
from tests.conftest import PEOPLE
from tests.web.residents.applicant import Applicant
from tests.web.waivers.conftest import Desk

pytestmark = pytest.mark.sqlite_only

Waived = Callable[..., Desk]
REFUSAL = {"percent": "0", "reason": ["W1"], "text": "受給の記録がありません。"}


def at_form(desk: Desk, case: str, who: str = "sato") -> Applicant:
    clerk = desk.staff(who)
    clerk.open(f"/desk/cases/{case}/waivers/{desk.request(case)}")
    return clerk


def test_the_queue_shows_what_waits_with_its_day(waived: Waived) -> None:
    desk = waived()
    case = desk.submitted()
    clerk = desk.staff("sato")
    clerk.open("/desk?tab=waiver")
    assert "減免の審査中" in clerk.main
    assert "2026年5月13日（水）あと5営業日" in clerk.main.replace(" ", "")
    assert "お支払い待ち" not in clerk.main.split("この条件で表示する")[1]
    clerk.open("/desk?tab=with_applicant")
    assert "お支払い待ち" not in clerk.main.split("この条件で表示する")[1]
    clerk.open(f"/desk/cases/{case}")
    for words in (
        "減免の審査",
        "手数料を請求する前に",
        "受給証明書.jpg",
        "見本条例第5条",
        "減免を決める",
        "補正を求める",
    ):
        assert words in clerk.main, words


def test_a_clerk_sees_what_each_choice_costs_and_decides(waived: Waived) -> None:
    desk = waived()
    case = desk.submitted()
    clerk = at_form(desk, case)
    for words in (
        "全部を認める",
        "手数料は0円になります",
        "50%を認める",
        "1,500円",
        "認めない",
        "3,000円",
        "受給していない",
    ):
        assert words in clerk.main, words
    clerk.send({"percent": "50", "text": "半額が相当です。"}, form="/waivers/")
    assert "減免を決めました" in clerk.main
    assert "認めた（50%）" in clerk.main
    assert "支払い待ち" in clerk.main
    clerk.open("/desk?tab=waiver")
    assert "決定を待つ減免の申請はありません" in clerk.main


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({}, "どうするかを選んでください"),
        ({"percent": "30"}, "どうするかを選んでください"),
        ({"percent": "１００"}, "どうするかを選んでください"),
        ({"percent": "0", "text": "理由"}, "認めない理由を選んでください"),
        ({"percent": "0", "reason": ["X"], "text": "理由"}, "認めない理由を選んでください"),
        ({"percent": "0", "reason": ["W1"]}, "申請者への説明を書いてください"),
        ({"percent": "50"}, "申請者への説明を書いてください"),
        ({"percent": "100", "reason": ["W1"]}, "理由は、認めないときだけ選びます"),
        ({"percent": "100", "text": "あ" * 2001}, "2,001字"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(waived: Waived, sent: Mapping[str, object], problem: str) -> None:
    desk = waived()
    case = desk.submitted()
    clerk = at_form(desk, case)
    page = clerk.send(sent, form="/waivers/")
    assert page.status_code == 422
    assert any(problem in one for one in clerk.problems), clerk.problems
    if "text" in sent:
        assert clerk.typed("text") == [sent["text"]]


@pytest.mark.parametrize("who", ["hanako", "taro", "suzuki", "tanaka", "kimura"])
def test_nobody_but_a_clerk(waived: Waived, who: str) -> None:
    desk = waived()
    case = desk.submitted()
    other = desk.staff(who)
    address = f"/desk/cases/{case}/waivers/{desk.request(case)}"
    assert other.get(address).status_code in {403, 404}
    assert other.post(address, {"percent": "100"}).status_code in {403, 404}
    assert other.post(f"{address}/approve").status_code in {403, 404, 409}


def test_another_cases_request_and_a_missing_one_look_the_same(waived: Waived) -> None:
    desk = waived()
    one, other = desk.submitted(), desk.submitted()
    clerk = desk.staff("sato")
    for address in (f"/desk/cases/{one}/waivers/{desk.request(other)}", f"/desk/cases/{one}/waivers/none"):
        assert clerk.get(address).status_code == 404
        assert clerk.post(address, {"percent": "100"}).status_code == 404


def test_the_second_clerk_is_told_who_was_first_and_keeps_the_text(waived: Waived) -> None:
    desk = waived()
    case = desk.submitted()
    clerk = at_form(desk, case)
    with desk.database.write() as session:
        decide_waiver(session, PEOPLE["sato"], desk.now, case, desk.request(case), Choice(100))
    page = clerk.send(REFUSAL, form="/waivers/")
    assert page.status_code == 409
    assert "佐藤 係員" in clerk.main
    assert "受給の記録がありません。" in page.text


def test_two_people(waived: Waived) -> None:
    desk = waived(two=True)
    case = desk.submitted()
    clerk = at_form(desk, case)
    clerk.send(REFUSAL, form="/waivers/")
    assert "減免の案を出しました" in clerk.main
    approver = desk.staff("suzuki")
    approver.open(f"/desk/cases/{case}")
    for words in ("佐藤 係員", "認めない", "受給していない", "受給の記録がありません。", "この案のとおり決める"):
        assert words in approver.main, words
    approver.send({"note": ""}, form="/send-back")
    assert approver.page.status_code == 422
    approver.send({"note": "収入を見てください。"}, form="/send-back")
    assert "差し戻しました" in approver.main
    clerk.open(f"/desk/cases/{case}/waivers/{desk.request(case)}")
    assert clerk.typed("text") == ["受給の記録がありません。"]
    clerk.send({"percent": "100", "reason": []}, form="/waivers/")
    approver.open(f"/desk/cases/{case}")
    approver.send(form="/approve")
    assert "減免を決めました" in approver.main
    desk.hana.open(f"/applications/{case}")
    assert "認められました。" in desk.hana.main


def test_the_approver_is_told_what_is_missing(waived: Waived) -> None:
    from procedures import cases, decisions

    desk = waived("approval")
    case = desk.submitted()
    with desk.database.write() as session:
        cases.claim(session, PEOPLE["sato"], desk.now, case)
    with desk.database.write() as session:
        decisions.propose(session, PEOPLE["sato"], desk.now, case, "approve", (), "適正")
    approver = desk.staff("suzuki")
    approver.open(f"/desk/cases/{case}")
    page = approver.send(form="/approve")
    assert page.status_code == 409
    assert "先に減免を決めてください" in approver.main


def test_a_correction_is_asked_for_before_the_fee(waived: Waived) -> None:
    desk = waived()
    case = desk.submitted()
    clerk = desk.staff("sato")
    clerk.open(f"/desk/cases/{case}")
    clerk.press("補正を求める")
    assert clerk.at == f"/desk/cases/{case}/correction"
    assert clerk.page.status_code == 200
