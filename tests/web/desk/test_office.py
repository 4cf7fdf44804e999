"""The page of an office: figures as they were counted, ways into the queue, nobody else's offices."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest

from procedures.database import Database
from procedures.models import StaffRole
from procedures.statistics.counting import count_days
from tests.web.browsing import Browser
from tests.web.casework import DOG, TAX, Casework
from tests.web.client import faults
from tests.web.conftest import Clock

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def offices(casework: Casework, database: Database, clock: Clock) -> dict[str, str]:
    """A tax case decided the same day, one open for twenty days, and a dog's that waits: the ids of their offices."""
    decided, waiting = (casework.file(TAX, scenario=1).application_id for _ in range(2))
    dog = casework.file(DOG).application_id
    casework.pay(dog)
    casework.approve(decided, casework.propose(decided))
    clock.move(timedelta(days=20))
    count_days(database, clock())
    return {"tax": casework.see(waiting).office, "dog": casework.see(dog).office}


def look(browser: Callable[..., Browser], person: str, path: str = "/desk/office") -> Browser:
    one = browser(person)
    page = one.get(path)
    assert page.status_code == 200, page.status_code
    assert not faults(page), faults(page)
    return one


def cells(page: str, name: str) -> list[str]:
    """The figures of the row of a table that begins with `name`."""
    row = page.split(f">{name}<", 1)[1].split("</tr>", 1)[0]
    return [part.split("</td>")[0].split("</a>")[0].rpartition(">")[2] for part in row.split("<td ")[1:]]


def test_figures_and_the_ways_into_the_queue(browser: Callable[..., Browser], offices: dict[str, str]) -> None:
    sato = look(browser, "sato")
    page = sato.page.text
    assert "処理状況（すべての所属）" in page
    assert "<p>受付</p><strong>3</strong>" in page
    assert "<p>決定</p><strong>1</strong>" in page
    assert cells(page, "2026年5月")[:2] == ["3", "1"]
    address = page.split('<p>処理中</p><strong><a class="quiet" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "（" not in address
    queue = sato.get(address).text
    assert queue.count('class="case quiet"') == 2
    age = page.split(">15～30日<")[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    assert sato.get(age).text.count('class="case quiet"') == 2
    assert page.count('class="chart"') == 1  # decided on the day of arrival: no days to draw
    assert "受付の翌開庁日から決定の日までの開庁日" in page


def test_one_office_and_one_procedure(browser: Callable[..., Browser], offices: dict[str, str]) -> None:
    page = look(browser, "sato", f"/desk/office?office={offices['dog']}").page.text
    assert "<p>受付</p><strong>1</strong>" in page
    assert "所属別" not in page
    page = look(browser, "sato", "/desk/office?procedure=dog-registration").page.text
    assert "<p>受付</p><strong>1</strong>" in page
    assert "手続別" not in page
    assert "すべての手続を表示" in page
    assert "<p>受付</p><strong>0</strong>" in look(browser, "sato", "/desk/office?year=2025").page.text


@pytest.mark.parametrize(("role", "person"), [("manager", "kimura"), ("auditor", "kimura"), ("approver", "kimura")])
def test_who_may_look(
    browser: Callable[..., Browser], database: Database, offices: dict[str, str], role: str, person: str
) -> None:
    with database.write() as session:
        session.add(StaffRole(person_id=person, role=role, office=offices["dog"]))
    one = look(browser, person)
    assert "<p>受付</p><strong>1</strong>" in one.page.text
    assert one.get(f"/desk/office?office={offices['tax']}").status_code == 404
    assert one.get(f"/desk/office.csv?office={offices['tax']}").status_code == 404


def test_nobody_else(browser: Callable[..., Browser], offices: dict[str, str]) -> None:
    for person in ("hanako", "kimura", "tanaka"):
        assert browser(person).get("/desk/office").status_code == 403
    assert browser(None).get("/desk/office").status_code == 302
    assert browser("sato").get("/desk/office?procedure=nothing").status_code == 404


@pytest.mark.parametrize("office", ["nowhere", "𠮷", "hokenjo"])
def test_an_office_in_which_nothing_happened(browser: Callable[..., Browser], office: str) -> None:
    assert f"処理状況（{office}）" in look(browser, "sato", f"/desk/office?office={office}").page.text


def test_as_csv(browser: Callable[..., Browser], offices: dict[str, str]) -> None:
    answer = browser("sato").get("/desk/office.csv")
    assert answer.mimetype == "text/csv"
    head, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    table = [dict(zip(head, row, strict=True)) for row in rows]
    tax = next(row for row in table if row["所属コード"] == offices["tax"])
    assert (tax["年月"], tax["受付"], tax["承認"], tax["決定"]) == ("2026-05", "2", "1", "1")
    assert tax["処理日数（中央値、開庁日）"] == "0"  # decided on the day of arrival
    assert [row["処理日数（中央値、開庁日）"] for row in table if row["所属コード"] == offices["dog"]] == [""]


@pytest.mark.parametrize("language", ["ja", "easy", "en"])
def test_in_each_language_and_with_nothing(browser: Callable[..., Browser], language: str) -> None:
    sato = browser("sato")
    sato.get("/desk")
    sato.post("/language", {"language": language, "next": "/desk/office"})
    page = sato.get("/desk/office")
    assert page.status_code == 200
    assert not faults(page)
    assert 'class="chart"' not in page.text
