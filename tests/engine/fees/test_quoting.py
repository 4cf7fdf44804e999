"""Fees: counted, priced by the day, never guessed."""

from datetime import date
from typing import Any

import pytest

from engine.compiling import Concepts, compile_procedure
from engine.fees import FeeQuote, NoRate, UnknownFee, pay_by, quote
from engine.journey import walk
from engine.model import Procedure
from tests.engine.language.specs import codes, compiled, procedure, spec

FEES = """\
conditions: {poor: answered(relief) and relief}
fees:
  due: submission
  pay_by: "min(add_days(today, 15), add_days(starts_on, -1))"
  lines:
    copy:
      title: {ja: 写し, en: Copy}
      law: 見本条例別表
      account: "1201-03"
      count: sum(r.copies for r in requests)
      yen: [{from: 2010-01-01, amount: 20}, {from: 2017-07-01, amount: 10}]
    late:
      title: {ja: 督促, en: Late}
      law: 見本条例別表
      account: "1201-04"
      when: days_late > 30
      count: per(days_late, 30)
      yen: [{from: 2010-01-01, amount: 500}]
  waivers:
    third: {title: 減額, law: 見本条例第5条, when: relief, percent: 33}
    whole: {title: 免除, law: 見本条例, when: poor and sum(r.copies for r in requests) > 99, percent: 100}
"""
FIELDS = (
    "renewal: {type: boolean, title: 更新}",
    "days_late: {type: integer, title: 遅れ, when: renewal}",
    "relief: {type: boolean, title: 減免, optional: true}",
    "starts_on: {type: date, title: 開始日}",
    "requests: {type: array, title: 請求, items: {type: object, properties: {copies: {type: integer, title: 枚数}}}}",
)
TODAY = date(2026, 5, 1)
PROCEDURE = procedure(*FIELDS, more=FEES)
BASE: dict[str, Any] = {"renewal": False, "starts_on": "2026-05-10", "requests": [{"copies": 2}, {"copies": 3}]}


def price(on: date = TODAY, of: Procedure = PROCEDURE, **answers: Any) -> FeeQuote:
    found = quote(of, walk(of, {**BASE, **answers}, TODAY), on)
    assert found is not None
    return found


def test_each_line_is_counted_and_priced() -> None:
    found = price(renewal=True, days_late=31)
    assert [(line.id, line.count, line.unit_yen, line.yen) for line in found.lines] == [
        ("copy", 5, 10, 50),
        ("late", 2, 500, 1000),
    ]
    assert (found.waived_yen, found.total) == (0, 1050)
    assert found.lines[0].title.say("en") == "Copy"
    assert (found.lines[0].law, found.lines[0].account) == ("見本条例別表", "1201-03")


@pytest.mark.parametrize(
    ("on", "unit"),
    [(date(2010, 1, 1), 20), (date(2017, 6, 30), 20), (date(2017, 7, 1), 10), (date(2099, 1, 1), 10)],
)
def test_the_day_selects_the_rate(on: date, unit: int) -> None:
    assert price(on).lines[0].unit_yen == unit


def test_no_rate_is_a_stop() -> None:
    with pytest.raises(NoRate, match="copy has no rate in force on 2009-12-31"):
        price(date(2009, 12, 31))


def test_a_line_whose_condition_does_not_hold_is_not_charged() -> None:
    assert [line.id for line in price(renewal=True, days_late=30).lines] == ["copy"]


def test_a_condition_on_a_question_off_the_path_does_not_hold() -> None:
    assert [line.id for line in price().lines] == ["copy"]


def test_while_the_journey_is_unfinished_an_unknown_condition_is_no_price() -> None:
    with pytest.raises(UnknownFee, match="late"):
        price(renewal=True)


@pytest.mark.parametrize("requests", [[{}], [{"copies": 1}, {}], [{"copies": "x"}], [{"copies": -1}], "x", None])
def test_an_unknown_count_is_a_stop_never_nothing(requests: Any) -> None:
    with pytest.raises(UnknownFee, match="copy"):
        price(requests=requests)


def test_a_count_of_a_half_is_a_stop() -> None:
    half = FEES.replace("sum(r.copies for r in requests)\n", "sum(r.copies for r in requests) / 2\n")
    assert codes(compiled(*FIELDS, more=half)) == ["no-rounding"]
    published = compile_procedure(spec(*FIELDS, more=half), "spec.yaml", Concepts.empty(), checked=False).procedure
    assert published is not None
    with pytest.raises(UnknownFee):
        price(of=published)


def test_lines_with_nothing_to_pay_are_left_out() -> None:
    found = price(requests=[{"copies": 0}])
    assert (found.lines, found.total) == ((), 0)


@pytest.mark.parametrize(
    ("copies", "waived", "total"),
    [(10, 33, 67), (1, 3, 7), (0, 0, 0), (100, 1000, 0)],
)
def test_the_largest_waiver_counts_and_is_rounded_down(copies: int, waived: int, total: int) -> None:
    found = price(relief=True, requests=[{"copies": copies}])
    assert (found.waived_yen, found.total) == (waived, total)


def test_a_waiver_nobody_spoke_of_is_none() -> None:
    assert price().waived_yen == 0


def test_a_quote_is_kept_and_read_back_whole() -> None:
    found = price(renewal=True, days_late=31, relief=True)
    assert FeeQuote.from_json(found.to_json()) == found


def test_the_last_day_to_pay_counts_from_the_day_of_the_demand() -> None:
    journey = walk(PROCEDURE, BASE, TODAY)
    assert pay_by(PROCEDURE, journey, TODAY) == date(2026, 5, 9)
    late = walk(PROCEDURE, {**BASE, "starts_on": "2026-12-01"}, TODAY)
    assert pay_by(PROCEDURE, late, TODAY) == date(2026, 5, 16)
    assert pay_by(PROCEDURE, late, date(2026, 6, 1)) == date(2026, 6, 16)


def test_without_a_day_to_pay_by_there_is_a_stop() -> None:
    with pytest.raises(UnknownFee):
        pay_by(PROCEDURE, walk(PROCEDURE, {}, TODAY), TODAY)
    free = procedure("name: {type: string, title: 名前}")
    with pytest.raises(UnknownFee):
        pay_by(free, walk(free, {}, TODAY), TODAY)


def test_a_procedure_without_fees_has_no_quote() -> None:
    free = procedure("name: {type: string, title: 名前}")
    assert quote(free, walk(free, {}, TODAY), TODAY) is None
