"""Scenarios come true or say what came instead; together they show what nobody visits."""

from engine.scenarios import ScenarioReport, run
from tests.engine.language.specs import procedure

DOGS = """\
dogs:
        type: array
        title: 犬
        optional: true
        items:
          type: object
          properties:
            chipped: {type: boolean, title: チップ}
            chip: {type: string, title: 番号, pattern: '[0-9]{3}', when: chipped}"""
FIELDS = (
    "wants: {type: boolean, title: 希望}",
    "copies: {type: integer, title: 枚数, minimum: 1, when: wants}",
    DOGS,
)
FEES = """\
fees:
  due: submission
  lines:
    copy:
      title: {ja: 写し, en: Copy}
      law: 見本条例
      account: "1"
      when: wants
      count: copies
      yen: [{from: 2020-01-01, amount: 100}]
"""


def trial(*scenarios: str, more: str = FEES) -> ScenarioReport:
    written = "scenarios:\n" + "".join(
        f"  - {{name: 例{n}, on: 2026-05-01, {one}}}\n" for n, one in enumerate(scenarios)
    )
    return run(procedure(*FIELDS, more=more + written), "spec.yaml")


def found(report: ScenarioReport) -> list[str]:
    return [problem.code for problem in report.problems if problem.severity == "error"]


def test_what_comes_true_passes() -> None:
    report = trial("answers: {wants: true, copies: 2}, expect: {steps: [one], fee: 200}")
    assert found(report) == []
    assert [result.passed for result in report.results] == [True]


def test_nothing_expected_is_still_a_submission() -> None:
    assert found(trial("answers: {wants: true, copies: 2}, expect: {}")) == []
    assert found(trial("answers: {}, expect: {}")) == ["scenario-rejected"]


def test_a_fee_that_cannot_be_known_is_told() -> None:
    report = trial("answers: {}, expect: {fee: 100, errors: [wants]}")
    assert found(report) == ["scenario-fee-unknown"]
    assert "Copy: these answers do not say how many" in report.problems[-1].render("en")


def test_what_came_instead_is_told() -> None:
    report = trial("answers: {wants: true, copies: 2}, expect: {steps: [], fee: 100, office: ward}")
    assert found(report) == ["scenario-fee", "scenario-office", "scenario-steps"]
    text = " ".join(problem.render("en") for problem in report.problems)
    for part in ("200 yen", "100 yen", "[one]", "ward", "例0"):
        assert part in text
    assert all(problem.file == "spec.yaml" for problem in report.problems)


def test_an_error_may_be_named_by_its_field_or_exactly() -> None:
    answers = "answers: {wants: false, dogs: [{chipped: true, chip: x}]}"
    assert found(trial(f"{answers}, expect: {{errors: [dogs]}}")) == []
    assert found(trial(f"{answers}, expect: {{errors: [dogs.0.chip]}}")) == []
    other = found(trial(f"{answers}, expect: {{errors: [dogs.1.chip]}}"))
    assert other == ["scenario-not-rejected", "scenario-rejected"]


def test_an_unexpected_error_is_told_in_the_words_of_the_page() -> None:
    report = trial("answers: {wants: true, copies: 0}, expect: {steps: [one]}")
    told = [problem for problem in report.problems if problem.severity == "error"]
    assert [problem.path for problem in told] == ["scenarios.0.expect.errors.copies"]
    assert "枚数" in told[0].render("ja")


def test_answers_off_the_path_do_not_count() -> None:
    assert found(trial("answers: {wants: false, copies: 0}, expect: {fee: 0}")) == []


def test_coverage_of_branches_lines_and_items() -> None:
    report = trial("answers: {wants: true, copies: 2}, expect: {}")
    assert report.coverage.counts() == {"steps": (1, 1), "branches": (1, 4), "fee_lines": (1, 1), "table_rows": (0, 0)}
    missing = {problem.path for problem in report.problems if problem.code == "not-covered"}
    assert missing == {"steps.one.fields.copies", "steps.one.fields.dogs.items.properties.chip"}
    whole = trial(
        "answers: {wants: true, copies: 2, dogs: [{chipped: true, chip: '123'}, {chipped: false}]}, expect: {}",
        "answers: {wants: false}, expect: {}",
    )
    assert whole.coverage.counts()["branches"] == (4, 4)
    assert whole.problems == ()


def test_a_line_that_costs_nobody_anything_is_not_visited() -> None:
    report = trial("answers: {wants: false}, expect: {fee: 0}")
    assert report.coverage.counts()["fee_lines"] == (0, 1)


def test_without_scenarios_nothing_is_visited() -> None:
    report = run(procedure(*FIELDS, more=FEES))
    assert report.results == ()
    assert {problem.severity for problem in report.problems} == {"warning"}
    assert report.coverage.counts()["steps"] == (0, 1)
