"""The pages of the worklist: the list, one entry, and two people who resolve it."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from payments.discrepancies import note
from payments.models import Discrepancy
from procedures.models import Person, StaffRole
from tests.web.browsing import Browser
from tests.web.casework import DOG
from tests.web.client import faults
from tests.web.finance.conftest import Money

Browsers = Callable[..., Browser]
LIST = "/finance/discrepancies"
pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def second(money: Money, people: object) -> str:
    """Another person of finance, and an auditor."""
    with money.casework.database.write() as session:
        for name, role in (("mori", "finance"), ("audit", "auditor")):
            row = {"id": name, "issuer": "https://issuer.test", "subject": name, "name": name, "assurance": "high"}
            session.add(Person(**row, created_at=money.casework.now, seen_at=money.casework.now))
            session.flush()
            session.add(StaffRole(person_id=name, role=role, office="*"))
    return "mori"


@pytest.fixture
def held(money: Money, second: str) -> str:
    """The address of a discrepancy: another amount than was demanded, in suspense."""
    case = money.casework.file(DOG)
    money.pay(case.application_id, yen=50)
    return address(money, "wrong_amount")


def address(money: Money, kind: str) -> str:
    with money.casework.database.read() as session:
        return f"{LIST}/{session.execute(select(Discrepancy.id).where(Discrepancy.kind == kind)).scalar_one()}"


def test_an_empty_worklist(browser: Browsers) -> None:
    page = browser("tanaka").get(LIST)
    assert "当てはまるものはありません" in page.text
    assert faults(page) == []


def test_the_list_leads_to_the_entry(money: Money, held: str, browser: Browsers) -> None:
    person = browser("tanaka")
    page = person.get(LIST)
    assert held in page.text
    assert "請求と額が違う入金" in page.text
    assert faults(page) == []
    for query, there in {
        "?kind=wrong_amount": True,
        "?kind=payout_failed": False,
        "?band=0": True,
        "?band=3": False,
        "?band=x&page=0&standing=no": True,
        "?assigned=nobody": True,
        "?assigned=tanaka": False,
        "?standing=resolved": False,
        "?page=999999": True,
    }.items():
        assert (f'href="{held}"' in person.get(LIST + query).text) is there, query


def test_two_people_resolve_it(money: Money, held: str, second: str, browser: Browsers) -> None:
    first, other = browser("tanaka"), browser(second)
    page = first.get(held)
    assert "50円" in page.text
    assert "仮受けになっています" in page.text
    assert faults(page) == []
    first.post(f"{held}/note", {"text": "電話しました"})
    first.post(f"{held}/assign", {"person": "tanaka"})
    assert "電話しました" in first.get(held).text
    sent = first.post(f"{held}/propose", {"action": "sundry", "reason": "payers_mistake", "text": "返す相手がいません"})
    assert sent.headers["Location"] == f"{held}?done=proposed"
    page = first.follow()
    assert "あなたの提案です" in page.text
    assert faults(page) == []
    page = other.get(held)
    assert "返す相手がいません" in page.text
    proposal = page.text.split('name="proposal" value="')[1].split('"')[0]
    assert first.post(f"{held}/approve", {"proposal": proposal}).status_code == 422
    other.post(f"{held}/approve", {"proposal": proposal})
    page = other.follow()
    assert "承認し、処理しました" in page.text
    assert "雑入への振替" in page.text
    assert faults(page) == []
    assert held in other.get(f"{LIST}?standing=resolved").text
    assert other.post(f"{held}/approve", {"proposal": proposal}).status_code == 422, "a double click does nothing more"


def test_it_can_be_sent_back(held: str, second: str, browser: Browsers) -> None:
    first, other = browser("tanaka"), browser(second)
    first.post(f"{held}/propose", {"action": "sundry", "reason": "other", "text": "あ"})
    proposal = other.get(held).text.split('name="proposal" value="')[1].split('"')[0]
    page = other.post(f"{held}/reject", {"proposal": proposal, "why": " "})
    assert (page.status_code, 'href="#why"' in page.text) == (422, True)
    other.post(f"{held}/reject", {"proposal": proposal, "why": "返金してください"})
    page = other.follow()
    assert "返金してください" in page.text
    assert "処理を提案する" in page.text


def test_what_was_typed_is_kept_when_something_is_missing(held: str, browser: Browsers) -> None:
    page = browser("tanaka").post(f"{held}/propose", {"action": "sundry", "reason": "", "text": "長い説明<b>"})
    assert page.status_code == 422
    assert "理由を選んでください" in page.text
    assert "長い説明&lt;b&gt;" in page.text
    assert 'value="sundry" required checked' in page.text
    assert faults(page) == []


def test_an_auditor_only_looks(held: str, second: str, browser: Browsers) -> None:
    auditor = browser("audit")
    assert auditor.get(LIST).status_code == 200
    page = auditor.get(held)
    assert page.status_code == 200
    assert "<textarea" not in page.text
    assert auditor.post(f"{held}/note", {"text": "x"}).status_code == 403


@pytest.mark.parametrize("who", ["hanako", "sato"])
def test_others_are_not_let_in(held: str, browser: Browsers, who: str) -> None:
    for path in (LIST, held):
        assert browser(who).get(path).status_code in {403, 404}


def test_what_is_not_there(browser: Browsers) -> None:
    person = browser("tanaka")
    assert person.get(f"{LIST}/none").status_code == 404
    assert person.post(f"{LIST}/none/note", {"text": "x"}).status_code == 404


@pytest.mark.parametrize("language", ["en", "easy"])
def test_in_other_languages(held: str, browser: Browsers, language: str) -> None:
    person = browser("tanaka")
    person.client.set_cookie("tetsuzuki_language", language)
    for path in (LIST, held):
        page = person.get(path)
        assert page.status_code == 200
        assert faults(page) == []


def test_many_are_shown_page_by_page(money: Money, browser: Browsers) -> None:
    with money.casework.database.write() as session:
        for index in range(120):
            note(session, money.casework.now, "payout_failed", f"po_{index}", "1", "-", None)
    page = browser("tanaka").get(f"{LIST}?page=2")
    assert page.text.count("失敗した振込") > 49
    assert 'href="/finance/discrepancies?page=3"' in page.text
    assert faults(page) == []
