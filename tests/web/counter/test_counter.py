"""The counter's pages: finding a case, taking what it owes, the receipt, voiding, paying in, the sheet."""

from collections.abc import Callable, Mapping
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from procedures import library
from procedures.actors import SYSTEM, Actor
from procedures.database import Database
from procedures.models import Application, Person, StaffRole
from tests.payments.scripted import ScriptedProvider
from tests.web.conftest import Clock
from tests.web.residents.applicant import Applicant
from tests.web.waivers.spec import SPEC
from web import create_app
from web.services import Overrides
from web.settings import Settings

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def provider(now: datetime) -> ScriptedProvider:
    """A provider that does what the test says."""
    return ScriptedProvider(now)


@pytest.fixture
def app(settings: Settings, database: Database, clock: Clock, provider: ScriptedProvider) -> Flask:
    """The application, paying at it."""
    return create_app(settings, database, Overrides(clock=clock, provider=provider))


@pytest.fixture
def staff(app: Flask, database: Database, now: datetime, people: Mapping[str, Actor]) -> Callable[[str], Applicant]:
    """Whose every page must be without fault; Sato and Suzuki are cashiers of the health office."""
    with database.write() as session:
        library.publish(session, SYSTEM, now, SPEC.format(due="submission", two="false"), "copy.yaml", "")
        session.add_all(StaffRole(person_id=one, role="cashier", office="hokenjo") for one in ("sato", "suzuki"))
    return lambda name: Applicant(app, name)


@pytest.fixture
def case(staff: Callable[[str], Applicant]) -> str:
    """A case that owes 3,000 yen."""
    hana = staff("hanako")
    found = hana.start("copy-of-record")
    hana.send({"copies": "3"})
    hana.send({"wants": "no"})
    hana.send()
    return found


Staff = Callable[[str], Applicant]
PAID = {"method": "cash", "yen": "３，０００円", "slip": "Ａ－１"}


def pay(staff: Staff, case: str, who: str = "sato", **sent: str) -> Applicant:
    cashier = staff(who)
    cashier.open(f"/counter/cases/{case}")
    cashier.send({**PAID, **sent}, form="/counter/cases")
    return cashier


def test_found_by_its_number_it_is_paid_and_stands_on_the_sheet(staff: Staff, case: str, database: Database) -> None:
    with database.read() as session:
        reference = session.scalar(select(Application.reference).where(Application.id == case))
    cashier = staff("sato")
    cashier.open(f"/counter?reference={reference.lower()}")
    assert cashier.at == f"/counter/cases/{case}"
    for words in ("写しの交付", "3,000円", "合計", "納期限"):
        assert words in cashier.main, words
    cashier.send(PAID, form="/counter/cases")
    for words in ("収納を入力しました", "伝票 A-1", "窓口（現金）", reference, "佐藤 係員"):
        assert words in cashier.main, words
    hana = staff("hanako")
    hana.open(f"/applications/{case}")
    assert "お支払いを確認しました" in hana.main


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"method": ""}, "支払い方法を選んでください"),
        ({"method": "paypay"}, "支払い方法を選んでください"),
        ({"yen": ""}, "金額を数字で入力してください"),
        ({"yen": "三千円"}, "金額を数字で入力してください"),
        ({"yen": "9" * 12}, "金額を数字で入力してください"),
        ({"yen": "2999"}, "納める額は3,000円です"),
        ({"slip": ""}, "英数字とハイフン"),
        ({"slip": "<b>"}, "英数字とハイフン"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(staff: Staff, case: str, sent: dict[str, str], problem: str) -> None:
    cashier = pay(staff, case, **sent)
    assert cashier.page.status_code == 422
    assert any(problem in one for one in cashier.problems), cashier.problems
    assert cashier.typed("yen") == [sent.get("yen", PAID["yen"])]


def test_paid_online_meanwhile_the_clerk_gives_the_money_back(
    staff: Staff, case: str, provider: ScriptedProvider
) -> None:
    hana, cashier = staff("hanako"), staff("sato")
    cashier.open(f"/counter/cases/{case}")
    hana.open(f"/applications/{case}/pay")
    hana.send(form="/pay")
    provider.pay(next(iter(provider.states)))
    cashier.send(PAID, form="/counter/cases")
    assert cashier.page.status_code == 409
    assert "受け取ったお金をお返しください" in cashier.main
    cashier.open("/counter?office=hokenjo")
    assert "この日の収納はありません" in cashier.main


def test_a_receipt_for_who_stands_there(staff: Staff, case: str) -> None:
    cashier = pay(staff, case)
    cashier.press("領収証を出す")
    assert cashier.at.endswith("/receipt")
    assert cashier.page.status_code == 200


def test_a_mistake_is_voided_by_a_second_person(staff: Staff, case: str) -> None:
    cashier = pay(staff, case)
    cashier.send({"reason": ""}, form="/void")
    assert "理由を書いてください" in cashier.main
    cashier.open("/counter?office=hokenjo")
    cashier.send({"reason": "別の案件の伝票でした。"}, form="/void")
    assert "取消しの承認待ち" in cashier.main
    assert "取消しを承認する" not in cashier.main
    second = staff("suzuki")
    second.open("/counter?office=hokenjo")
    assert "佐藤 係員：別の案件の伝票でした。" in second.main
    second.send(form="/void/agree")
    assert "入力を取り消しました" in second.main
    assert "取消し済み" in second.main
    hana = staff("hanako")
    hana.open(f"/applications/{case}")
    assert "お支払い待ち" in hana.main


def test_paying_in(staff: Staff, case: str) -> None:
    cashier = pay(staff, case)
    cashier.send({"yen": "4000", "slip": "B-1"}, form="/deposits")
    assert cashier.page.status_code == 422
    assert any("手元には3,000円しかありません" in one for one in cashier.problems)
    cashier.send({"yen": "3000", "slip": "B-1"}, form="/deposits")
    assert "払込みを入力しました" in cashier.main
    assert "伝票 B-1" in cashier.main


@pytest.mark.parametrize("who", ["hanako", "taro", "tanaka", "kimura"])
def test_nobody_but_a_cashier(staff: Staff, case: str, who: str) -> None:
    pay(staff, case)
    other = staff(who)
    for address in (f"/counter/cases/{case}", "/counter/deposits", "/counter/entries/none/void"):
        assert other.post(address, PAID).status_code in {403, 404}
    assert other.get(f"/counter/cases/{case}").status_code in {403, 404}


def test_finance_reads_the_sheet_and_enters_nothing(staff: Staff, case: str) -> None:
    pay(staff, case)
    finance = staff("tanaka")
    finance.open("/counter?office=hokenjo")
    assert "伝票 A-1" in finance.main
    assert "払込みを入力する" not in finance.main
    assert "領収証を出す" not in finance.main


def test_another_office_s_counter_looks_missing(staff: Staff, case: str, database: Database, now: datetime) -> None:
    with database.write() as session:
        session.add(Person(id="mori", issuer="i", subject="mori", name="森", created_at=now, seen_at=now))
        session.flush()
        session.add(StaffRole(person_id="mori", role="cashier", office="shuzei"))
    other = staff("mori")
    assert other.get("/counter").status_code == 200
    for address in ("/counter?office=hokenjo", f"/counter/cases/{case}", "/counter?office=none"):
        assert other.get(address).status_code == 404
