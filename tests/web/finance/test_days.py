"""The day's money: figures that lead to their charges and entries, and what does not match."""

import csv
from collections.abc import Callable
from io import StringIO

import pytest

from tests.web.browsing import Browser
from tests.web.casework import DOG, TAX
from tests.web.client import faults, read
from tests.web.finance.conftest import Money

Browsers = Callable[..., Browser]
DAY = "/finance/days/2026-05-01"


def figure(page: str, key: str) -> str:
    """One of the four cards."""
    return page.split('<ul class="figures">')[1].split(f'href="#{key}"')[1].split("</li>", maxsplit=1)[0]


def section(page: str, key: str) -> str:
    """The part of the page that a figure leads to."""
    return page.split(f'<section id="{key}">')[1].split("</section>", maxsplit=1)[0]


def test_finance_starts_with_today(browser: Browsers) -> None:
    clerk = browser("tanaka")
    assert clerk.get("/finance").headers["Location"] == DAY
    page = clerk.follow()
    assert page.status_code == 200
    assert "2026年5月1日（金）の収納" in page.text
    assert "この日に突き合わせるものはありません" in page.text


def test_what_was_demanded_is_counted_and_listed(money: Money, browser: Browsers) -> None:
    case = money.casework.file(DOG)
    page = browser("tanaka").get(DAY).text
    assert "6,550円" in figure(page, "demanded")
    assert "6,550円" in figure(page, "outstanding")
    assert "0円" in figure(page, "collected")
    assert case.reference in section(page, "demanded")
    assert case.reference in section(page, "outstanding")
    assert "1201-03" in section(page, "accounts")
    assert "1201-04" in section(page, "accounts")


def test_what_was_paid_moves_from_outstanding_to_collected(money: Money, browser: Browsers) -> None:
    case = money.casework.file(DOG)
    money.pay(case.application_id)
    page = browser("tanaka").get(DAY).text
    assert "6,550円" in figure(page, "collected")
    assert "0円" in figure(page, "outstanding")
    assert case.reference in section(page, "collected")
    assert "クレジットカード" in section(page, "methods")
    assert "収納" in section(page, "entries")


def test_the_day_matches_once_the_provider_s_list_is_in(money: Money, browser: Browsers) -> None:
    case = money.casework.file(DOG)
    money.pay(case.application_id)
    money.bring_in()
    page = browser("tanaka").get(DAY)
    assert "食い違いはありません" in page.text
    assert "1件（6,550円）が一致しています" in page.text
    assert "決済会社の手数料" in page.text


def test_money_nobody_asked_for_is_shown_as_a_difference(money: Money, browser: Browsers) -> None:
    money.provider.move("charge", 999, 36, "txn_stray", "pi_stray")
    money.bring_in()
    text = section(browser("tanaka").get(DAY).text, "reconciliation")
    assert "食い違いが1件あります" in text
    assert "pi_stray" in text or "txn_stray" in text
    assert "999円" in text


def test_a_wrong_amount_waits_for_a_person(money: Money, browser: Browsers) -> None:
    case = money.casework.file(DOG)
    money.pay(case.application_id, yen=6551)
    page = browser("tanaka").get(DAY).text
    assert "人の判断を待つもの" in page
    assert "0円" in figure(page, "collected")


def test_a_method_leads_to_its_charges(money: Money, browser: Browsers) -> None:
    first, second = money.casework.file(DOG), money.casework.file(DOG, scenario=1)
    money.pay(first.application_id, "card")
    money.pay(second.application_id, "konbini")
    text = section(browser("tanaka").get(f"{DAY}?method=konbini").text, "collected")
    assert second.reference in text
    assert first.reference not in text


def test_an_account_leads_to_its_entries(money: Money, browser: Browsers) -> None:
    first, second = money.casework.file(DOG), money.casework.file(DOG, scenario=1)
    text = section(browser("tanaka").get(f"{DAY}?account=1201-04").text, "entries")
    assert first.reference in text
    assert second.reference not in text


