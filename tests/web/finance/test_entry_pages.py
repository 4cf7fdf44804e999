"""Entries: filtered, summed, paged, and as files in either encoding."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from pypdf import PdfReader

from tests.payments.closing import world
from tests.web.browsing import Browser
from tests.web.client import faults, read
from tests.web.finance.conftest import Money
from tests.web.finance.figures import sum_on
from web.finance import entries as page_of_entries

Browsers = Callable[..., Browser]
DAY = date(2026, 4, 20)


@pytest.fixture
def books(money: Money) -> Money:
    """Two bureaus, two accounts, one paid by card."""
    with money.casework.database.write() as session:
        world.found_bureaus(session, money.casework.now)
        first = world.demand(session, 1, DAY, "1201-03", "hokeniryo", 3000)
        world.demand(session, 2, DAY + timedelta(days=1), "1305-01", "toshi", 40_000)
        world.pay(session, first, DAY + timedelta(days=2), "card")
    return money


@pytest.mark.parametrize(
    ("query", "yen", "count"),
    [
        ("", 0, 0),  # those of this month
        ("page=1", 46_000, 3),
        ("since=2026-04-21", 43_000, 2),
        ("until=2026%2F4%2F20", 3000, 1),
        ("figure=collected", 3000, 1),
        ("figure=refunded", 0, 0),
        ("account=1305-01", 40_000, 1),
        ("bureau=hokeniryo", 6000, 2),
        ("bureau=none", 0, 0),
        ("method=card&figure=demanded", 3000, 1),
        ("kind=receipt", 3000, 1),
        ("ledger=provider:stripe", 3000, 1),
        ("year=2026", 46_000, 3),
        ("year=2025", 0, 0),
        ("kind=%3Cscript%3E", 0, 0),
        ("figure=nonsense", 46_000, 3),
    ],
)
def test_filters_and_their_sum(books: Money, browser: Browsers, query: str, yen: int, count: int) -> None:
    page = browser("tanaka").get(f"/finance/entries?{query}")
    assert page.status_code == 200
    assert sum_on(page) == yen
    assert f"{count}件" in page.text
    assert faults(page) == []
    assert ("条件に当てはまる仕訳はありません" in page.text) == (count == 0)


@pytest.mark.parametrize(
    "query", ["since=yesterday", "until=2026-02-30", "year=x", "since=2026-05-02&until=2026-05-01"]
)
def test_a_wrong_filter_is_told_and_kept(books: Money, browser: Browsers, query: str) -> None:
    page = browser("tanaka").get(f"/finance/entries?{query}")
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert faults(page) == []


def test_a_filter_can_be_taken_away(books: Money, browser: Browsers) -> None:
    person = browser("tanaka")
    page = person.get("/finance/entries?figure=collected&bureau=hokeniryo")
    away = [
        node.attributes["href"] for node in read(page).all("a") if "外す" in (node.attributes.get("aria-label") or "")
    ]
    assert away == ["/finance/entries?bureau=hokeniryo", "/finance/entries?figure=collected"]


def test_entries_are_paged(books: Money, browser: Browsers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_of_entries, "PAGE", 2)
    person = browser("tanaka")
    first = person.get("/finance/entries?year=2026")
    assert "1 / 2 ページ" in first.text
    assert "R-000001" in first.text
    second = person.get("/finance/entries?year=2026&page=2")
    assert sum_on(second) == sum_on(first) == 46_000
    assert "2 / 2 ページ" in second.text
    for wrong in ("0", "-1", "x", "99999", "１"):
        assert person.get(f"/finance/entries?page={wrong}").status_code == 404


def test_entries_as_csv_in_both_encodings(books: Money, browser: Browsers) -> None:
    person = browser("tanaka")
    unicode = person.get("/finance/entries.csv?figure=collected")
    assert unicode.data.startswith(b"\xef\xbb\xbf")
    japanese = person.get("/finance/entries.csv?figure=collected&encoding=sjis")
    assert japanese.headers["Content-Type"] == "text/csv; charset=Shift_JIS"
    rows = list(csv.reader(StringIO(japanese.data.decode("cp932"), newline="")))
    assert rows == list(csv.reader(StringIO(unicode.data.decode("utf-8-sig"), newline="")))
    assert rows[1][rows[0].index("金額（円）")] == "3000"
    assert rows[1][rows[0].index("局")] == "保健医療局"


def test_entries_on_paper_are_cut_and_say_so(books: Money, browser: Browsers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_of_entries, "MOST_ROWS", 2)
    answer = browser("tanaka").get("/finance/entries.pdf?year=2026")
    words = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    assert "全3件のうち、はじめの2件です" in words
    assert "46,000円" in words
