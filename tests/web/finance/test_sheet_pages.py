"""The sheet of a day: its figures lead to their entries; it is previewed, closed once, and kept as CSV and PDF."""

import csv
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from pypdf import PdfReader

from payments.closing import last_closed
from tests.web.browsing import Browser
from tests.web.casework import DOG
from tests.web.client import faults
from tests.web.conftest import Clock
from tests.web.finance.conftest import Money
from tests.web.finance.figures import follows, linked

Browsers = Callable[..., Browser]
DAY = "/finance/days/2026-05-01"


@pytest.fixture
def paid(money: Money, clock: Clock) -> Money:
    """One case paid and one owing on 1 May; now it is 3 May."""
    money.pay(money.casework.file(DOG).application_id)
    money.casework.file(DOG, scenario=1)
    money.bring_in()
    clock.move(timedelta(days=2))
    return money


def closed_until(money: Money) -> str:
    with money.casework.database.read() as session:
        return str(last_closed(session))


def close(person: Browser, day: str = DAY, **form: str) -> int:
    """See the preview and confirm it."""
    page = person.get(f"{day}/close").text
    mark = page.split('name="seen" value="')[1].split('"', maxsplit=1)[0]
    return person.post(f"{day}/close", {"seen": mark, **form}).status_code


def test_every_figure_of_a_sheet_leads_to_its_entries(paid: Money, browser: Browsers) -> None:
    person = browser("tanaka")
    found = list(linked(person.get(DAY)))
    assert len(found) > 10
    for yen, address in found:
        follows(person, yen, address)
    for yen, address in linked(person.get("/finance/days/2026-05-02")):
        follows(person, yen, address)


def test_a_day_is_previewed_and_closed(paid: Money, browser: Browsers) -> None:
    person = browser("tanaka")
    assert "この日を締める" in person.get(DAY).text
    preview = person.get(f"{DAY}/close")
    assert "確認して締める" in preview.text
    assert faults(preview) == []
    assert close(person) == 303
    page = person.follow()
    assert "2026年5月1日（金）を締めました" in page.text
    assert "締め済み" in page.text
    assert "田中" in page.text
    assert closed_until(paid) == "2026-05-01"
    for yen, address in linked(page):
        follows(person, yen, address)


def test_a_closed_day_leads_back_to_its_sheet(paid: Money, browser: Browsers) -> None:
    person = browser("tanaka")
    close(person)
    assert person.get(f"{DAY}/close").headers["Location"] == DAY
    assert person.post(f"{DAY}/close", {"seen": "x"}).status_code == 303
    assert "この日を締める" not in person.get(DAY).text


def test_days_before_are_closed_with_it(paid: Money, browser: Browsers) -> None:
    person = browser("tanaka")
    assert "2日分を、古い日から順に締めます" in person.get("/finance/days/2026-05-02/close").text
    assert close(person, "/finance/days/2026-05-02") == 303
    assert closed_until(paid) == "2026-05-02"


def test_figures_that_changed_meanwhile_are_shown_again(paid: Money, browser: Browsers) -> None:
    person = browser("tanaka")
    page = person.get(f"{DAY}/close").text
    mark = page.split('name="seen" value="')[1].split('"', maxsplit=1)[0]
    paid.casework.file(DOG)
    answer = person.post(f"{DAY}/close", {"seen": mark})
    assert answer.status_code == 422
    assert "ご覧になったあとに数字が変わりました" in answer.text
    assert closed_until(paid) == "None"
    assert faults(answer) == []


@pytest.mark.parametrize("mark", ["", "x", "0" * 64])
def test_nobody_closes_unseen(paid: Money, browser: Browsers, mark: str) -> None:
    assert browser("tanaka").post(f"{DAY}/close", {"seen": mark}).status_code == 422
    assert closed_until(paid) == "None"


def test_a_day_that_runs_cannot_be_closed(paid: Money, browser: Browsers) -> None:
    person = browser("tanaka")
    page = person.get("/finance/days/2026-05-03/close")
    assert "まだ終わっていません" in page.text
    assert 'name="seen"' not in page.text
    assert person.post("/finance/days/2026-05-03/close", {"seen": "x"}).status_code == 422
    assert closed_until(paid) == "None"


