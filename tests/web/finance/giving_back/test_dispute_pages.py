"""Disputes on finance's pages: what is to be done by when, and the end of a lost one by two people."""

from collections.abc import Callable

import pytest

from tests.web.browsing import Browser
from tests.web.client import faults
from tests.web.finance.giving_back.conftest import Paid

pytestmark = pytest.mark.sqlite_only
Browsers = Callable[..., Browser]


def opened(paid: Paid, *, inquiry: bool = False) -> str:
    theirs = paid.money.provider.open_dispute(f"pi_{paid.checkout}", 6550, inquiry=inquiry).id
    paid.hear("charge.dispute.created", theirs)
    return theirs


def decided(paid: Paid, theirs: str, status: str) -> str:
    paid.money.provider.decide(theirs, status)
    paid.hear("charge.dispute.closed", theirs)
    return f"/finance/disputes/stripe-{theirs}"


def test_what_is_to_be_done_by_when(paid: Paid, browser: Browsers) -> None:
    theirs = opened(paid)
    tanaka = browser("tanaka")
    listed = tanaka.get("/finance/disputes")
    assert (faults(listed), "証拠を出す" in listed.text) == ([], True)
    page = tanaka.get(f"/finance/disputes/stripe-{theirs}")
    assert faults(page) == []
    for shown in ("お金が引き戻されました", "回答の期限", "5月10日", "身に覚えがない", "-6,550円", "1,300円"):
        assert shown in page.text


@pytest.mark.parametrize("status", ["inquiry", "inquiry_closed", "under_review", "won", "prevented", "lost"])
def test_every_state_has_its_page(paid: Paid, browser: Browsers, status: str) -> None:
    theirs = opened(paid, inquiry=status.startswith("inquiry"))
    at = decided(paid, theirs, status)
    page = browser("tanaka").get(at)
    assert (page.status_code, faults(page)) == (200, [])


@pytest.mark.parametrize("ending", ["claim_again", "write_off"])
def test_a_lost_one_is_ended_by_two_people(paid: Paid, mori: Browser, browser: Browsers, ending: str) -> None:
    at = decided(paid, opened(paid), "lost")
    tanaka = browser("tanaka")
    tanaka.get(at)
    for form, anchor in (({}, "#ending-write_off"), ({"ending": ending, "reason": " "}, "#reason")):
        wrong = tanaka.post(f"{at}/want", form)
        assert (wrong.status_code, faults(wrong), f'href="{anchor}"' in wrong.text) == (422, [], True)
    tanaka.post(f"{at}/want", {"ending": ending, "reason": "本人と話した結果"})
    page = tanaka.follow()
    assert (faults(page), "本人と話した結果" in page.text, "/decide" in page.text) == ([], True, False)
    own = tanaka.post(f"{at}/decide")
    assert (own.status_code, faults(own)) == (409, [])
    mori.get(at)
    mori.post(f"{at}/decide")
    done = mori.follow()
    assert (faults(done), "決定しました" in done.text) == ([], True)
    assert mori.post(f"{at}/drop").status_code == 409


def test_it_can_be_sent_back(paid: Paid, mori: Browser, browser: Browsers) -> None:
    at = decided(paid, opened(paid), "lost")
    browser("tanaka").post(f"{at}/want", {"ending": "write_off", "reason": "理由"})
    mori.get(at)
    mori.post(f"{at}/drop")
    assert "取り下げました" in mori.follow().text


def test_what_cannot_be_claimed_again_is_told(paid: Paid, mori: Browser, browser: Browsers) -> None:
    for turn in range(2):
        second = Paid(paid.money) if turn else paid
        at = decided(second, opened(second), "lost")
        browser("tanaka").post(f"{at}/want", {"ending": "claim_again", "reason": "理由"})
        mori.get(at)
        assert mori.post(f"{at}/decide").status_code == 303


def test_an_auditor_reads_and_changes_nothing(paid: Paid, auditor: Browser) -> None:
    at = decided(paid, opened(paid), "lost")
    page = auditor.get(at)
    assert (page.status_code, faults(page), "/want" in page.text) == (200, [], False)
    for what in ("want", "decide", "drop"):
        assert auditor.post(f"{at}/{what}", {"ending": "write_off", "reason": "x"}).status_code in {403, 404}
