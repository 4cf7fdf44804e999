"""The front page of finance: every figure is what it leads to."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from payments.models import Payment
from payments.refunds import deciding, requesting
from procedures.actors import Actor, posts
from tests.web.browsing import Browser
from tests.web.casework import DOG, TAX
from tests.web.client import faults, read
from tests.web.conftest import Clock
from tests.web.finance.conftest import Money
from tests.web.finance.figures import cards, follows, linked, sum_on, yen_in

Browsers = Callable[..., Browser]


def test_a_quiet_day_says_so(browser: Browsers) -> None:
    page = browser("tanaka").get("/finance")
    assert page.status_code == 200
    assert "2026年5月1日（金）の収納" in page.text
    assert "人の判断を待つものはありません" in page.text
    assert cards(page)["収納"][0] == "0円"
    assert cards(page)["締めていない日"][0] == "0"


def test_every_figure_leads_to_what_it_is_made_of(money: Money, browser: Browsers) -> None:
    first, second = money.casework.file(DOG), money.casework.file(DOG, scenario=1)
    money.casework.file(DOG)
    money.pay(first.application_id, "card")
    money.pay(second.application_id, "konbini")
    money.bring_in()
    person = browser("tanaka")
    page = person.get("/finance")
    shown = cards(page)
    for title in ("調定", "収納"):
        value, address = shown[title]
        assert yen_in(value) > 0
        assert sum_on(person.get(address)) == yen_in(value)
    value, address = shown["未収"]
    assert sum_on(person.get(address)) == yen_in(value) == 6550
    value, address = shown["つぎの入金予定"]
    assert yen_in(value) > 0
    assert sum_on(person.get(address)) == yen_in(value)
    found = list(linked(page))
    assert len(found) >= 4, "two methods and two accounts"
    for yen, to in found:
        follows(person, yen, to)


def test_what_does_not_match_is_told_with_its_age(money: Money, browser: Browsers, clock: Clock) -> None:
    case = money.casework.file(DOG)
    money.pay(case.application_id, yen=6551)
    clock.move(timedelta(days=3))
    page = browser("tanaka").get("/finance")
    assert cards(page)["不突合"][0] == "1"
    assert "3日前から" in page.text
    assert case.reference in page.text


def test_days_that_are_not_closed_are_counted(money: Money, browser: Browsers, clock: Clock) -> None:
    money.casework.file(DOG)
    clock.move(timedelta(days=3))
    page = browser("tanaka").get("/finance")
    value, address = cards(page)["締めていない日"]
    assert (value, address) == ("3", "/finance/days")
    assert "2026年5月1日（金）から" in page.text


def test_charges_past_their_day_are_counted(money: Money, browser: Browsers, clock: Clock) -> None:
    money.casework.file(DOG)
    assert "うち納期限を過ぎたもの0件" in browser("tanaka").get("/finance").text
    clock.move(timedelta(days=40))
    assert "うち納期限を過ぎたもの1件" in browser("tanaka").get("/finance").text


def test_a_refund_is_on_the_front_page_and_on_the_sheet(money: Money, browser: Browsers) -> None:
    case = money.casework.file(DOG)
    money.pay(case.application_id)
    asks = Actor("staff", "ueno", "上野 会計", posts({"finance"}, {"*"}))
    decides = Actor("staff", "tanaka", "田中 会計", posts({"finance"}, {"*"}))
    with money.casework.database.write() as session:
        payment = session.scalars(select(Payment.id)).one()
        refund = requesting.request(session, asks, money.casework.now, payment, 1550, "our_mistake", "誤り")
    person = browser("tanaka")
    assert cards(person.get("/finance"))["還付の途中"][0] == "1,550円"
    with money.casework.database.write() as session:
        deciding.approve(session, decides, money.casework.now, refund)
    page = person.get("/finance")
    value, address = cards(page)["還付"]
    assert (yen_in(value), sum_on(person.get(address))) == (1550, 1550)
    sheet = person.get("/finance/days/2026-05-01")
    assert "1,550円" in sheet.text
    for yen, to in (*linked(page), *linked(sheet)):
        follows(person, yen, to)
    assert "還付を承認" in person.get(f"/finance/charges/{money.charge(case.application_id).id}").text


PATHS = (
    *("/finance", "/finance/charges", "/finance/charges.csv?q=a", "/finance/charges/x", "/finance/entries"),
    *("/finance/entries.csv", "/finance/entries.pdf", "/finance/days", "/finance/days/2026-05-01"),
    *("/finance/days/2026-05-01.csv", "/finance/days/2026-05-01/sheet.csv", "/finance/days/2026-05-01/sheet.pdf"),
    *("/finance/days/2026-04-30/close", "/finance/totals/2026", "/finance/totals/2026.csv", "/finance/payable"),
)


@pytest.mark.parametrize("person", ["hanako", "sato", "kimura"])
def test_finance_is_closed_to_others(browser: Browsers, person: str) -> None:
    somebody = browser(person)
    for path in PATHS:
        assert somebody.get(path).status_code in {403, 404}, path


def test_a_stranger_is_sent_to_sign_in(browser: Browsers) -> None:
    for path in PATHS:
        assert browser().get(path).headers["Location"].startswith("/sign-in"), path


def test_an_auditor_reads_everything_and_closes_nothing(money: Money, auditor: Browser) -> None:
    case = money.casework.file(DOG)
    for path in PATHS:
        found = auditor.get(path.replace("/x", f"/{money.charge(case.application_id).id}"))
        assert found.status_code == (403 if path.endswith("/close") else 200), path
    assert "この日を締める" not in auditor.get("/finance/days/2026-04-30").text
    assert auditor.post("/finance/days/2026-04-30/close").status_code == 403


@pytest.mark.parametrize("language", ["ja", "easy", "en"])
def test_every_page_is_sound_and_leads_somewhere(money: Money, browser: Browsers, language: str) -> None:
    money.pay(money.casework.file(DOG).application_id)
    money.casework.file(TAX)
    money.provider.move("mystery", 999, 36, "txn_stray", "pi_stray")
    money.bring_in()
    person = browser("tanaka")
    person.client.set_cookie("tetsuzuki_language", language)
    addresses = set()
    for path in (
        *("/finance", "/finance/charges?q=%E5%B1%B1%E7%94%B0", "/finance/entries", "/finance/days"),
        *("/finance/days/2026-05-01", "/finance/days/2026-04-30/close", "/finance/totals/2026"),
        *("/finance/totals/2026-05", "/finance/payable", "/finance/charges?q=zzz"),
    ):
        page = person.get(path)
        assert faults(page) == [], path
        addresses |= {node.attributes["href"] for node in read(page).all("a")}
    for address in sorted(one for one in addresses if one and one.startswith("/finance") and ".pdf" not in one):
        assert person.get(address.partition("#")[0]).status_code in {200, 302}, address
