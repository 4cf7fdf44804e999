"""Tariffs: shared amounts by date, found by name, part of what a procedure is."""

from datetime import date

import pytest

from engine.compiling import Concepts, Tariffs, compile_procedure, load_tariffs
from engine.compiling.tariffs import is_tariff, used_files
from engine.fees import quote
from engine.journey import walk
from engine.model import Procedure
from engine.tree import check_tree
from tests.engine.language.specs import spec

TARIFF = """\
title: {ja: 写しの費用, en: Copies}
law: 条例別表
rates:
  bw:
    title: {ja: 白黒, en: Black and white}
    unit: {ja: 枚, en: sheets}
    yen: [{from: 2010-01-01, amount: 20}, {from: 2017-07-01, amount: 10}]
  cd: {title: {ja: CD, en: CD}, law: 条例別表第2, yen: [{from: 2017-07-01, amount: 100}]}
"""
FEES = """\
fees:
  due: submission
  lines:
    bw: {title: {ja: 白黒, en: BW}, account: "1", count: n, tariff: copies.bw}
    cd:
      title: {ja: CD, en: CD}
      account: "2"
      count: n
      tiers: [{first: 1, tariff: copies.cd}, {then_each: 1, tariff: copies.bw}]
      law: 法
"""
FIELD = "n: {type: integer, title: {ja: 数, en: Number}, minimum: 0}"
SOURCE = spec(FIELD, more=FEES)


def compiled(tariff: str = TARIFF, source: str = SOURCE) -> Procedure:
    tariffs, problems = load_tariffs({"tariffs/copies.yaml": tariff})
    assert problems == ()
    found = compile_procedure(source, "sample.yaml", Concepts.empty(), tariffs)
    assert found.procedure is not None, [problem.render("en") for problem in found.problems]
    return found.procedure


@pytest.mark.parametrize(("day", "total"), [(date(2017, 7, 1), 3 * 10 + 100 + 2 * 10), (date(2026, 1, 1), 150)])
def test_a_line_and_a_tier_take_their_amounts_from_it(day: date, total: int) -> None:
    found = compiled()
    bill = quote(found, walk(found, {"n": 3}, day), day)
    assert bill is not None
    assert bill.total == total
    assert (bill.lines[0].law, bill.lines[0].unit and bill.lines[0].unit.ja) == ("条例別表", "枚")


def test_what_a_procedure_uses_is_part_of_its_identity() -> None:
    digest = compiled().digest
    assert compiled(TARIFF.replace("amount: 10}", "amount: 11}")).digest != digest
    assert compiled(TARIFF.replace("law: 条例別表\n", "law: 条例別表第3\n")).digest != digest
    assert compiled(TARIFF + "  dvd: {title: DVD, yen: [{from: 2017-07-01, amount: 100}]}\n").digest == digest


def test_without_a_tariff_the_identity_is_what_it_was() -> None:
    plain = spec(FIELD)
    tariffs, _ = load_tariffs({"tariffs/copies.yaml": TARIFF})
    found = [compile_procedure(plain, "x", Concepts.empty(), one).procedure for one in (tariffs, Tariffs.empty(), None)]
    assert len({one.digest for one in found if one}) == 1


def test_only_the_files_that_are_used_are_kept() -> None:
    root = compile_procedure(SOURCE, "x", Concepts.empty()).root
    files = {"a/tariffs/copies.yaml": "1", "a/tariffs/other.yaml": "2"}
    assert used_files(root, files) == {"a/tariffs/copies.yaml": "1"}
    assert used_files(compile_procedure(spec(FIELD), "x", Concepts.empty()).root, files) == {}
    assert used_files(None, files) == {}


def test_where_tariffs_lie() -> None:
    assert is_tariff("procedure_specs/tariffs/copies.yaml")
    assert not is_tariff("procedure_specs/tariffs.yaml")
    assert not is_tariff("tariffs/more/copies.yaml")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (TARIFF.replace("law: 条例別表\n", "", 1), "missing-key"),
        (TARIFF.replace("2017-07-01, amount: 10}", "2009-07-01, amount: 10}"), "rates-out-of-order"),
        (TARIFF.replace("2010-01-01, amount", "2010-01-01, until: 2016-07-01, amount"), "rates-gap"),
        (TARIFF.replace("2010-01-01, amount", "2010-01-01, until: 2018-07-01, amount"), "rates-overlap"),
        (TARIFF.replace("rates:", "rate:"), "unknown-key"),
        ("- 1", "yaml-not-a-mapping"),
    ],
)
def test_mistakes_in_a_tariff_are_told_at_their_place(wrong: str, code: str) -> None:
    _, problems = load_tariffs({"tariffs/copies.yaml": wrong})
    assert code in {problem.code for problem in problems}
    assert all(problem.file == "tariffs/copies.yaml" for problem in problems)


def test_a_folder_is_checked_with_its_tariffs() -> None:
    files = {"hq/sample.yaml": SOURCE, "tariffs/copies.yaml": TARIFF}
    assert [problem.code for problem in check_tree(files).problems if problem.severity == "error"] == []
    alone = check_tree({"hq/sample.yaml": SOURCE}).problems
    assert {problem.code for problem in alone if problem.severity == "error"} == {"unknown-tariff"}


def test_a_name_that_is_nearly_right_is_told() -> None:
    tariffs, _ = load_tariffs({"tariffs/copies.yaml": TARIFF})
    found = compile_procedure(
        SOURCE.replace("tariff: copies.bw}]", "tariff: copies.bv}]"), "x", Concepts.empty(), tariffs
    )
    [problem] = [one for one in found.problems if one.code == "unknown-tariff"]
    assert "copies.bw" in problem.render("en")
