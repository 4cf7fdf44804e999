"""One problem, told as a line, as JSON and as SARIF, in both languages."""

import json

import pytest

from engine.problems import Code, Problem, Report, Spot, Suggestion, render_json, render_sarif, render_text
from engine.problems.codes import _declared
from engine.source import codes


@pytest.fixture
def problems() -> tuple[Problem, ...]:
    report = Report("suido/water.yaml")
    report.add(codes.DUPLICATE_KEY, Spot(12, 5), "steps.place", key="title", line=9)
    report.add(codes.TAB, Spot(3, 1), "")
    return report.problems


def test_a_line_says_the_place_what_is_wrong_and_what_to_do(problems: tuple[Problem, ...]) -> None:
    assert problems[1].render("en") == (
        "suido/water.yaml:12:5: steps.place: “title” is written twice (first on line 9). "
        "Remove one of them or give it another name."
    )
    assert problems[1].render("ja") == (
        "suido/water.yaml:12:5: steps.place: 「title」が2回書かれています（1回目は9行目）。"
        "どちらか一方を消すか、別の名前にしてください。"
    )


def test_a_problem_of_the_whole_file_has_no_path(problems: tuple[Problem, ...]) -> None:
    assert problems[0].render("en").startswith("suido/water.yaml:3:1: There is a tab")


def test_problems_are_told_in_reading_order(problems: tuple[Problem, ...]) -> None:
    lines = render_text(reversed(problems), "en").splitlines()
    assert [line.split(":")[1] for line in lines] == ["3", "12"]


def test_the_same_problem_is_told_once() -> None:
    report = Report("a.yaml")
    for _ in range(3):
        report.add(codes.TAB, Spot(3, 1))
    assert len(report) == 1


def test_a_warning_is_marked_and_does_not_fail() -> None:
    report = Report("a.yaml")
    report.include([Problem("x", "a.yaml", 1, 1, "", {"ja": "あ。", "en": "A."}, {"ja": "", "en": ""}, "warning")])
    assert not report.failed
    assert report.problems[0].render("en") == "a.yaml:1:1: (warning) A."
    report.add(codes.TAB, Spot(1, 1))
    assert report.failed


def test_json_holds_every_part(problems: tuple[Problem, ...]) -> None:
    rows = json.loads(render_json(problems, "en"))
    assert rows[1] == {
        "code": "yaml-duplicate-key",
        "severity": "error",
        "file": "suido/water.yaml",
        "line": 12,
        "col": 5,
        "path": "steps.place",
        "message": "“title” is written twice (first on line 9).",
        "fix": "Remove one of them or give it another name.",
    }


def test_sarif_points_at_file_line_and_column(problems: tuple[Problem, ...]) -> None:
    log = json.loads(render_sarif(problems, "ja"))
    assert log["version"] == "2.1.0"
    run = log["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["yaml-duplicate-key", "yaml-tab"]
    result = run["results"][1]
    place = result["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "suido/water.yaml"}, "region": {"startLine": 12, "startColumn": 5}}
    assert result["level"] == "error"
    assert "2回" in result["message"]["text"]


def test_a_file_name_becomes_a_valid_address() -> None:
    report = Report("水道/a b.yaml")
    report.add(codes.TAB, Spot(1, 1))
    assert "%E6%B0%B4%E9%81%93/a%20b.yaml" in render_sarif(report.problems)


def test_a_long_piece_of_the_source_is_cut_short() -> None:
    report = Report("a.yaml")
    report.add(codes.DUPLICATE_KEY, Spot(1, 1), key="x" * 10_000, line=1)
    assert len(report.problems[0].render("en")) < 500


def test_a_code_is_declared_once() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        Code("yaml-tab", example="")
    assert _declared["yaml-tab"] is codes.TAB


@pytest.mark.parametrize(
    ("written", "known", "nearest"),
    [
        ("tilte", ["title", "steps"], "title"),
        ("agnt", ["holder", "agent"], "agent"),
        ("minLenght", ["minLength", "maxLength"], "minLength"),
        ("min_length", ["minLength", "maxLength"], "minLength"),
        ("MAXLENGTH", ["minLength", "maxLength"], "maxLength"),
        ("zebra", ["title", "steps"], None),
        ("x" * 5000, ["title"], None),
    ],
)
def test_what_was_probably_meant(written: str, known: list[str], nearest: str | None) -> None:
    assert Suggestion.among(written, known).nearest() == nearest


def test_without_a_likely_name_all_are_listed() -> None:
    assert Suggestion.among("zebra", ["a", "b"]).by_language()["en"] == "These can be used: a, b."
    assert "ここにはありません" in Suggestion.among("zebra", []).by_language()["ja"]
