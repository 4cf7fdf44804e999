"""Search: by whatever is in hand, and a clear word where nothing is found."""

import csv
import json
from collections.abc import Callable
from datetime import date
from io import StringIO
from urllib.parse import quote

import pytest

from tests.payments.closing import world
from tests.web.browsing import Browser
from tests.web.casework import DOG
from tests.web.client import faults
from tests.web.finance.conftest import Money
from tests.web.finance.figures import sum_on
from web.finance import searching

Browsers = Callable[..., Browser]


@pytest.fixture
def paid(money: Money) -> tuple[Money, str, str]:
    """A case of Hanako's, paid; its reference and the number of its checkout."""
    case = money.casework.file(DOG)
    checkout = money.pay(case.application_id)
    return money, case.reference, checkout


def test_an_empty_search_shows_the_form_alone(browser: Browsers) -> None:
    page = browser("tanaka").get("/finance/charges")
    assert page.status_code == 200
    assert "<table" not in page.text
    assert "当てはまる請求はありません" not in page.text
    assert faults(page) == []


def test_a_charge_is_found_by_everything_it_is_known_by(paid: tuple[Money, str, str], browser: Browsers) -> None:
    _, reference, checkout = paid
    person = browser("tanaka")
    wide = reference.translate({number: number + 0xFEE0 for number in range(0x21, 0x7F)})
    for text in (
        *(reference, reference.lower(), reference.replace("-", " "), wide),
        *("山田", "山田　花子", "山田花子", "花"),
        *("6550", "6,550円", "６，５５０"),
        *(checkout, f"pi_{checkout}", f"evt_{checkout}"),
    ):
        page = person.get(f"/finance/charges?q={quote(text)}")
        assert reference in page.text, text
        assert sum_on(page) == 6550, text


@pytest.mark.parametrize("text", ["山口", "6551", "pi_none", "2222-2222", "%", "_", "\\", "'", "<b>", "髙"])
def test_what_is_not_found_is_told_with_what_to_do(paid: tuple[Money, str, str], browser: Browsers, text: str) -> None:
    page = browser("tanaka").get(f"/finance/charges?q={quote(text)}")
    assert page.status_code == 200
    assert "当てはまる請求はありません" in page.text
    assert "次のものとして探しました" in page.text
    assert "<table" not in page.text
    assert faults(page) == []


def test_filters_alone_and_together(paid: tuple[Money, str, str], browser: Browsers) -> None:
    _, reference, _ = paid
    person = browser("tanaka")
    for query, there in (
        ("status=paid", True),
        ("status=demanded", False),
        ("since=2026-05-01&until=2026-05-01", True),
        ("since=2026-05-02", False),
        ("until=2026-04-30", False),
        ("q=6550&status=demanded", False),
        ("status=nonsense&q=6550", True),
    ):
        assert (reference in person.get(f"/finance/charges?{query}").text) == there, query
    wrong = person.get("/finance/charges?since=tomorrow")
    assert wrong.status_code == 422
    assert faults(wrong) == []


def test_long_lists_are_paged_with_the_sum_of_all(
    money: Money, browser: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "PAGE", 2)
    with money.casework.database.write() as session:
        world.found_bureaus(session, money.casework.now)
        for number in range(5):
            world.demand(session, number, date(2026, 4, 20 + number), "1201-03", "toshi", 100 + number)
    person = browser("tanaka")
    first = person.get("/finance/charges?status=demanded")
    assert sum_on(first) == 510
    assert "1 / 3 ページ" in first.text
    assert "R-000004" in first.text, "the newest first"
    last = person.get("/finance/charges?status=demanded&page=3")
    assert sum_on(last) == 510
    assert "R-000000" in last.text
    rows = list(csv.reader(StringIO(person.get("/finance/charges.csv?status=demanded").data.decode("utf-8-sig"))))
    assert len(rows) == 6


def test_names_that_shift_jis_lacks_are_marked(money: Money, browser: Browsers) -> None:
    with money.casework.database.write() as session:
        world.found_bureaus(session, money.casework.now)
        world.demand(session, 1, date(2026, 4, 20), "1201-03", "toshi", 100, payer="𠮷田 髙子")
    person = browser("tanaka")
    assert "𠮷田 髙子" in person.get("/finance/charges.csv?q=100").data.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(person.get("/finance/charges.csv?q=100&encoding=sjis").data.decode("cp932"))))
    assert rows[1][1] == "〓田 髙子"
    assert "Shift_JISにない文字です（1か所）" in rows[-1][0]


def test_every_name_shown_is_a_look(
    paid: tuple[Money, str, str], browser: Browsers, capsys: pytest.CaptureFixture[str]
) -> None:
    assert paid
    person = browser("tanaka")
    for path in ("/finance/charges?q=6550", "/finance/charges.csv?q=6550"):
        capsys.readouterr()
        person.get(path)
        looks = [json.loads(line) for line in capsys.readouterr().err.splitlines() if '"look"' in line]
        assert [(look["actor"], look["what"]) for look in looks] == [("person:tanaka", "charges")], path
        assert "山田" not in str(looks)
