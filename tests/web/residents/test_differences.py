"""A correction that raises the fee, through the pages of all: told, paid together, receipts, what the office sees."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from engine.fees import FeeQuote, QuotedLine
from engine.model import Text
from payments import cases as paid_cases
from payments import charges
from payments.settlement import record
from procedures import drafts, library
from procedures.actors import SYSTEM, Actor
from procedures.corrections import requesting, working
from procedures.corrections.kept import Mark
from procedures.database import Database
from procedures.days import tokyo_day
from procedures.models import Person
from tests.payments.scripted import ScriptedProvider
from tests.web.browsing import Browser
from tests.web.casework import Casework
from tests.web.client import faults
from tests.web.conftest import Clock
from tests.web.residents.applicant import Applicant

PERMIT = (Path(__file__).parents[2] / "procedures/specs/permit.yaml").read_text()


@pytest.fixture
def casework(app: Flask, database: Database, people: dict[str, Actor], now: object) -> Casework:
    """The office's side."""
    return Casework(database, app.extensions["tetsuzuki"].blobs, people, now)


@pytest.fixture
def settle(database: Database, provider: ScriptedProvider, clock: Clock) -> Callable[[str], None]:
    """The payer pays on the page, and the provider's word is recorded."""

    def pay(page: str) -> None:
        provider.now = clock()
        provider.pay(page)
        with database.write() as session:
            record(session, provider.name, clock(), provider.states[page])

    return pay


@pytest.fixture
def rise(casework: Casework, clock: Clock, settle: Callable[[str], None], hana: Applicant) -> str:
    """Hanako's permit of two copies, paid by card, corrected to five a minute later."""
    hanako, sato = casework.person("hanako"), casework.person("sato")
    with casework.database.write() as session:
        session.execute(update(Person).values(assurance="high"))
        permit = library.publish(session, casework.person("kimura"), clock(), PERMIT, "permit.yaml", "").procedure
        case = drafts.start(session, hanako, clock(), permit)
        drafts.save(session, hanako, clock(), case, {"name": "髙橋 𠮷子", "copies": 2}, 1)
        paid_cases.submit(session, hanako, clock(), case, 2, "seen")
    settle(press(hana, f"/applications/{case}/pay"))
    clock.move(timedelta(minutes=1))
    casework.claim(case)
    with casework.database.write() as session:
        marks = [Mark(("copies",), "枚数が違います。")]
        requesting.request(session, sato, clock(), case, marks, "", tokyo_day(clock()) + timedelta(days=14))
    with casework.database.write() as session:
        working.save(session, hanako, clock(), case, ("copies",), 5, 1)
    return case


def press(hana: Browser, address: str, **form: str) -> str:
    """The provider's id of the page to which "pay" leads."""
    return hana.post(address, form).headers["Location"].rpartition("/")[2]


@pytest.fixture
def corrected(rise: str, hana: Applicant) -> str:
    """The correction was sent from its page."""
    hana.open(f"/applications/{rise}/correction/check")
    assert "手数料が上がります。送ったあとに、差額のお支払いをお願いします。" in hana.main
    hana.send({"note": ""})
    return rise


def issue_fee(database: Database, clock: Clock, case: str, yen: int = 300) -> None:
    """Something else that is due on the same case."""
    line = QuotedLine(
        id="issue", title=Text("許可証の交付", {}), law="条例", account="1201-09", count=1, unit_yen=yen, yen=yen
    )
    day = tokyo_day(clock()) + timedelta(days=3)
    with database.write() as session:
        charges.demand(session, SYSTEM, clock(), case, "approval", FeeQuote((line,), 0, yen), day)


def test_it_is_told_where_the_correction_was_sent(corrected: str, hana: Applicant) -> None:
    assert hana.heading == "直した内容を受け付けました"
    for words in ("1,000円から2,500円に変わりました", "審査は、お支払いを待たずに続けます", "1,500円"):
        assert words in hana.main
    assert f'href="/applications/{corrected}/pay"' in hana.page.text
    hana.open(f"/applications/{corrected}")
    for words in ("手数料の差額をお支払いください", "1,500円", "担当者が内容を審査しています"):
        assert words in hana.main
    assert "お待ちください" not in hana.main
    hana.open("/applications")
    assert "差額を支払う 2026年5月8日（金）まで" in hana.main


def test_it_is_paid_alone(corrected: str, hana: Applicant, settle: Callable[[str], None]) -> None:
    hana.open(f"/applications/{corrected}/pay")
    assert "許可手数料（補正による差額）" in hana.main
    settle(press(hana, f"/applications/{corrected}/pay", yen="1500"))
    hana.open(f"/applications/{corrected}")
    assert "差額をお支払いください" not in hana.main
    for words in ("申請の手数料", "補正による差額", "1,000円", "1,500円", "お支払い済み"):
        assert words in hana.main
    receipts = set(re.findall(rf"/applications/{corrected}/charges/[a-z2-7]+/receipt", hana.page.text))
    assert len(receipts) == 2
    for address in receipts:
        hana.open(address)
        assert hana.page.status_code == 200


