"""A refund as two people of finance do it on their pages, from the charge to the end."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.web.browsing import Browser
from tests.web.client import faults
from tests.web.finance.conftest import Money
from tests.web.finance.giving_back.conftest import Paid

pytestmark = pytest.mark.sqlite_only
Browsers = Callable[..., Browser]
FORM = {"yen": "６，５５０円", "reason": "withdrawn", "note": "取下げのため", "way": "provider"}


def asked(paid: Paid, tanaka: Browser, **changes: str) -> str:
    page = tanaka.post(f"/finance/payments/{paid.payment}/refund", FORM | changes)
    assert page.status_code == 303, page.text
    return page.headers["Location"].partition("?")[0]


def test_from_the_charge_to_the_end(paid: Paid, mori: Browser, browser: Browsers) -> None:
    tanaka = browser("tanaka")
    charge = tanaka.get(f"/finance/charges/{paid.charge.id}")
    form_at = f"/finance/payments/{paid.payment}/refund"
    assert form_at in charge.text
    form = tanaka.get(form_at)
    assert (form.status_code, faults(form)) == (200, [])
    assert 'value="6550"' in form.text
    at = asked(paid, tanaka)
    page = tanaka.follow()
    assert faults(page) == []
    assert "ほかの会計担当の承認を待ちます" in page.text
    assert "ご自分の申請は承認できません" in page.text
    assert "/approve" not in page.text
    listed = mori.get("/finance/refunds")
    assert faults(listed) == []
    assert "承認を待つ還付が1件あります" in listed.text
    assert at in listed.text
    mori.get(at)
    assert mori.post(f"{at}/approve").headers["Location"] == f"{at}?done=approved"
    approved = mori.follow()
    assert (faults(approved), "承認済み" in approved.text) == ([], True)
    paid.work()
    assert "決済会社で処理中" in mori.get(at).text
    paid.money.provider.go_back("re_1")
    paid.hear("refund.updated", "re_1")
    done = mori.get(at)
    assert (faults(done), "還付済み" in done.text) == ([], True)
    assert "還付済み" in tanaka.get(f"/finance/charges/{paid.charge.id}").text
    assert form_at not in tanaka.page.text


@pytest.mark.parametrize(
    ("changes", "anchor", "words"),
    [
        ({"yen": "abc"}, "#yen", "1円以上の数字"),
        ({"yen": "0"}, "#yen", "1円以上の数字"),
        ({"yen": "99999"}, "#yen", "6,550円まで"),
        ({"reason": ""}, "#reason", "理由を選んで"),
        ({"reason": "other", "note": ""}, "#note", "説明を500字以内"),
        ({"note": "x" * 501}, "#note", "説明を500字以内"),
        ({"part-0": "1", "part-1": "2"}, "#parts", "合計が返す額になるように"),
        ({"part-0": "x"}, "#parts", "合計が返す額になるように"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
    paid: Paid, browser: Browsers, changes: dict[str, str], anchor: str, words: str
) -> None:
    tanaka = browser("tanaka")
    page = tanaka.post(f"/finance/payments/{paid.payment}/refund", FORM | changes)
    assert (page.status_code, faults(page)) == (422, [])
    assert f'href="{anchor}"' in page.text
    assert words in page.text
    for name, text in (FORM | changes).items():
        if name in {"yen", "note"} or name.startswith("part"):
            assert text in page.text


def test_a_person_says_which_account_bears_it(paid: Paid, browser: Browsers) -> None:
    tanaka = browser("tanaka")
    at = asked(paid, tanaka, **{"yen": "300", "part-0": "300"})
    page = tanaka.get(at)
    assert page.text.count('class="code soft">1201') == 1


def test_rejected_with_a_reason(paid: Paid, mori: Browser, browser: Browsers) -> None:
    at = asked(paid, browser("tanaka"))
    mori.get(at)
    page = mori.post(f"{at}/reject", {"why": " "})
    assert (page.status_code, faults(page), 'href="#why"' in page.text) == (422, [], True)
    mori.post(f"{at}/reject", {"why": "条例により\r\n返しません"})
    page = mori.follow()
    assert (faults(page), "還付を却下しました" in page.text) == ([], True)
    assert "条例により\n返しません" in page.text
    late = mori.post(f"{at}/approve")
    assert (late.status_code, faults(late), "すでに「却下」" in late.text) == (409, [], True)


def test_nobody_signs_twice(paid: Paid, browser: Browsers) -> None:
    tanaka = browser("tanaka")
    at = asked(paid, tanaka)
    page = tanaka.post(f"{at}/approve")
    assert (page.status_code, faults(page), "申請した本人は承認できません" in page.text) == (409, [], True)


def test_a_failed_one_is_paid_by_transfer(paid: Paid, mori: Browser, browser: Browsers) -> None:
    tanaka = browser("tanaka")
    at = asked(paid, tanaka)
    mori.post(f"{at}/approve")
    paid.work()
    paid.money.provider.fail_refund("re_1")
    paid.hear("refund.failed", "re_1")
    page = tanaka.get(at)
    assert (faults(page), "別の方法で返す" in page.text) == ([], True)
    paid.money.clock.move(timedelta(minutes=1))
    form = tanaka.get(f"/finance/payments/{paid.payment}/refund?instead={at.rpartition('/')[2]}&yen=6550&way=outside")
    assert (faults(form), 'name="instead"' in form.text) == ([], True)
    instead = asked(paid, tanaka, way="outside", instead=at.rpartition("/")[2])
    mori.post(f"{instead}/approve")
    page = tanaka.get(instead)
    assert (faults(page), "伝票番号" in page.text) == ([], True)
    for form, anchor in (
        ({"slip": "", "paid_on": "2026-05-01"}, "#slip"),
        ({"slip": "1", "paid_on": "きのう"}, "#paid_on"),
        ({"slip": "1", "paid_on": "2026-04-30"}, "#paid_on"),
    ):
        wrong = tanaka.post(f"{instead}/outside", form)
        assert (wrong.status_code, faults(wrong), f'href="{anchor}"' in wrong.text) == (422, [], True)
    tanaka.post(f"{instead}/outside", {"slip": "出金-88", "paid_on": "２０２６／５／１"})
    done = tanaka.follow()
    assert (faults(done), "出金-88" in done.text, "還付済み" in done.text) == ([], True, True)
    assert "還付の銀行" not in tanaka.get(at).text


WRITES = ("/approve", "/reject", "/outside")


def test_an_auditor_reads_and_changes_nothing(paid: Paid, auditor: Browser, browser: Browsers) -> None:
    at = asked(paid, browser("tanaka"))
    for path in ("/finance/refunds", at, "/finance/disputes", "/finance/refunds?status=requested"):
        page = auditor.get(path)
        assert (page.status_code, faults(page), "/approve" in page.text) == (200, [], False)
    assert auditor.get(f"/finance/payments/{paid.payment}/refund").status_code in {403, 404}
    for what in WRITES:
        assert auditor.post(at + what).status_code in {403, 404}


@pytest.mark.parametrize("person", ["hanako", "sato", "suzuki", None])
def test_everybody_else_sees_none_of_it(paid: Paid, browser: Browsers, person: str | None) -> None:
    at = asked(paid, browser("tanaka"))
    other = browser(person) if person else browser()
    for path in (at, "/finance/refunds", f"/finance/payments/{paid.payment}/refund", "/finance/disputes"):
        assert other.get(path).status_code in {302, 303, 403, 404}
    for what in WRITES:
        assert other.post(at + what).status_code in {302, 303, 403, 404}
    assert "requested" in browser("tanaka").get("/finance/refunds?status=requested").text


@pytest.mark.parametrize("path", ["/finance/refunds/no", "/finance/payments/no/refund", "/finance/disputes/no"])
def test_what_is_not_there(money: Money, browser: Browsers, path: str) -> None:
    assert browser("tanaka").get(path).status_code == 404


@pytest.mark.parametrize("language", ["ja", "easy", "en"])
def test_in_every_language_of_staff(paid: Paid, browser: Browsers, language: str) -> None:
    tanaka = browser("tanaka")
    at = asked(paid, tanaka)
    for path in ("/finance/refunds", at, f"/finance/payments/{paid.payment}/refund", "/finance/disputes"):
        page = tanaka.get(f"{path}?lang={language}")
        assert (page.status_code, faults(page)) == (200, [])


@pytest.mark.parametrize(
    ("text", "yen"),
    [
        ("1000", 1000),
        ("１，０００", 1000),
        ("¥1,000", 1000),
        ("￥1 000円", 1000),
        (" 5 ", 5),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("1e3", None),
        ("千", None),
        ("1" * 13, None),
    ],
)
def test_yen_as_people_type_them(text: str, yen: int | None) -> None:
    from web.pages.amounts import read_yen

    assert read_yen(text) == yen
