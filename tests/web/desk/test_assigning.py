"""Whose a case is, on the pages: why it is here, handing it on, absences, how an office gives cases out."""

from collections.abc import Callable

import pytest

from procedures.database import Database
from procedures.models import Office, StaffRole
from tests.web.browsing import Browser
from tests.web.casework import TAX, Casework

Browsers = Callable[..., Browser]
HERE = "shuzei-shomei"

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def offices(database: Database, people: object) -> None:
    """Two offices with names; Suzuki manages this one, and clerks are in both."""
    with database.write() as session:
        for office, name in ((HERE, "都税証明窓口"), ("hokenjo", "中央保健所"), ("empty", "空の窓口")):
            session.add(Office(id=office, name_ja=name, name_en=office))
        session.query(StaffRole).filter_by(person_id="sato").update({"office": HERE})
        session.add(StaffRole(person_id="suzuki", role="manager", office=HERE))
        session.add(StaffRole(person_id="tanaka", role="clerk", office="hokenjo"))


def hand(case: str, way: str) -> str:
    return f"/desk/cases/{case}/hand/{way}"


def test_the_case_says_why_it_is_here(casework: Casework, browser: Browsers, offices: None) -> None:
    case = casework.file(TAX).application_id
    page = browser("sato").get(f"/desk/cases/{case}")
    assert "この手続は都税証明窓口が担当します。" in page.text
    assert hand(case, "transfer") in page.text
    assert hand(case, "take-over") not in page.text
    assert hand(case, "assign") not in page.text
    assert hand(case, "assign") in browser("suzuki").get(f"/desk/cases/{case}").text


def test_transferring_tells_the_applicant_and_leaves_the_office(
    casework: Casework, browser: Browsers, offices: None
) -> None:
    case = casework.file(TAX).application_id
    clerk = browser("sato")
    page = clerk.get(hand(case, "transfer"))
    assert "中央保健所" in page.text
    assert "空の窓口" not in page.text
    for target, reason, words in (
        ("hokenjo", "", "理由を書いてください"),
        ("nowhere", "管轄", "移送先の窓口を一覧から選んでください"),
        ("empty", "管轄", "担当者がいません"),
        (HERE, "管轄", "いまの窓口です"),
    ):
        answer = clerk.post(hand(case, "transfer"), {"target": target, "reason": reason})
        assert answer.status_code == 422
        assert words in answer.text
    assert clerk.post(hand(case, "transfer"), {"target": "hokenjo", "reason": "管轄の外"}).status_code == 303
    assert "案件を別の窓口へ移送しました" in clerk.follow().text
    assert clerk.get(f"/desk/cases/{case}").status_code == 404
    there = browser("tanaka").get(f"/desk/cases/{case}").text
    assert "都税証明窓口から移送されました" in there
    assert "管轄の外" in there
    own = browser("hanako").get(f"/applications/{case}").text
    assert "担当する窓口が中央保健所に変わりました" in own
    assert "管轄の外" not in own


def test_taking_over_giving_back_and_assigning(
    casework: Casework, browser: Browsers, offices: None, rival: None
) -> None:
    case = casework.file(TAX).application_id
    casework.claim(case)
    other = browser("rival")
    other.get(hand(case, "take-over"))
    assert other.post(hand(case, "take-over"), {"reason": "不在のため", "seen": "sato"}).status_code == 303
    assert "引き継ぎました" in other.follow().text
    answer = browser("sato").post(hand(case, "give-back"), {"reason": "違う"})
    assert answer.status_code == 409
    assert "高橋 主任" in answer.text
    assert other.post(hand(case, "give-back"), {"reason": "多忙"}).status_code == 303
    page = other.follow()
    assert "高橋 主任さんが戻しました" in page.text
    assert "引き受ける" in page.text
    boss = browser("suzuki")
    assert "佐藤 係員" in boss.get(hand(case, "assign")).text
    assert boss.post(hand(case, "assign"), {"target": "sato", "reason": "経験者"}).status_code == 303
    assert casework.see(case).claimed_by == "佐藤 係員"
    assert boss.post(hand(case, "assign"), {"target": "tanaka", "reason": "x"}).status_code == 404
    assert boss.get(hand(case, "nonsense")).status_code == 404
    assert browser("sato").get(hand(case, "take-over")).status_code == 409


def test_absences_are_entered_and_called_off(casework: Casework, browser: Browsers, offices: None, rival: None) -> None:
    case = casework.file(TAX).application_id
    casework.claim(case)
    clerk = browser("sato")
    assert "不在の予定はありません" in clerk.get("/desk/absences").text
    for days, words in (
        (("2026-05-10", "2026-05-02"), "はじめの日より後に"),
        (("", "2026-05-02"), "日付を入力してください"),
        (("2026-04-01", "2026-04-02"), "過ぎています"),
    ):
        answer = clerk.post("/desk/absences", {"first": days[0], "last": days[1]})
        assert answer.status_code == 422
        assert words in answer.text
        assert days[1] in answer.text
    answer = clerk.post("/desk/absences", {"first": "２０２６/５/１", "last": "2026年5月8日", "stand_in": "rival"})
    assert answer.status_code == 303
    assert "高橋 主任" in clerk.follow().text
    seen = browser("rival").get(f"/desk/cases/{case}").text
    assert "佐藤 係員さんは2026年5月8日" in seen
    assert "代わりの担当者：高橋 主任" in seen
    assert (
        browser("rival")
        .post("/desk/absences", {"person": "sato", "first": "2026-05-02", "last": "2026-05-02"})
        .status_code
        == 404
    )
    boss = browser("suzuki")
    page = boss.get("/desk/absences")
    [address] = [part.split('"')[0] for part in page.text.split('action="') if "call-off" in part.split('"')[0]]
    assert browser("rival").post(address).status_code == 404
    boss.post(address)
    assert "不在を取り消しました" in boss.follow().text


def test_the_manager_switches_it_on_and_settles_shares(casework: Casework, browser: Browsers, offices: None) -> None:
    casework.file(TAX)
    boss, clerk = browser("suzuki"), browser("sato")
    assert "自動では割り当てません" in clerk.get("/desk/assigning").text
    assert clerk.post(f"/desk/assigning/{HERE}", {"automatic": "on"}).status_code == 403
    boss.get("/desk/assigning")
    assert boss.post(f"/desk/assigning/{HERE}", {"automatic": "on"}).status_code == 303
    assert "自動で割り当て中" in boss.follow().text
    assert boss.post(f"/desk/assigning/{HERE}", {"person": "sato", "percent": "50"}).status_code == 303
    assert "50 %" in clerk.get("/desk/assigning").text
    for odd in ({"person": "sato", "percent": "51"}, {"person": "hanako", "percent": "50"}):
        assert boss.post(f"/desk/assigning/{HERE}", odd).status_code == 404
    assert boss.post("/desk/assigning/hokenjo", {"automatic": "on"}).status_code == 404
