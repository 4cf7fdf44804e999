"""How many there must be, by an expression: of files and of the items of a list."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.validation import Failure, check_submission
from tests.engine.language.specs import codes, compiled, procedure

DAY = date(2026, 5, 1)
LICENCES = "n: {type: integer, title: 数, optional: true}"
PAPERS = "papers: {type: file, title: 書類, count: n + 1}"
HELPERS = "helpers: {type: array, title: 人, minItems: n - 1, maxItems: n + 1, items: {type: text}}"


def failures(field: str, **answers: object) -> tuple[Failure, ...]:
    return check_submission(procedure(LICENCES, field), answers, DAY)


@given(st.integers(0, 19), st.integers(1, 20))
def test_one_paper_per_licence_plus_one(licences: int, papers: int) -> None:
    found = failures(PAPERS, n=licences, papers=[f"a{number}" for number in range(papers)])
    assert [failure.key for failure in found] == ([] if papers == licences + 1 else ["errors.file_count"])
    assert all(str(licences + 1) in failure.say(language) for failure in found for language in ("ja", "easy", "en"))


def test_items_that_cannot_be_read_are_told_and_counted() -> None:
    found = failures(HELPERS, n=1, helpers=["花子", None, 3])
    assert {(failure.path, failure.key) for failure in found} >= {(("helpers",), "errors.max_items")}
    assert {failure.path for failure in found} == {("helpers",), ("helpers", 1), ("helpers", 2)}


@given(st.integers(1, 9), st.integers(0, 12))
def test_a_list_between_two_limits(licences: int, helpers: int) -> None:
    found = failures(HELPERS, n=licences, helpers=["花子"] * helpers)
    few, many = helpers < licences - 1, helpers > licences + 1
    assert [failure.key for failure in found] == ["errors.min_items"] * few + ["errors.max_items"] * many


def test_what_rests_on_an_unknown_answer_is_not_judged() -> None:
    assert failures(PAPERS, papers=["a", "b", "c"]) == ()
    assert failures(HELPERS, helpers=[]) == ()


def test_no_more_files_than_any_question_may_have() -> None:
    found = failures(PAPERS, n=30, papers=[f"a{number}" for number in range(31)])
    assert [failure.key for failure in found] == ["errors.max_items"]


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("papers: {type: file, title: 書類, count: n > 1}", "wrong-result"),
        ("papers: {type: file, title: 書類, count: m + 1}", "unknown-name"),
        ("papers: {type: text, title: 書類, count: n + 1}", "keyword-of-another-type"),
        ("papers: {type: file, title: 書類, minFiles: 30}", "bad-keyword-value"),
        ("papers: {type: file, title: 書類, maxMegabytes: 0}", "bad-keyword-value"),
        ("papers: {type: file, title: 書類, pages: 3}", "bad-keyword-value"),
        ("helpers: {type: array, title: 人, minItems: -1, items: {type: text}}", "out-of-range"),
        ("helpers: {type: array, title: 人, minItems: 'today', items: {type: text}}", "wrong-result"),
    ],
)
def test_counts_that_make_no_sense_are_refused(field: str, code: str) -> None:
    assert code in codes(compiled(LICENCES, field))


@pytest.mark.parametrize(
    ("settings", "least", "most"),
    [
        ("", 1, 1),
        (", maxFiles: 3", 1, 3),
        (", pages: true", 1, 20),
        (", pages: true, maxFiles: 4", 1, 4),
        (", minFiles: 2", 2, 2),
        (", minFiles: 2, maxFiles: 5", 2, 5),
        (", count: n", 1, 20),
    ],
)
def test_how_many_files_the_settings_allow(settings: str, least: int, most: int) -> None:
    schema = procedure(LICENCES, f"papers: {{type: file, title: 書類{settings}}}").fields["papers"].schema
    assert (schema["minItems"], schema["maxItems"]) == (least, most)