def test_what_does_not_match_is_listed_and_wants_a_reason(money: Money, browser: Browsers, clock: Clock) -> None:
    case = money.casework.file(DOG)
    money.pay(case.application_id, yen=6551)
    clock.move(timedelta(days=1))
    person = browser("tanaka")
    page = person.get(f"{DAY}/close")
    assert "解決していないものが1件あります" in page.text
    assert close(person) == 422
    assert "理由を書いてください" in person.page.text
    assert faults(person.page) == []
    assert close(person, reason="あ" * 401) == 422
    assert "あ" * 401 in person.page.text, "nothing typed is lost"
    assert close(person, reason="決済会社に照会中") == 303
    page = person.follow()
    assert "決済会社に照会中" in page.text
    assert "締めたときに残っていた不突合" in page.text


def test_the_days_of_a_month(paid: Money, browser: Browsers) -> None:
    person = browser("tanaka")
    page = person.get("/finance/days")
    assert "2026年5月1日（金）から2日分が締まっていません" in page.text
    for yen, address in linked(page):
        follows(person, yen, address)
    close(person, "/finance/days/2026-05-02")
    assert "締まっていません" not in person.get("/finance/days").text
    assert person.get("/finance/days?month=2026-04").status_code == 200
    for wrong in ("2026-13", "2026", "x", "9999-01"):
        assert person.get(f"/finance/days?month={wrong}").status_code == 404


@pytest.mark.parametrize("typed", ["2026-04-30", "2026/4/30", "２０２６年４月３０日"])
def test_a_day_can_be_typed(browser: Browsers, typed: str) -> None:
    answer = browser("tanaka").get("/finance/days", query_string={"day": typed})
    assert answer.headers["Location"] == "/finance/days/2026-04-30"


@pytest.mark.parametrize("typed", ["", "明日", "2026-02-30", "<b>", "9" * 400])
def test_what_is_no_day_is_told_and_kept(browser: Browsers, typed: str) -> None:
    page = browser("tanaka").get("/finance/days", query_string={"day": typed})
    assert page.status_code == 422
    assert "という日はありません" in page.text
    assert "<b>」" not in page.text
    assert faults(page) == []


@pytest.mark.parametrize("day", ["tomorrow", "2026-5-1", "2026-02-30", "20260501", "1999-01-01", "9999-12-31"])
@pytest.mark.parametrize("end", ["", ".csv", "/sheet.csv", "/sheet.pdf", "/close"])
def test_an_address_of_no_day_is_404(browser: Browsers, day: str, end: str) -> None:
    assert browser("tanaka").get(f"/finance/days/{day}{end}").status_code == 404


def test_what_does_not_match_with_the_provider_is_told(money: Money, browser: Browsers) -> None:
    money.provider.move("charge", 999, 36, "txn_stray", "pi_stray")
    money.bring_in()
    page = browser("tanaka").get(DAY).text
    assert "食い違いが1件あります" in page
    assert "999円" in page


def test_a_day_that_matches_says_so(paid: Money, browser: Browsers) -> None:
    page = browser("tanaka").get(DAY).text
    assert "食い違いはありません" in page
    assert "1件（6,550円）が一致しています" in page


def test_the_sheet_as_csv(paid: Money, browser: Browsers) -> None:
    answer = browser("tanaka").get(f"{DAY}/sheet.csv")
    assert "sheet-2026-05-01.csv" in answer.headers["Content-Disposition"]
    head, *rows = csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline=""))
    place = {name: number for number, name in enumerate(head)}
    lines = rows[: rows.index([])]
    assert sum(int(row[place["収納"]]) for row in lines) == 6550
    assert {row[place["局"]] for row in lines} == {"保健医療局"}
    assert any("クレジットカード" in row for row in rows)
    assert any("provider:stripe" in row for row in rows)


def test_the_sheet_on_paper_says_who_made_it_and_the_seal(paid: Money, browser: Browsers) -> None:
    person = browser("tanaka")
    before = words_of(person.get(f"{DAY}/sheet.pdf").data)
    assert "未締め" in before
    close(person)
    answer = person.get(f"{DAY}/sheet.pdf")
    reader = PdfReader(BytesIO(answer.data))
    words = words_of(answer.data)
    for shown in ("日計表", "6,550", "1201-03", "作成", "田中", "封印", "1 / "):
        assert shown in words
    assert "/StructTreeRoot" in reader.trailer["/Root"], "tagged"
    assert float(reader.pages[0].mediabox.width) == pytest.approx(841.89, abs=1), "A4 across"


def words_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
