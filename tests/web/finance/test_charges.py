"""A charge's page tells its whole story, from the demand to the entries."""

import json
from collections.abc import Callable

import pytest

from payments.discrepancies import note
from tests.web.browsing import Browser
from tests.web.casework import DOG, TAX
from tests.web.client import faults
from tests.web.finance.conftest import Money

Browsers = Callable[..., Browser]


def test_a_demanded_charge(money: Money, browser: Browsers) -> None:
    case = money.casework.file(DOG)
    page = browser("tanaka").get(f"/finance/charges/{money.charge(case.application_id).id}")
    assert page.status_code == 200
    for shown in (case.reference, "支払い待ち", "犬の登録手数料", "3,000円", "6,550円", "山田 花子", "調定", "1201-04"):
        assert shown in page.text
    assert "政令" in page.text


def test_a_paid_charge_tells_how(money: Money, browser: Browsers) -> None:
    case = money.casework.file(DOG)
    checkout = money.pay(case.application_id)
    page = browser("tanaka").get(f"/finance/charges/{money.charge(case.application_id).id}").text
    for shown in (
        "支払い済み",
        checkout,
        f"evt_{checkout}",
        f"pi_{checkout}",
        "支払いの画面を開きました（1回目）",
        "クレジットカードで6,550円を受領",
        "決済会社の手数料は36円です",
        "6,550円を記帳しました",
    ):
        assert shown in page


def test_a_charge_after_approval(money: Money, browser: Browsers) -> None:
    case = money.casework.file(TAX)
    money.casework.approve(case.application_id, money.casework.propose(case.application_id))
    page = browser("tanaka").get(f"/finance/charges/{money.charge(case.application_id).id}").text
    assert "承認のとき" in page
    assert "2026年5月8日（金）" in page


def test_what_does_not_match_stands_on_top(money: Money, browser: Browsers) -> None:
    case = money.casework.file(DOG)
    money.pay(case.application_id, yen=6551)
    page = browser("tanaka").get(f"/finance/charges/{money.charge(case.application_id).id}")
    assert 'class="note bad"' in page.text
    assert faults(page) == []


@pytest.mark.parametrize("charge", ["nothing", "a" * 26, "%00", "..%2F.."])
def test_a_charge_that_is_not_there(browser: Browsers, charge: str) -> None:
    assert browser("tanaka").get(f"/finance/charges/{charge}").status_code == 404


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_is_sound(money: Money, browser: Browsers, language: str) -> None:
    case = money.casework.file(DOG)
    money.pay(case.application_id)
    person = browser("tanaka")
    person.client.set_cookie("tetsuzuki_language", language)
    assert faults(person.get(f"/finance/charges/{money.charge(case.application_id).id}")) == []


def test_a_look_at_a_payer_is_logged(money: Money, browser: Browsers, capsys: pytest.CaptureFixture[str]) -> None:
    case = money.casework.file(DOG)
    charge = money.charge(case.application_id)
    person = browser("tanaka")
    capsys.readouterr()
    person.get(f"/finance/charges/{charge.id}")
    looks = [json.loads(line) for line in capsys.readouterr().err.splitlines() if '"look"' in line]
    assert [(look["actor"], look["what"], look["object"]) for look in looks] == [("person:tanaka", "charge", charge.id)]


@pytest.mark.parametrize(("price", "asked", "settles"), [(6050, 500, True), (0, 6550, True), (-450, 6550, False)])
def test_a_fallen_fee_offers_its_refund(money: Money, browser: Browsers, price: int, asked: int, settles: bool) -> None:
    """As far as the payment can give it; the row of the worklist is done with it only if that is all."""
    case = money.casework.file(DOG)
    money.pay(case.application_id)
    charge = money.charge(case.application_id)
    with money.casework.database.write() as session:
        now = money.casework.now
        note(session, now, "fee_fell_after_correction", "7K3M-9QFA/2", str(price), str(charge.yen), charge.id)
    page = browser("tanaka").get(f"/finance/charges/{charge.id}")
    assert faults(page) == []
    assert f"差額{asked:,}円の還付を請求する" in page.text
    assert f"refund?yen={asked}&amp;reason=fee_fell" in page.text
    assert ("discrepancy=" in page.text) == settles
