"""What the applicant and the case's clerk see of money that is given back or disputed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from payments import refunds
from payments.models import Refund
from payments.refunds import How
from procedures.actors import Actor, posts
from tests.web.browsing import Browser
from tests.web.client import faults
from tests.web.finance.conftest import Money
from tests.web.finance.giving_back.conftest import Paid

pytestmark = pytest.mark.sqlite_only
Browsers = Callable[..., Browser]
TANAKA = Actor("staff", "tanaka", "田中", posts({"finance"}, {"*"}))
MORI = Actor("staff", "mori", "森", posts({"finance"}, {"*"}))


def led_to(paid: Paid, stage: str, way: str = "provider") -> None:
    """A refund of all of it, led to a stage."""
    now, database = paid.money.casework.now, paid.database
    with database.write() as session:
        refund = refunds.request(session, TANAKA, now, paid.payment, 6550, "withdrawn", "", How(way=way))
    if stage == "requested":
        return
    with database.write() as session:
        refunds.approve(session, MORI, now, refund)
    if stage == "approved":
        return
    paid.work()
    then = {"requires_action": "ask_for_account", "confirmed": "go_back", "failed": "fail_refund"}
    if stage in then:
        getattr(paid.money.provider, then[stage])("re_1")
        paid.hear("refund.updated", "re_1")


STAGES = {
    "requested": None,
    "approved": "手続き中です",
    "sent": "手続き中です",
    "requires_action": "口座の入力が必要です",
    "confirmed": "お返ししました",
    "failed": "お返しできませんでした",
}


@pytest.mark.parametrize("stage", STAGES)
def test_the_applicant_sees_where_it_stands(paid: Paid, browser: Browsers, stage: str) -> None:
    led_to(paid, stage)
    page = browser("hanako").get(f"/applications/{paid.case.application_id}")
    assert (page.status_code, faults(page)) == (200, [])
    words = STAGES[stage]
    assert (words or "お返しするお金") in page.text or words is None
    assert ("お返しするお金" in page.text) == (words is not None)
    if stage == "requires_action":
        assert "6月15日" in page.text


def test_paid_by_hand_is_told_apart(paid: Paid, browser: Browsers) -> None:
    led_to(paid, "approved", "outside")
    assert "銀行振込などでお返しします" in browser("hanako").get(f"/applications/{paid.case.application_id}").text


@pytest.mark.parametrize("language", ["ja", "easy", "en", "zh", "ko"])
@pytest.mark.parametrize("stage", ["requires_action", "failed"])
def test_in_every_language(paid: Paid, browser: Browsers, stage: str, language: str) -> None:
    led_to(paid, stage)
    hanako = browser("hanako")
    page = hanako.get(f"/applications/{paid.case.application_id}?lang={language}")
    assert (page.status_code, faults(page)) == (200, [])


def test_konbini_tells_of_the_mail(money: Money, browser: Browsers) -> None:
    paid = Paid(money, "konbini")
    led_to(paid, "approved")
    assert "振込先をうかがうメール" in browser("hanako").get(f"/applications/{paid.case.application_id}").text


def test_nobody_else_sees_it(paid: Paid, browser: Browsers) -> None:
    led_to(paid, "approved")
    assert browser("taro").get(f"/applications/{paid.case.application_id}").status_code == 404


def test_a_failed_one_is_hidden_once_another_took_its_place(paid: Paid, browser: Browsers) -> None:
    led_to(paid, "failed")
    now = paid.money.casework.now + timedelta(minutes=1)
    with paid.database.write() as session:
        failed = session.scalar(select(Refund.id))
        how = How(way="outside", instead_of=failed)
        instead = refunds.request(session, TANAKA, now, paid.payment, 6550, "withdrawn", "", how)
    hanako = browser("hanako")
    assert "お返しできませんでした" in hanako.get(f"/applications/{paid.case.application_id}").text
    with paid.database.write() as session:
        refunds.approve(session, MORI, now, instead)
    page = hanako.get(f"/applications/{paid.case.application_id}").text
    assert ("お返しできませんでした" in page, "銀行振込などでお返しします" in page) == (False, True)


@pytest.mark.parametrize("stage", STAGES)
def test_the_clerk_sees_it_on_the_case(paid: Paid, browser: Browsers, stage: str) -> None:
    led_to(paid, stage)
    page = browser("sato").get(f"/desk/cases/{paid.case.application_id}")
    assert (page.status_code, faults(page), "還付 6,550円" in page.text) == (200, [], True)


@pytest.mark.parametrize("status", ["needs_response", "won", "lost"])
def test_the_clerk_sees_a_dispute(paid: Paid, browser: Browsers, status: str) -> None:
    theirs = paid.money.provider.open_dispute(f"pi_{paid.checkout}", 6550).id
    if status != "needs_response":
        paid.money.provider.decide(theirs, status)
    paid.hear("charge.dispute.created", theirs)
    page = browser("sato").get(f"/desk/cases/{paid.case.application_id}")
    assert (page.status_code, faults(page), "異議申立て 6,550円" in page.text) == (200, [], True)
    assert "異議" not in browser("hanako").get(f"/applications/{paid.case.application_id}").text
