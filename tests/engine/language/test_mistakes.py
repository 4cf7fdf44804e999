"""Every mistake is found on its line, all of a file in one run, and nothing is found that is not there."""

from pathlib import Path

import pytest

from engine.problems import render_json, render_sarif, render_text
from engine.tree import all_codes, check_tree
from engine.words import catalogue
from tests.engine.language.specs import MISTAKES, TEMPLATES, expected

# These need a file that is too large, not text, or in company; test_strict_yaml, test_tree, test_concepts have them.
ELSEWHERE = {
    "too-many-problems",
    "yaml-too-large",
    "yaml-not-utf8",
    "yaml-control-character",
    "yaml-empty",
    "yaml-too-deep",
    "yaml-too-many-nodes",
    "same-id",
    "concept-circle",
    "wrong-file-name",
}


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_the_marked_problems_are_found_and_no_other_error(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    wanted = expected(source)
    problems = check_tree({"sample.yaml": source, **TEMPLATES}).problems
    found = {(problem.line, problem.code): problem for problem in problems}
    errors = {place for place, problem in found.items() if problem.severity == "error"}
    assert wanted <= found.keys(), [problem.render("en") for problem in problems]
    assert errors <= wanted, [problem.render("en") for problem in problems]


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_every_way_of_telling_it_works(path: Path) -> None:
    problems = check_tree({"sample.yaml": path.read_text(encoding="utf-8"), **TEMPLATES}).problems
    for language in ("ja", "en"):
        for line in render_text(problems, language).splitlines():
            assert line.startswith("sample.yaml:")
            assert "{" not in line or "{{" not in line
        assert render_json(problems, language)
        assert render_sarif(problems, language)


def test_every_code_has_a_spec_that_shows_it() -> None:
    shown = {code for path in MISTAKES for _, code in expected(path.read_text(encoding="utf-8"))}
    assert set(all_codes()) - ELSEWHERE == shown


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_a_spec_is_named_after_a_mistake_in_it(path: Path) -> None:
    assert path.stem in {code for _, code in expected(path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("code", sorted(all_codes()))
def test_every_code_says_what_is_wrong_and_what_to_do(code: str) -> None:
    for part in ("what", "fix"):
        wording = catalogue()[f"problems.{code}.{part}"]
        assert wording["ja"]
        assert wording["en"]
    assert all_codes()[code].example


def test_there_is_no_wording_without_a_code() -> None:
    worded = {key.split(".")[1] for key in catalogue() if key.startswith("problems.")}
    assert worded == set(all_codes())


def test_mistakes_of_every_kind_are_told_in_one_run() -> None:
    source = """\
id: sample
version: 2026-04-01
titel: {ja: 見本}
bureau: sample
retention: {years: 1}
retention: {years: 2}
steps:
  one:
    title: 一
    fields:
      chip: {type: string, title: 番号, maxLenght: 15, when: chipped}
      chipped: {type: boolean, title: チップ}
      who: {type: choice, title: 誰, options: {holder: 本人, agent: 代理人}}
      mandate: {type: file, title: 委任状, when: who == 'agnt'}
  two:
    title: 二
    when: chipped and not chipped
    fields:
      name: {type: text, title: 名前}
fees:
  due: submission
  lines:
    fee:
      title: 手数料
      law: 見本条例
      account: "1201"
      yen: [{from: 2027-04-01, amount: 100}]
"""
    problems = check_tree({"sample.yaml": source}).problems
    errors = [(problem.line, problem.code) for problem in problems if problem.severity == "error"]
    assert errors == [
        (1, "missing-key"),
        (3, "unknown-key"),
        (6, "yaml-duplicate-key"),
        (11, "unknown-key"),
        (11, "forward-reference"),
        (14, "unknown-option"),
        (17, "never-shown"),
        (27, "no-rate"),
    ]


def test_what_rests_on_a_broken_field_is_not_reported_again() -> None:
    source = """\
id: sample
version: 2026-04-01
title: {ja: 見本, en: Sample}
bureau: sample
retention: {years: 1}
conditions: {grown_up: age > 17}
steps:
  one:
    title: {ja: 一, en: One}
    fields:
      age: {type: intger, title: {ja: 年齢, en: Age}}
      job: {type: text, title: {ja: 仕事, en: Job}, when: age > 14}
      car: {type: text, title: {ja: 車, en: Car}, when: grown_up}
"""
    problems = check_tree({"sample.yaml": source}).problems
    assert [problem.code for problem in problems] == ["unknown-value"]
    assert "integer" in problems[0].render("en")