@pytest.mark.parametrize("query", ["method=none", "account=none", "account=%3Cscript%3E"])
def test_a_filter_that_fits_nothing_shows_nothing(money: Money, browser: Browsers, query: str) -> None:
    money.casework.file(DOG)
    page = browser("tanaka").get(f"{DAY}?{query}")
    assert page.status_code == 200
    assert faults(page) == []


def test_every_link_of_the_day_leads_somewhere(money: Money, browser: Browsers) -> None:
    money.pay(money.casework.file(DOG).application_id)
    person = browser("tanaka")
    addresses = {node.attributes["href"] for node in read(person.get(DAY)).all("a")}
    for address in addresses:
        if address.startswith("/finance"):
            assert person.get(address.partition("#")[0]).status_code in {200, 302}


def test_another_day_is_another_day(money: Money, browser: Browsers) -> None:
    case = money.casework.file(DOG)
    clerk = browser("tanaka")
    before = clerk.get("/finance/days/2026-04-30").text
    assert case.reference not in before
    after = clerk.get("/finance/days/2026-05-02").text
    assert case.reference in section(after, "outstanding")
    assert case.reference not in section(after, "demanded")


@pytest.mark.parametrize("typed", ["2026-04-30", "2026/4/30", "２０２６年４月３０日"])
def test_a_day_can_be_typed(browser: Browsers, typed: str) -> None:
    answer = browser("tanaka").get("/finance", query_string={"day": typed})
    assert answer.headers["Location"] == "/finance/days/2026-04-30"


@pytest.mark.parametrize("typed", ["", "明日", "2026-02-30", "<b>", "9" * 400])
def test_what_is_no_day_is_told_and_kept(browser: Browsers, typed: str) -> None:
    page = browser("tanaka").get("/finance", query_string={"day": typed})
    assert page.status_code == 422
    assert "という日はありません" in page.text
    assert "<b>」" not in page.text
    assert faults(page) == []


@pytest.mark.parametrize("day", ["tomorrow", "2026-5-1", "2026-02-30", "20260501", "1999-01-01", "9999-12-31", "x.csv"])
def test_an_address_of_no_day_is_404(browser: Browsers, day: str) -> None:
    assert browser("tanaka").get(f"/finance/days/{day}").status_code == 404


def test_the_day_as_a_table_for_spreadsheets(money: Money, browser: Browsers) -> None:
    case = money.casework.file(DOG)
    money.pay(case.application_id)
    answer = browser("tanaka").get(f"{DAY}.csv")
    assert answer.mimetype == "text/csv"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert "entries-2026-05-01.csv" in answer.headers["Content-Disposition"]
    head, *rows = csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline=""))
    assert head[0] == "時刻"
    assert {row[3] for row in rows} == {case.reference}
    demanded = [int(row[8]) for row in rows if row[2] == "調定"]
    received = [int(row[8]) for row in rows if row[2] == "収納"]
    assert sum(demanded) == sum(received) == 6550


def test_an_empty_day_is_an_empty_table(browser: Browsers) -> None:
    answer = browser("tanaka").get("/finance/days/2026-01-01.csv")
    assert len(answer.data.decode("utf-8-sig").splitlines()) == 1


@pytest.mark.parametrize("path", ["/finance", DAY, f"{DAY}.csv", "/finance/charges/x"])
@pytest.mark.parametrize("person", ["hanako", "sato", "suzuki", "kimura"])
def test_finance_is_closed_to_others(browser: Browsers, person: str, path: str) -> None:
    assert browser(person).get(path).status_code in {403, 404}


def test_a_stranger_is_sent_to_sign_in(browser: Browsers) -> None:
    assert browser().get(DAY).headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("language", ["ja", "easy", "en"])
def test_the_day_is_a_sound_page(money: Money, browser: Browsers, language: str) -> None:
    money.pay(money.casework.file(DOG).application_id)
    money.casework.file(TAX)
    money.provider.move("mystery", 999, 36, "txn_stray", "pi_stray")
    money.bring_in()
    person = browser("tanaka")
    person.client.set_cookie("tetsuzuki_language", language)
    assert faults(person.get(DAY)) == []
