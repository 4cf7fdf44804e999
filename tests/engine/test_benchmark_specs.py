"""The specs that the benchmark measures are what it says they are: right, varied, and as long."""

from datetime import date

import pytest

from engine.compiling import Concepts, compile_procedure
from engine.journey import walk
from engine.scenarios import run
from engine.validation import check_submission
from tests.benchmarks import specs

DAY = date(2026, 5, 1)


@pytest.mark.parametrize("number", range(8))
def test_a_spec_of_about_300_lines_without_any_problem(number: int) -> None:
    source = specs.spec(number)
    assert source == specs.spec(number)
    assert 260 <= source.count("\n") <= 340
    found = compile_procedure(source, f"sample-{number}.yaml", Concepts.empty())
    assert found.procedure is not None
    assert [problem.code for problem in (*found.problems, *run(found.procedure, "s", found.root).problems)] == []


def test_forty_answers() -> None:
    found = compile_procedure(specs.forty(), "sample-40.yaml", Concepts.empty()).procedure
    assert found is not None
    answers = found.scenarios[0].answers
    assert len(answers) == 40
    assert check_submission(found, answers, DAY) == ()


def test_150_steps_that_all_lie_on_the_path() -> None:
    found = compile_procedure(specs.long_procedure(150, 380), "long.yaml", Concepts.empty()).procedure
    assert found is not None
    journey = walk(found, specs.answers_to_long(150, 380), DAY)
    assert len(journey.steps) == 150
    assert 375 <= len(found.fields) <= 380
    assert check_submission(found, journey.answers, DAY) == ()
    assert len(walk(found, {"skip": True}, DAY).steps) < 50
