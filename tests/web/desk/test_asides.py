"""Notes, opinions of other offices, earlier cases and the history on the page of a case."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from procedures import lifecycle
from procedures.database import Database
from procedures.models import Office, Person, StaffRole
from tests.web.browsing import Browser
from tests.web.casework import DOG, TAX, Casework
from tests.web.client import faults
from web.desk.panels.history import TOLD

Browsers = Callable[..., Browser]
HERE = "/desk/cases/{}"
MOST_STATEMENTS = 33
"""Each is an index look-up: what opening costs does not grow with the number of cases."""

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def case(casework: Casework) -> str:
    application_id = casework.file(TAX, scenario=1).application_id
    casework.claim(application_id)
    return application_id


@pytest.fixture
def fire(database: Database, people: object, now: datetime) -> str:
    """A clerk of the fire office, who may see no other case."""
    with database.write() as session:
        session.add(Office(id="fire", name_ja="消防署", name_en="Fire office"))
        person = {"issuer": "https://issuer.test", "subject": "fire", "created_at": now, "seen_at": now}
        session.add(Person(id="fire", name="消防 署員", **person))
        session.flush()
        session.add(StaffRole(person_id="fire", role="clerk", office="fire"))
    return "fire"


def ask(clerk: Browser, case: str, **changes: str) -> None:
    day = (date(2026, 5, 1) + timedelta(days=14)).isoformat()
    sent = {"office": "fire", "text": "基準に合いますか。", "due": day, "nonce": "n", **changes}
    clerk.post(HERE.format(case) + "/opinions", sent)


def test_a_note_is_seen_by_staff_and_by_nobody_else(casework: Casework, browser: Browsers, case: str) -> None:
    clerk = browser("sato")
    assert clerk.post(HERE.format(case) + "/notes", {"text": "電話で<確認>済み", "nonce": "n"}).status_code == 303
    page = clerk.follow()
    assert "電話で&lt;確認&gt;済み" in page.text
    assert "所内メモを記入" in page.text
    assert not faults(page)
    hanako = browser("hanako")
    for path in ("", "/messages", "/copy", "/data"):
        assert "電話で" not in hanako.get(f"/applications/{case}{path}").text


@pytest.mark.parametrize("path", ["notes", "opinions", "messages"])
def test_fifty_thousand_characters_come_back_as_they_were_typed(
    browser: Browsers, case: str, fire: str, path: str
) -> None:
    words = "長" * 50_000
    clerk = browser("sato")
    sent = {"text": words, "nonce": "n", "office": fire, "due": "2026-05-15", "step": "send", "seen": "0"}
    page = clerk.post(f"{HERE.format(case)}/{path}", sent)
    assert page.status_code == 422
    assert words in page.text
    assert "50,000" in page.text
    assert not faults(page)


def test_another_office_is_asked_reads_and_answers(casework: Casework, browser: Browsers, case: str, fire: str) -> None:
    clerk, other = browser("sato"), browser(fire)
    assert other.get(HERE.format(case)).status_code == 404
    form = clerk.get(HERE.format(case) + "/opinions/new")
    assert "消防署" in form.text
    assert not faults(form)
    ask(clerk, case)
    assert "消防署" in clerk.follow().text
    listed = other.get("/desk/opinions")
    assert not faults(listed)
    at = re.search(r'href="(/desk/opinions/\w+)"', listed.text)[1]
    page = other.get(at)
    assert "基準に合いますか。" in page.text
    assert "神" in page.text  # the answers of the case
    assert not faults(page)
    file = casework.see(case).files[0].id
    shown = other.get(f"{at}/attachments/{file}")
    assert shown.headers["Content-Security-Policy"].startswith("sandbox;")
    shown.close()
    for closed in ("", "/propose", "/messages", f"/attachments/{file}"):
        assert other.get(HERE.format(case) + closed).status_code == 404
    assert other.post(at, {"text": ""}).status_code == 422
    assert other.post(at, {"text": "合います。"}).status_code == 303
    assert "意見を回答しました" in other.follow().text
    for path in (at, f"{at}/attachments/{file}"):
        assert other.get(path).status_code == 404
    late = other.post(at, {"text": "やはり違います。"})
    assert late.status_code == 409
    assert "やはり違います。" in late.text
    assert "合います。" in clerk.get(HERE.format(case)).text


def test_a_question_that_does_not_do_comes_back(browser: Browsers, case: str, fire: str) -> None:
    clerk = browser("sato")
    for changes, words in (({"office": ""}, "聞く部署を一覧から"), ({"due": "いつか"}, "回答の期限は、")):
        ask(clerk, case, **changes)
        assert clerk.page.status_code == 422
        assert words in clerk.page.text
        assert "基準に合いますか。" in clerk.page.text
        assert not faults(clerk.page)


def test_what_is_no_longer_needed_is_taken_back(casework: Casework, browser: Browsers, case: str, fire: str) -> None:
    clerk = browser("sato")
    ask(clerk, case)
    page = clerk.follow().text
    at = re.search(r'action="(/desk/cases/\w+/opinions/\w+/take-back)"', page)[1]
    assert clerk.post(at).status_code == 303
    assert "照会を取り下げました" in clerk.follow().text
    assert clerk.post(at).status_code == 409
    assert "回答を待っている照会はありません" in browser(fire).get("/desk/opinions").text


def test_earlier_cases_of_the_same_account_in_ones_offices_alone(
    casework: Casework, browser: Browsers, case: str, narrowed: None
) -> None:
    dogs, taro = casework.file(DOG), casework.file(TAX, by="taro")
    tax = browser("suzuki").get(HERE.format(dogs.application_id)).text  # serves the dog office only
    assert "同じ申請者のほかの案件" not in tax
    again = casework.file(DOG)
    page = browser("sato").get(HERE.format(again.application_id)).text
    assert "申請に使われたアカウントが同じ案件" in page
    assert dogs.reference in page
    assert taro.reference not in page
    assert case not in page


def test_the_history_tells_each_happening_once(casework: Casework, browser: Browsers, case: str, fire: str) -> None:
    clerk = browser("sato")
    clerk.post(HERE.format(case) + "/notes", {"text": "メモ", "nonce": "n"})
    ask(clerk, case)
    clerk.post(HERE.format(case) + "/messages", {"text": "お知らせ", "nonce": "n", "step": "send", "seen": "0"})
    page = clerk.get(HERE.format(case)).text
    story = re.findall(r"<strong>([^<]+)</strong>", re.search(r'<ol class="story">.*?</ol>', page, re.DOTALL)[0])
    assert story == ["提出", "担当者が引受け", "所内メモを記入", "他部署に意見を照会", "メッセージ"]


ABOUT_CASES = {"case", "certificate", "correction", "examination", "message", "note", "opinion", "waiver"}
LEFT_OUT = {
    *("correction.request", "correction.answer"),  # told by the change of status that they come with
    "case.erase",  # a case that is erased is of no office: nobody opens its page
}


def test_what_the_audit_log_says_of_cases_is_told_or_left_out_for_a_reason() -> None:
    root = Path(lifecycle.__file__).parent
    sources = [path.read_text() for path in root.rglob("*.py")]
    found = {name for text in sources for name in re.findall(r'audit\.record\([^"]*?now, "([\w.]+)"', text)}
    missing = {name for name in found if name.split(".")[0] in ABOUT_CASES} - TOLD - LEFT_OUT
    assert not missing, "tell them in web/desk/panels/history.py, with words `desk.happened_…`"


def test_opening_a_case_takes_few_statements(casework: Casework, browser: Browsers, case: str, fire: str) -> None:
    clerk = browser("sato")
    ask(clerk, case)
    clerk.post(HERE.format(case) + "/notes", {"text": "メモ", "nonce": "n"})
    clerk.get(HERE.format(case))
    statements: list[str] = []
    for engine in {casework.database.engine, casework.database.reading_engine}:
        event.listen(engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    assert clerk.get(HERE.format(case)).status_code == 200
    opening = [one for one in statements if "look" not in one]  # the look is kept after the answer
    assert len(opening) <= MOST_STATEMENTS, "\n".join(opening)
