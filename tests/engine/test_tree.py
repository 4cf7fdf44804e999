"""A folder of sources is checked as a whole, without touching a disk."""

from engine.tree import all_codes, check_tree
from tests.engine.language.specs import spec

NAME = "name: {type: text, title: {ja: 名前, en: Name}}"
SCENARIO = "scenarios: [{name: 例, on: 2026-05-01, answers: {name: 花子}, expect: {steps: [one]}}]\n"
WHOLE = spec(NAME, more=SCENARIO)


def test_what_is_right_has_no_problems() -> None:
    report = check_tree({"sample.yaml": WHOLE})
    assert report.problems == ()
    assert report.procedures["sample.yaml"].id == "sample"
    assert report.scenarios["sample.yaml"].results[0].passed


def test_concepts_are_found_by_their_name_and_shared() -> None:
    concepts = "person.name: {type: text, title: {ja: 名前, en: Name}}\n"
    source = spec("name: {concept: person.name}", more=SCENARIO)
    assert check_tree({"b/concepts.yaml": concepts, "b/a/sample.yaml": source}).problems == ()
    assert [problem.code for problem in check_tree({"sample.yaml": source}).problems] == ["unknown-concept"]


def test_problems_of_all_files_are_told_in_order() -> None:
    files = {"b.yaml": "a: b: c", "a.yaml": "- x", "concepts.yaml": "A: {}", "c.yaml": b"\xff"}
    problems = check_tree(files).problems
    assert [(problem.file, problem.code) for problem in problems] == [
        ("a.yaml", "yaml-not-a-mapping"),
        ("b.yaml", "yaml-syntax"),
        ("c.yaml", "yaml-not-utf8"),
        ("concepts.yaml", "bad-name"),
    ]


def test_one_id_and_version_stands_in_one_file() -> None:
    report = check_tree({"x/sample.yaml": WHOLE, "y/sample.yaml": WHOLE})
    assert [(problem.file, problem.code) for problem in report.problems] == [("y/sample.yaml", "same-id")]
    assert "x/sample.yaml" in report.problems[0].render("en")


def test_two_versions_may_stand_side_by_side() -> None:
    later = WHOLE.replace("2026-04-01", "2026-06-01")
    assert check_tree({"sample.yaml": WHOLE, "sample-2026-06-01.yaml": later}).problems == ()


def test_a_file_is_named_after_its_procedure() -> None:
    assert [problem.code for problem in check_tree({"other.yaml": WHOLE}).problems] == ["wrong-file-name"]


def test_a_procedure_that_did_not_compile_runs_no_scenarios() -> None:
    report = check_tree({"sample.yaml": WHOLE.replace("type: text", "type: txet")})
    assert report.procedures == {}
    assert report.scenarios == {}
    assert [problem.code for problem in report.problems] == ["unknown-value"]


def test_every_code_is_known() -> None:
    assert {"yaml-tab", "unknown-key", "forward-reference", "never-shown", "scenario-fee", "same-id"} <= set(
        all_codes()
    )
