"""Wrong answers, stale tabs, double clicks, the back button, somebody else's case: nothing typed is lost."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.browser import filing, working
from tests.browser.conftest import Somebody


@pytest.fixture
def today() -> date:
    return datetime.now(ZoneInfo("Asia/Tokyo")).date()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_wrong_answers_come_back_with_everything_typed(somebody: Somebody, scripts: bool) -> None:
    hanako = somebody("hanako", scripts=scripts)
    filing.begin_unseen(hanako, "dog-registration")
    hanako.type({**filing.OWNER, "address.postcode": "163", "phone": "03-53", "email": "hanako@"})
    hanako.go_on(422)
    hanako.sees("次の項目を確認してください")
    summary = hanako.page.locator("#problems li a")
    assert summary.count() == 3
    assert [hanako.typed(name) for name in ("phone", "email", "name.family")] == ["03-53", "hanako@", "髙橋"]
    if scripts:
        summary.nth(1).click()
        assert hanako.page.evaluate("() => document.activeElement.name") == "phone"


def test_nothing_answered_at_all(somebody: Somebody) -> None:
    hanako = somebody("hanako")
    filing.begin_unseen(hanako, "dog-registration")
    hanako.go_on(422)
    assert hanako.page.locator("#problems li").count() >= 4


def test_every_page_of_questions_explains_what_is_missing(somebody: Somebody, tmp_path: Path) -> None:
    hanako = somebody("hanako")
    filing.begin_unseen(hanako, "dog-registration")
    filing.answer(hanako, filing.OWNER)
    hanako.go_on(422)
    hanako.type({**filing.POCHI, "chip": "12345678901234"})
    hanako.go_on(422)
    hanako.sees("15けた")
    filing.answer(hanako, {"chip": filing.POCHI["chip"]})
    hanako.press("入力を終えて次へ")
    hanako.go_on(422)
    wrong = tmp_path / "tool.jpg"
    wrong.write_bytes(b"MZ" + bytes(200))
    hanako.type({"proof.new": str(wrong)})
    hanako.go_on(422)
    filing.answer(hanako, {"proof.new": str(filing.photo(tmp_path))})
    hanako.sees("入力内容の確認")


def test_a_stale_tab_is_told_and_loses_nothing(somebody: Somebody, today: date) -> None:
    visitor = somebody()
    application = filing.begin_unseen(visitor, "water-service-start")
    first, _, _ = filing.water_pages(today)
    stale = visitor.context.new_page()
    stale.goto(visitor.page.url)
    filing.answer(visitor, first)
    fresh, visitor.page = visitor.page, stale
    visitor.type({**first, "address.city": "渋谷区"})
    with stale.expect_response(lambda answer: answer.request.method == "POST") as posted:
        stale.locator("main .actions button.button:not(.second)").first.click()
    assert posted.value.status == 409
    visitor.sees("この画面は別のところで保存されています", "新宿区")
    assert visitor.typed("address.city") == "渋谷区"
    visitor.leave_by(stale.locator("main .actions button.button:not(.second)").first)
    visitor.page = fresh
    visitor.open(f"/applications/{application}/steps/place")
    assert visitor.typed("address.city") == "渋谷区"


def test_a_double_click_submits_and_charges_once(somebody: Somebody, tmp_path: Path) -> None:
    hanako = somebody("hanako")
    with hanako.unseen() as unseen:
        application = filing.dogs(unseen, filing.photo(tmp_path), [filing.HANA])
    hanako.page.evaluate("""async () => {
      const form = document.querySelector('main form');
      const send = () => fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form))});
      await Promise.all([send(), send(), send()]);
    }""")
    hanako.complaints.clear()
    hanako.open(f"/applications/{application}/pay")
    hanako.page.evaluate("""async () => {
      const form = document.querySelector('main form');
      const send = () => fetch(form.action,
        {method: 'POST', body: new URLSearchParams(new FormData(form)), redirect: 'manual'});
      await Promise.all([send(), send()]);
    }""")
    hanako.complaints.clear()
    hanako.press("支払いへ進む")
    filing.pay(hanako, "card_ok")
    filing.wait_for(hanako, "お支払いを確認しました")
    hanako.open("/applications")
    assert hanako.page.locator(f'a[href="/applications/{application}"]').count() == 1


def test_a_hasty_double_click_on_submit(somebody: Somebody, today: date) -> None:
    visitor = somebody()
    with visitor.unseen() as unseen:
        filing.water(unseen, today)
    visitor.page.get_by_role("button", name="この内容で送信する").dblclick()
    visitor.page.wait_for_url("**/submitted")
    visitor.look()
    assert working.reference_of(visitor)


def test_the_back_button_and_a_change_from_the_check_page(somebody: Somebody, today: date) -> None:
    visitor = somebody()
    application = filing.water(visitor, today)
    visitor.page.go_back()
    visitor.page.go_back()
    visitor.look()
    visitor.open(f"/applications/{application}/check")
    visitor.leave_by(visitor.page.get_by_role("link", name="変更").first)
    visitor.look()
    visitor.type({"address.building": "1号室"})
    visitor.go_on()
    visitor.sees("入力内容の確認", "1号室")


def test_somebody_elses_case_is_not_there(somebody: Somebody, today: date, tmp_path: Path) -> None:
    hanako, taro, stranger = somebody("hanako"), somebody("taro"), somebody()
    with hanako.unseen() as unseen:
        application = filing.dogs(unseen, filing.photo(tmp_path))
    for path in ("", "/check", "/pay", "/steps/owner", "/steps/dogs/dogs", "/steps/dogs/dogs/1", "/withdraw"):
        for other in (taro, stranger):
            other.open(f"/applications/{application}{path}", 404)
            missing = other.page.locator("main").inner_text()
            other.open("/applications/00000000-0000-0000-0000-000000000000", 404)
            assert other.page.locator("main").inner_text() == missing
            other.sees_not("髙橋", "ポチ")


def test_staff_pages_are_not_for_residents(somebody: Somebody) -> None:
    hanako = somebody("hanako")
    for path in ("/desk", "/finance"):
        hanako.open(path, 403)


def test_an_address_that_leads_nowhere(somebody: Somebody) -> None:
    somebody().open("/nowhere", 404)
