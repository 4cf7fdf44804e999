"""Water service: no sign-in, no fee, confirmed at once; with and without JavaScript, in all languages."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.browser import filing, working
from tests.browser.conftest import Somebody


def today() -> date:
    """In Tokyo."""
    return datetime.now(ZoneInfo("Asia/Tokyo")).date()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_visitor_is_confirmed_at_once(somebody: Somebody, scripts: bool) -> None:
    visitor = somebody(scripts=scripts)
    application = filing.water(visitor, today())
    visitor.sees("都庁マンション101", "163-8001")
    visitor.press("この内容で送信する")
    reference = working.reference_of(visitor)
    visitor.open("/applications")
    visitor.sees(reference)
    visitor.open(f"/applications/{application}")
    visitor.sees("完了", reference)


def test_in_english_and_in_easy_japanese(somebody: Somebody) -> None:
    visitor = somebody()
    filing.begin_unseen(visitor, "water-service-start")
    for tongue, words in (("en", "Postcode"), ("easy", "郵便番号（ゆうびんばんごう）")):
        visitor.page.locator("details.tongue summary").click()
        visitor.choose("language", tongue)
        visitor.sees(words)


def test_a_question_that_depends_on_another_shows_when_it_is_needed(somebody: Somebody) -> None:
    visitor = somebody()
    filing.begin_unseen(visitor, "water-service-start")
    filing.answer(visitor, next(filing.water_pages(today())))
    time = visitor.page.locator('[name="present_time"]').first
    assert not time.is_visible()
    visitor.type({"present": "yes"})
    assert time.is_visible()
    visitor.look()


def test_without_javascript_a_question_says_when_it_is_needed(somebody: Somebody) -> None:
    visitor = somebody(scripts=False)
    filing.begin_unseen(visitor, "water-service-start")
    filing.answer(visitor, next(filing.water_pages(today())))
    visitor.sees("次の場合だけお答えください")