def test_both_are_paid_together(
    corrected: str,
    hana: Applicant,
    database: Database,
    clock: Clock,
    provider: ScriptedProvider,
) -> None:
    clock.move(timedelta(minutes=1))
    issue_fee(database, clock, corrected)
    hana.open(f"/applications/{corrected}/pay")
    for words in ("お支払いは2件あります", "補正による差額", "交付の手数料", "お支払いの合計", "1,800円"):
        assert words in hana.main
    page = press(hana, f"/applications/{corrected}/pay", yen="1800")
    assert provider.states[page].yen == 1800
    hana.open(f"/applications/{corrected}/pay/return")
    assert "確認しています" in hana.main


def test_nobody_is_led_to_another_sum_than_they_saw(
    corrected: str, hana: Applicant, database: Database, clock: Clock, provider: ScriptedProvider
) -> None:
    hana.open(f"/applications/{corrected}/pay")
    clock.move(timedelta(minutes=1))
    issue_fee(database, clock, corrected)
    before = len(provider.by_key)
    page = hana.post(f"/applications/{corrected}/pay", {"yen": "1500"})
    assert page.status_code == 409
    assert faults(page) == []
    assert "前の画面の額は1,500円でした。いまの額は1,800円です。" in page.text
    assert len(provider.by_key) == before, "no pay page was opened"
    assert hana.post(f"/applications/{corrected}/pay", {"yen": "1800"}).headers["Location"].startswith("http://pay/")


@pytest.mark.parametrize("yen", ["", "x", "-1", "９", "1" * 13])
def test_what_nobody_could_have_seen_counts_for_nothing(corrected: str, hana: Applicant, yen: str) -> None:
    assert hana.post(f"/applications/{corrected}/pay", {"yen": yen}).headers["Location"].startswith("http://pay/")


def test_back_from_paying_one_of_two_the_other_is_shown(
    corrected: str, hana: Applicant, database: Database, clock: Clock, settle: Callable[[str], None]
) -> None:
    """The first page was paid after the second charge was demanded."""
    page = press(hana, f"/applications/{corrected}/pay", yen="1500")
    clock.move(timedelta(minutes=1))
    issue_fee(database, clock, corrected)
    settle(page)
    answer = hana.get(f"/applications/{corrected}/pay/return")
    assert answer.headers["Location"] == f"/applications/{corrected}/pay"
    hana.open(f"/applications/{corrected}/pay")
    assert "300円" in hana.main


def test_a_link_pays_all_of_it_and_tells_no_lines(
    corrected: str,
    hana: Applicant,
    browser: Callable[..., Browser],
    database: Database,
    clock: Clock,
    provider: ScriptedProvider,
    settle: Callable[[str], None],
) -> None:
    hana.post(f"/applications/{corrected}/pay/link")
    link = re.search(r'value="http://localhost(/pay/[a-z2-7]{26})"', hana.get(f"/applications/{corrected}/pay").text)[1]
    clock.move(timedelta(minutes=1))
    issue_fee(database, clock, corrected)
    stranger = browser()
    page = stranger.get(link)
    assert faults(page) == []
    assert "1,800円" in page.text
    for private in ("差額", "交付の手数料", "髙橋", "補正"):
        assert private not in page.text
    paying = press(stranger, link, yen="1800")
    (order,) = [order for order, page in provider.by_key.values() if page == paying]
    assert (len(order.lines), order.email) == (1, None)
    with database.write() as session:
        casework_status(session, corrected)
    settle(paying)
    page = stranger.get(link)
    assert faults(page) == []
    assert len(set(re.findall(rf"{link}/charges/[a-z2-7]+/receipt", page.text))) == 2


def casework_status(session: object, case: str) -> None:
    """As if the case had been approved with its issue fee."""
    from sqlalchemy import text

    session.execute(text("UPDATE application SET status = 'awaiting_issue_fee' WHERE id = :id"), {"id": case})


@pytest.mark.parametrize("late", [False, True])
def test_the_approver_is_told_and_can_decide(
    corrected: str, casework: Casework, browser: Callable[..., Browser], clock: Clock, late: bool
) -> None:
    with casework.database.write() as session:
        from procedures import decisions

        decisions.propose(session, casework.person("sato"), clock(), corrected, "approve", (), "適正")
    if late:
        clock.move(timedelta(days=20))
    page = browser("suzuki").get(f"/desk/cases/{corrected}")
    assert faults(page) == []
    assert "手数料の差額1,500円" in page.text
    assert ("納期限（" in page.text) == late
    assert "申請の手数料" in page.text, "both charges are named"


def test_late_it_is_still_to_be_paid(corrected: str, hana: Applicant, clock: Clock, provider: ScriptedProvider) -> None:
    clock.move(timedelta(days=20))
    provider.now = clock()
    hana.sign_in("hanako")
    hana.open(f"/applications/{corrected}/pay")
    assert "期限（2026年5月8日（金））が過ぎています。申請は取り消されません。" in hana.main
    assert hana.post(f"/applications/{corrected}/pay", {"yen": "1500"}).headers["Location"].startswith("http://pay/")
