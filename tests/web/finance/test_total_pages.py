"""Totals: months make the year, days the month, accounts and bureaus the whole; each figure leads to its entries."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from payments.closing.ordering import close
from procedures.actors import SYSTEM
from tests.payments.closing import world
from tests.web.browsing import Browser
from tests.web.client import faults, read
from tests.web.finance.conftest import Money
from tests.web.finance.figures import follows, linked, yen_in
from web.finance.periods import Month, Year
from web.finance.totals import SERIES
from web.pages.charts import HEIGHT, WIDTH, chart_of

Browsers = Callable[..., Browser]
FIRST = date(2026, 3, 30)


@pytest.fixture
def books(money: Money) -> Money:
    """Charges of three bureaus from 30 March on, every third day; all but the last days are closed."""
    with money.casework.database.write() as session:
        world.found_bureaus(session, money.casework.now)
        for number in range(9):
            day = FIRST + timedelta(days=3 * number)
            bureau, account = world.BUREAUS[number % 3], sorted(world.ACCOUNTS)[number % 2]
            owed = world.demand(session, number, day, account, bureau, 1000 * (number + 1))
            if number % 3 != 2:
                world.pay(session, owed, day + timedelta(days=1), world.METHODS[number % 2])
            else:
                world.end(session, owed, day + timedelta(days=2))
    close(money.casework.database, SYSTEM, money.casework.now, FIRST + timedelta(days=12), in_order=True)
    return money


@pytest.mark.parametrize("period", ["2025", "2026", "2026-03", "2026-04", "2026-05"])
def test_every_figure_leads_to_its_entries(books: Money, browser: Browsers, period: str) -> None:
    person = browser("tanaka")
    page = person.get(f"/finance/totals/{period}")
    assert page.status_code == 200
    assert faults(page) == []
    for yen, address in linked(page):
        follows(person, yen, address)


def totals_of(page: object, section: str) -> list[int]:
    """The last line of a table, and the sums of its other lines: they are the same."""
    table = next(node for node in read(page) if node.tag == "section" and node.attributes.get("id") == section)
    rows = [[cell.text.strip() for cell in row.all("td")] for row in table.all("tr") if row.all("td")]
    *parts, total = [[yen_in(cell) for cell in row] for row in rows]
    assert [sum(column) for column in zip(*parts, strict=True)] == total
    return total


def test_tables_add_up_to_each_other(books: Money, browser: Browsers) -> None:
    person = browser("tanaka")
    year = person.get("/finance/totals/2026")
    assert totals_of(year, "by_month") == totals_of(year, "by_account") == totals_of(year, "by_bureau")
    april, may = person.get("/finance/totals/2026-04"), person.get("/finance/totals/2026-05")
    assert totals_of(april, "by_day") == totals_of(april, "by_bureau")
    assert "この日はありません" in may.text
    assert totals_of(april, "by_day") == totals_of(year, "by_month")
    before = totals_of(person.get("/finance/totals/2025"), "by_month")
    assert before[0] == 1000, "demanded on 30 March"


def test_the_chart_has_words_and_a_table(books: Money, browser: Browsers) -> None:
    page = browser("tanaka").get("/finance/totals/2026").text
    svg = page.split('<figure class="chart">')[1].split("</svg>")[0]
    assert 'role="img"' in svg
    assert "<title" in svg
    assert "<desc" in svg
    assert "style=" not in svg
    assert svg.count('class="demanded"') == 1, "April alone"
    assert "4月" in svg


def test_totals_as_files(books: Money, browser: Browsers) -> None:
    person = browser("tanaka")
    answer = person.get("/finance/totals/2026.csv?encoding=sjis")
    head, *rows = csv.reader(StringIO(answer.data.decode("cp932"), newline=""))
    place = head.index("調定")
    sums = {kind: sum(int(row[place]) for row in rows if row[0] == kind) for kind in {row[0] for row in rows}}
    assert len(sums) == 3
    assert len(set(sums.values())) == 1
    pdf = PdfReader(BytesIO(person.get("/finance/totals/2026.pdf").data))
    words = "".join(page.extract_text() for page in pdf.pages)
    assert f"{next(iter(sums.values())):,}" in words


@pytest.mark.parametrize("period", ["26", "2026-1", "2026-13", "1999", "2999", "x", "２０２６", "2026-05-01"])
def test_a_period_that_is_none_is_404(browser: Browsers, period: str) -> None:
    for end in ("", ".csv", ".pdf"):
        assert browser("tanaka").get(f"/finance/totals/{period}{end}").status_code == 404


def test_totals_start_with_the_year_that_runs(browser: Browsers) -> None:
    assert browser("tanaka").get("/finance/totals").headers["Location"] == "/finance/totals/2026"


@given(st.integers(2001, 2998))
def test_a_year_is_its_twelve_months(year: int) -> None:
    months = Year(year).months
    assert (months[0].first, months[-1].last) == (Year(year).first, Year(year).last)
    assert [month.after for month in months[:-1]] == months[1:]
    assert [month.before for month in months[1:]] == months[:-1]
    assert [Month.read(str(month)) for month in months] == months
    assert Year.read(str(Year(year))) == Year(year)


@given(
    st.lists(
        st.tuples(st.text(max_size=3), st.lists(st.integers(-(10**6), 10**9), min_size=2, max_size=2)), max_size=31
    )
)
def test_a_chart_stays_within_its_frame(values: list[tuple[str, list[int]]]) -> None:
    chart = chart_of(values, SERIES)
    for bar in chart.bars:
        assert bar.series in SERIES
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH
        assert chart.upper <= bar.y + 0.2
        assert bar.y + bar.height <= HEIGHT
    assert len(chart.marks) <= 17
    assert chart.top >= max((yen for _, amounts in values for yen in amounts), default=0)
