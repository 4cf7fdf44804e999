"""Dates and money as people write them."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from jinja2 import UndefinedError

from web.pages.rendering import show_date, show_moment, yen


@pytest.mark.parametrize(
    ("value", "ja", "en"),
    [
        (date(2026, 5, 1), "2026年5月1日（金）", "1 May 2026"),
        (date(2026, 12, 31), "2026年12月31日（木）", "31 December 2026"),
        (datetime(2026, 5, 1, 15, 0, tzinfo=UTC), "2026年5月2日（土）", "2 May 2026"),
        (datetime(2026, 5, 1, 14, 59, tzinfo=UTC), "2026年5月1日（金）", "1 May 2026"),
    ],
)
def test_a_day_is_the_day_in_tokyo(value: date | datetime, ja: str, en: str) -> None:
    assert show_date(value, "ja") == show_date(value, "easy") == ja
    assert show_date(value, "en") == en


def test_a_moment_has_its_time_in_tokyo() -> None:
    at = datetime(2026, 5, 1, 0, 5, tzinfo=UTC)
    assert show_moment(at, "ja") == "2026年5月1日（金）9時05分"
    assert show_moment(at, "en") == "1 May 2026, 09:05"


@pytest.mark.parametrize(
    ("amount", "ja", "en"), [(0, "0円", "0 yen"), (3000, "3,000円", "3,000 yen"), (-550, "-550円", "-550 yen")]
)
def test_money_is_grouped(amount: int, ja: str, en: str) -> None:
    assert yen(amount, "ja") == ja
    assert yen(amount, "en") == en


def test_a_name_that_a_template_gets_wrong_is_an_error(app: Flask) -> None:
    with app.test_request_context("/"), pytest.raises(UndefinedError):
        app.jinja_env.from_string("{{ nmae }}").render()


@pytest.mark.parametrize(
    ("language", "day", "moment", "amount"),
    [
        ("zh", "2026年5月1日星期五", "2026年5月1日星期五 09:05", "3,000日元"),
        ("ko", "2026년 5월 1일 금요일", "2026년 5월 1일 금요일 09:05", "3,000엔"),
    ],
)
def test_chinese_and_korean_write_days_and_money_their_way(language: str, day: str, moment: str, amount: str) -> None:
    at = datetime(2026, 5, 1, 0, 5, tzinfo=UTC)
    assert (show_date(at, language), show_moment(at, language)) == (day, moment)
    assert yen(3000, language) == amount
