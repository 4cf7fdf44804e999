"""Batches on the pages: choosing in the queue, confirming, results that survive a reload, and what goes wrong."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from procedures.database import Database
from procedures.models import Batch, Job, StaffRole
from tests.web.browsing import Browser
from tests.web.casework import DOG, TAX, Casework
from tests.web.client import read
from tests.web.conftest import Clock

Browsers = Callable[..., Browser]

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def manager(database: Database, people: object) -> None:
    """Suzuki manages the tax office, too."""
    with database.write() as session:
        session.add(StaffRole(person_id="suzuki", role="manager", office="shuzei-shomei"))


def begin(browser: Browser, kind: str, cases: list[str]) -> str:
    """Where the batch is."""
    answer = browser.post(f"/desk/batch/{kind}", {"case": cases, "once": "n"})
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_the_queue_offers_what_this_person_may_do(casework: Casework, browser: Browsers) -> None:
    casework.file(TAX)
    clerk, approver = browser("sato").get("/desk?tab=open").text, browser("suzuki").get("/desk?tab=open").text
    for action, texts in (("claim", clerk), ("take-over", clerk), ("message", clerk), ("approve", approver)):
        assert f'formaction="/desk/batch/{action}"' in texts
    assert 'formaction="/desk/batch/approve"' not in clerk
    assert 'formaction="/desk/batch/claim"' not in approver
    assert 'formaction="/desk/batch/assign"' not in clerk + approver


def test_claiming_is_done_at_once_and_its_page_stays(casework: Casework, browser: Browsers) -> None:
    filed = [casework.file(TAX) for _ in range(2)]
    clerk = browser("sato")
    page = clerk.get(begin(clerk, "claim", [*(one.application_id for one in filed), "a" * 26]))
    for _ in range(2):
        assert "2件を処理しました。1件は処理されていません。" in page.text
        assert "あなたの所属の案件としては見つかりません。" in page.text
        assert all(one.reference in page.text for one in filed)
        page = clerk.get(page.request.path)


def test_approving_shows_what_will_be_decided_and_then_what_was(
    casework: Casework, browser: Browsers, database: Database
) -> None:
    fine, refused, unproposed = (casework.file(TAX) for _ in range(3))
    casework.propose(fine.application_id)
    casework.propose(refused.application_id, "refuse", ("T1",), "添付が足りません")
    boss = browser("suzuki")
    address = begin(boss, "approve", [one.application_id for one in (fine, refused, unproposed)])
    page = boss.get(address)
    rows = [row.said for row in read(page).all("li") if "1件" in row.said]
    assert len(rows) == 2
    assert "起案なし" in page.text
    assert boss.post(address).status_code == 303
    told = boss.follow().text
    assert "2件を処理しました。1件は処理されていません。" in told
    assert "選んだとき、決裁を待つ起案がありませんでした。" in told
    assert casework.see(refused.application_id, "suzuki").status == "refused"
    boss.post(address)
    assert "2件を処理しました" in boss.follow().text


def test_deciding_wants_a_fresh_sign_in(casework: Casework, browser: Browsers, clock: Clock) -> None:
    case = casework.file(TAX)
    casework.propose(case.application_id)
    boss = browser("suzuki")
    address = begin(boss, "approve", [case.application_id])
    boss.get(address)
    clock.move(timedelta(minutes=11))
    assert "/sign-in" in boss.post(address).headers.get("Location", "/sign-in")
    assert casework.see(case.application_id).status == "decision_proposed"
    boss.sign_in("suzuki")
    boss.get(address)
    boss.post(address)
    assert casework.see(case.application_id, "suzuki").status == "awaiting_issue_fee"


def test_a_message_that_is_too_long_is_kept_and_told(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX)
    clerk = browser("sato")
    address = begin(clerk, "message", [case.application_id])
    clerk.get(address)
    long = "長" * 50_000
    answer = clerk.post(address, {"text": long})
    assert answer.status_code == 422
    assert "50,000" in answer.text
    assert long in answer.text
    assert clerk.post(address, {"text": " "}).status_code == 422
    assert clerk.post(address, {"text": "ok", "ready": "none-such"}).status_code == 422
    assert clerk.post(address, {"text": "お知らせします。"}).status_code == 303
    assert "1件すべて処理しました。" in clerk.follow().text


def test_taking_over_wants_a_reason(casework: Casework, browser: Browsers, rival: None) -> None:
    case = casework.file(TAX)
    casework.claim(case.application_id)
    other = browser("rival")
    address = begin(other, "take-over", [case.application_id])
    assert "佐藤 係員" in other.get(address).text
    assert other.post(address, {"reason": ""}).status_code == 422
    other.post(address, {"reason": "佐藤さんが不在のため"})
    assert "引き継ぎました" in other.follow().text
    assert casework.see(case.application_id).claimed_by == "高橋 主任"


def test_a_manager_assigns_many(casework: Casework, browser: Browsers, manager: None, rival: None) -> None:
    filed = [casework.file(TAX).application_id for _ in range(2)]
    boss = browser("suzuki")
    address = begin(boss, "assign", filed)
    page = boss.get(address)
    assert [option.said for option in read(page).all("option")] == ["選んでください", "佐藤 係員", "高橋 主任"]
    assert boss.post(address, {"person": "tanaka", "reason": "x"}).status_code == 422
    boss.post(address, {"person": "rival", "reason": "担当地区のため"})
    assert "2件すべて処理しました。" in boss.follow().text
    assert casework.see(filed[0]).claimed_by == "高橋 主任"


@pytest.mark.parametrize(
    ("many", "words"), [(0, "案件が選ばれていません"), (501, "500件までです（501件が選ばれています）")]
)
def test_none_and_too_many(browser: Browsers, many: int, words: str) -> None:
    answer = browser("sato").post("/desk/batch/claim", {"case": [f"c{number}" for number in range(many)]})
    assert answer.status_code == 422
    assert words in answer.text


def test_strangers_find_no_batch(casework: Casework, browser: Browsers, rival: None) -> None:
    clerk = browser("sato")
    address = begin(clerk, "message", [casework.file(TAX).application_id])
    for stranger in (browser("rival"), browser("suzuki")):
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, {"text": "x"}).status_code == 404
    assert browser("hanako").get(address).status_code == 403
    assert clerk.post("/desk/batch/nonsense", {"case": ["x"]}).status_code == 404
    assert clerk.post("/desk/batch/approve", {"case": ["x"]}).status_code == 404
    assert clerk.get("/desk/batches/nothing").status_code == 404


def test_a_large_one_shows_how_far_it_is(casework: Casework, browser: Browsers, database: Database) -> None:
    case = casework.file(DOG, scenario=1)
    clerk = browser("sato")
    page = clerk.get(begin(clerk, "claim", [case.application_id, *(f"c{number}" for number in range(30))]))
    assert "処理しています（31件のうち0件）" in page.text
    assert "batch.js" in page.text
    with database.read() as session:
        [batch], [job] = session.query(Batch).all(), session.query(Job).filter_by(kind="batch.run").all()
    assert (batch.state, job.payload["batch_id"]) == ("running", batch.id)
