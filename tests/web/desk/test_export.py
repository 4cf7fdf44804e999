"""The filtered queue as CSV: chosen columns, both encodings, nothing that calculates, nothing of other offices."""

import csv
import tracemalloc
from collections.abc import Callable
from io import StringIO

import pytest
from sqlalchemy import update

from procedures.database import Database
from procedures.exporting import reading
from procedures.models import Application, AuditEvent, StaffRole
from procedures.reading.queues import QueueFilter
from tests.web.browsing import Browser
from tests.web.casework import DOG, TAX, Casework
from tests.web.client import read
from web.spreadsheets import SHIFT_JIS, stream

Browsers = Callable[..., Browser]

pytestmark = pytest.mark.sqlite_only


def export(browser: Browser, columns: list[str], **more: str) -> list[list[str]]:
    answer = browser.post("/desk/export", {"column": columns, "tab": "open", **more})
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    content = answer.data.decode(SHIFT_JIS if more.get("encoding") == "sjis" else "utf-8-sig")
    return list(csv.reader(StringIO(content)))


def test_the_columns_that_were_chosen_in_the_order_of_the_page(casework: Casework, browser: Browsers) -> None:
    tax = casework.file(TAX)
    casework.claim(tax.application_id)
    rows = export(browser("sato"), ["assignee", "reference", "status", "nonsense"])
    assert rows == [["受付番号", "状態", "担当者"], [tax.reference, "審査中", "佐藤 係員"]]


def test_answers_of_one_procedure(casework: Casework, browser: Browsers, database: Database) -> None:
    procedure = casework.publish(TAX)
    case = casework.file(TAX)
    clerk = browser("sato")
    assert "一覧で手続をひとつに絞り込んでください" in clerk.get("/desk/export?tab=open").text
    page = clerk.get(f"/desk/export?tab=open&procedure={procedure}")
    offered = [one.attributes["value"] for one in read(page).all("input") if one.attributes.get("name") == "column"]
    [name] = [column for column in offered if column == "answer.name"]
    rows = export(clerk, ["reference", name, "answer.nothing"], procedure=procedure)
    assert rows[0][0] == "受付番号"
    assert rows[1][0] == case.reference
    assert len(rows[1]) == 2
    assert rows[1][1]
    assert all(len(row) == 2 for row in export(clerk, ["reference", name], procedure=procedure))
    assert all(len(row) == 1 for row in export(clerk, ["reference", name]))
    with database.read() as session:
        taken = session.query(AuditEvent).filter_by(action="cases.export").order_by(AuditEvent.seq).all()
    assert [one.field_ids for one in taken][-3:] == [["name"], ["name"], []]
    assert {one.note for one in taken} == {"open"}


def test_only_cases_of_the_own_offices(casework: Casework, browser: Browsers, database: Database) -> None:
    casework.file(TAX)
    dog = casework.file(DOG, scenario=1)
    casework.pay(dog.application_id)
    with database.write() as session:
        session.query(StaffRole).filter_by(person_id="sato").update({"office": "hokenjo"})
    assert export(browser("sato"), ["reference"]) == [["受付番号"], [dog.reference]]
    assert browser("hanako").post("/desk/export", {"column": ["reference"]}).status_code == 403
    assert browser("tanaka").get("/desk/export").status_code == 403


def test_no_column_is_told(browser: Browsers) -> None:
    answer = browser("sato").post("/desk/export", {"tab": "open"})
    assert answer.status_code == 422
    assert "列をひとつ以上選んでください" in answer.text


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "　=1"])
def test_cells_that_would_calculate_do_not(
    casework: Casework, browser: Browsers, database: Database, start: str
) -> None:
    casework.file(TAX)
    with database.write() as session:
        session.execute(update(Application).values(reference=start))
    assert export(browser("sato"), ["reference"])[1] == [f"'{start}"]


def test_what_shift_jis_lacks_is_told(casework: Casework, browser: Browsers, database: Database) -> None:
    casework.file(TAX)
    with database.write() as session:
        session.execute(update(Application).values(reference="𠮷野髙"))
    rows = export(browser("sato"), ["reference"], encoding="sjis")
    assert rows[1] == ["〓野髙"]
    assert "1字" in rows[2][0]


def test_portions_join_without_a_gap(
    casework: Casework, browser: Browsers, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = {casework.file(TAX).reference for _ in range(5)}
    clerk = browser("sato")
    for portion in (1, 2, 5, 6):
        monkeypatch.setattr(reading, "A_PORTION", portion)
        for tab in ("open", "all", "closed", "message"):
            rows = [row[0] for row in export(clerk, ["reference"], tab=tab)[1:]]
            assert sorted(rows) == (sorted(numbers) if tab in {"open", "all"} else []), (portion, tab)
    monkeypatch.setattr(reading, "MOST", 3)
    with database.read() as session:
        wanted = QueueFilter(casework.now.date())
        assert reading.count(session, casework.person("sato"), wanted) == 4
    found = reading.portions(database, casework.person("sato"), wanted, with_answers=False, language="ja")
    assert [len(portion) for portion in found] == [3]


def test_many_lines_take_no_more_memory_than_a_few() -> None:
    portion = [[f"受付{number}", "氏名" * 20, number] for number in range(500)]

    def peak(portions: int) -> int:
        tracemalloc.start()
        size = sum(len(piece) for piece in stream(["a", "b", "c"], (portion for _ in range(portions)), SHIFT_JIS))
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert size > portions * 40_000
        return highest

    assert peak(20) < peak(2) * 1.2
