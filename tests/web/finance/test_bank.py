"""The pages of the bank: a file is handed in, looked at, confirmed, and read again."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from tests.payments.bank.written import Account, Movement, table, zengin
from tests.web.browsing import Browser
from tests.web.client import faults

Browsers = Callable[..., Browser]
BANK = "/finance/bank"
DAY = date(2026, 4, 30)
ACCOUNT = Account(DAY, DAY, 1000, [Movement(DAY, 500, "ﾌﾘｺﾐ", "ﾔﾏﾀﾞ"), Movement(DAY, -40, "ﾃｽｳﾘｮｳ")])
pytestmark = pytest.mark.sqlite_only


def hand_in(person: Browser, content: bytes, account: str = "", name: str = "meisai.txt") -> TestResponse:
    person.get(BANK)
    return person.post(BANK, {"file": (BytesIO(content), name), "account": account}, content_type="multipart/form-data")


def test_a_file_is_looked_at_and_then_imported(browser: Browsers) -> None:
    person = browser("tanaka")
    assert faults(person.get(BANK)) == []
    hand_in(person, zengin(ACCOUNT))
    page = person.follow()
    here = person.page.request.path
    for words in ("全銀 入出金取引明細", "新しい明細が2件あります", "1,000円", "1,460円", "ﾌﾘｺﾐ ﾔﾏﾀﾞ", "-40円"):
        assert words in page.text, words
    assert faults(page) == []
    assert "まだ取り込んでいません" in person.get(BANK).text
    person.get(here)
    assert person.post(f"{here}/confirm").headers["Location"] == f"{BANK}?new=2"
    page = person.follow()
    assert "2件を取り込みました" in page.text
    assert faults(page) == []
    statement = page.text.split(f'href="{BANK}/statements/')[1].split('"')[0]
    page = person.get(f"{BANK}/statements/{statement}")
    assert "調べるもの" in page.text
    assert faults(page) == []
    assert "取り込みました。" in person.get(here).text, "the preview of an imported file says so"


def test_the_same_file_again(browser: Browsers) -> None:
    person = browser("tanaka")
    for new in (2, 0):
        hand_in(person, zengin(ACCOUNT))
        page = person.follow()
        assert ("新しい明細はありません" in page.text) is (new == 0)
        assert person.post(f"{person.page.request.path}/confirm").headers["Location"] == f"{BANK}?new={new}"
    assert "新しい明細はありませんでした" in person.follow().text


def test_what_is_wrong_is_told_by_its_record_and_nothing_is_imported(browser: Browsers) -> None:
    person = browser("tanaka")
    content = zengin(ACCOUNT).replace(b"8000001", b"8000009")
    hand_in(person, content)
    page = person.follow()
    assert "4レコード目" in page.text
    assert "入金件数が9件とありますが、明細では1件です" in page.text
    assert "/confirm" not in page.text
    assert faults(page) == []
    assert person.post(f"{page.request.path}/confirm").status_code == 422
    assert "まだ取り込んでいません" in person.get(BANK).text


def test_a_table_needs_its_account(browser: Browsers) -> None:
    person = browser("tanaka")
    hand_in(person, table(ACCOUNT))
    assert "画面の「口座」に" in person.follow().text
    hand_in(person, table(ACCOUNT), "普通 1234567")
    page = person.follow()
    assert "普通 1234567" in page.text
    assert "新しい明細が2件あります" in page.text


def test_nothing_was_chosen(browser: Browsers) -> None:
    person = browser("tanaka")
    person.get(BANK)
    page = person.post(BANK, {"account": "A"}, content_type="multipart/form-data")
    assert page.status_code == 422
    assert "ファイルを選んでください" in page.text
    assert faults(page) == []
    assert hand_in(person, b"x", "長" * 61).status_code == 422


def test_a_file_of_many_faults_shows_the_first(browser: Browsers) -> None:
    person = browser("tanaka")
    rows = "".join(f"2026-04-30,{index}円?,\n" for index in range(100))
    hand_in(person, f"取引日,入金,出金\n{rows}".encode(), "A")
    page = person.follow()
    assert "2行目" in page.text
    assert "ほかに70件あります" in page.text
    assert "<b>" not in page.text


@pytest.mark.parametrize("path", [f"{BANK}/files/none", f"{BANK}/statements/none"])
def test_what_is_not_there(browser: Browsers, path: str) -> None:
    assert browser("tanaka").get(path).status_code == 404


@pytest.mark.parametrize("who", ["hanako", "sato"])
def test_others_are_not_let_in(browser: Browsers, who: str) -> None:
    person = browser(who)
    assert person.get(BANK).status_code in {403, 404}
    assert person.post(BANK).status_code in {403, 404}
