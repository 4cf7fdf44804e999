"""The eras: every day has one, both ways lead to the same day, and the borders are those of the ordinances."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engine.eras import ERAS, OutsideEra, day_in, era_called, era_of, month_in, read_year

DAYS = some.dates(min_value=date(1868, 1, 25), max_value=date(2200, 12, 31))


@given(DAYS)
def test_a_day_given_in_its_era_is_that_day(day: date) -> None:
    era = era_of(day)
    assert era is not None
    assert era.first <= day
    assert day_in(era, era.year_of(day), day.month, day.day) == day


@given(DAYS)
def test_a_month_given_in_the_era_of_its_first_day_is_that_month(day: date) -> None:
    era = era_of(day.replace(day=1))
    if era is None:  # January 1868 began before Meiji did
        return
    assert month_in(era, era.year_of(day), day.month) == day.replace(day=1)


@given(DAYS, some.sampled_from(ERAS))
def test_in_another_era_it_is_refused_unless_both_claim_the_day(day: date, era: object) -> None:
    assert era in ERAS
    other = next(one for one in ERAS if one is era)
    claimed = other.first <= day and (other.last is None or day <= other.last)
    year = other.year_of(day)
    if claimed:
        assert day_in(other, year, day.month, day.day) == day
        return
    with pytest.raises(OutsideEra) as caught:
        day_in(other, year, day.month, day.day)
    assert caught.value.after is (day > other.first)


@pytest.mark.parametrize(
    ("day", "kanji", "year"),
    [
        (date(1868, 1, 25), "明治", 1),
        (date(1912, 7, 29), "明治", 45),
        (date(1912, 7, 30), "大正", 1),
        (date(1926, 12, 24), "大正", 15),
        (date(1926, 12, 25), "昭和", 1),
        (date(1989, 1, 7), "昭和", 64),
        (date(1989, 1, 8), "平成", 1),
        (date(2019, 4, 30), "平成", 31),
        (date(2019, 5, 1), "令和", 1),
        (date(2026, 4, 1), "令和", 8),
    ],
)
def test_the_first_and_last_days(day: date, kanji: str, year: int) -> None:
    era = era_of(day)
    assert era is not None
    assert (era.kanji, era.year_of(day)) == (kanji, year)


def test_eras_follow_one_another_without_a_gap() -> None:
    for before, after in pairwise(ERAS):
        assert before.last is not None
        assert after.first - before.last in {timedelta(0), timedelta(1)}
    assert ERAS[-1].last is None
    assert era_of(date(1868, 1, 24)) is None


def test_the_day_of_a_change_belongs_to_both_eras_where_the_ordinance_took_effect_at_once() -> None:
    assert day_in(era_called("T"), 15, 12, 25) == day_in(era_called("S"), 1, 12, 25) == date(1926, 12, 25)
    with pytest.raises(OutsideEra):
        day_in(era_called("S"), 64, 1, 8)


@pytest.mark.parametrize(("letter", "year"), [("S", 70), ("S", 65), ("H", 32), ("T", 16), ("M", 46)])
def test_a_year_that_an_era_never_had_is_after_it(letter: str, year: int) -> None:
    with pytest.raises(OutsideEra) as caught:
        day_in(era_called(letter), year, 1, 1)
    assert caught.value.after


@pytest.mark.parametrize(("letter", "year", "month", "fine"), [("S", 64, 1, True), ("S", 64, 2, False),
    ("H", 1, 1, True), ("H", 31, 4, True), ("H", 31, 5, False), ("R", 1, 4, False), ("R", 1, 5, True)])  # fmt: skip
def test_a_month_needs_one_day_of_the_era(letter: str, year: int, month: int, fine: bool) -> None:
    if fine:
        assert month_in(era_called(letter), year, month).month == month
    else:
        with pytest.raises(OutsideEra):
            month_in(era_called(letter), year, month)


@pytest.mark.parametrize(
    ("text", "letter", "year"),
    [
        ("令和8年", "R", 8),
        ("令和元年", "R", 1),
        ("R8", "R", 8),
        ("r8", "R", 8),
        ("Ｒ8", "R", 8),
        ("㋿8", "R", 8),
        ("㍻31", "H", 31),
        ("㍼64", "S", 64),
        ("㍽15", "T", 15),
        ("㍾45", "M", 45),
        ("昭64", "S", 64),
        ("2026", None, 2026),
        ("2026年", None, 2026),
        ("元", None, 1),
    ],
)
def test_years_as_people_write_them(text: str, letter: str | None, year: int) -> None:
    assert read_year(text) == (era_called(letter) if letter else None, year)


@pytest.mark.parametrize("text", ["令和", "X8", "慶応4", "八", "R-8", "20266", "R8月", "８"])
def test_other_texts_are_no_year(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        read_year(text)


def test_what_is_no_era_is_not_called_one() -> None:
    with pytest.raises(KeyError):
        era_called("慶応")
