"""No step comes as a surprise, and what is said to wait waits for something that can still be answered."""

from typing import Any

import pytest
from hypothesis import given, settings

from engine.ahead import ahead
from engine.compiling import Concepts, compile_procedure
from engine.journey import walk
from engine.model import Procedure
from tests.engine.journey.answering import DAY, Beginning, beginnings
from tests.engine.language.specs import FRONT

STEPS = """\
steps:
  who:
    title: 申請者
    fields:
      who: {type: choice, title: 区分, options: {holder: 本人, agent: 代理人}}
  mandate:
    when: who == 'agent'
    title: 委任
    fields:
      kind: {type: choice, title: 種類, options: {paper: 書面, oral: 口頭}}
  proof:
    when: kind == 'paper'
    title: 委任状
    fields:
      number: {type: string, title: 番号}
  extra:
    title: 補足
    fields:
      why: {type: string, title: 理由, when: answered(number)}
scenarios: []
"""


@pytest.fixture(scope="module")
def procedure() -> Procedure:
    """Each step rests on the one before."""
    found = compile_procedure(FRONT + STEPS, "spec.yaml", Concepts.empty())
    assert found.procedure is not None, [problem.render("en") for problem in found.problems]
    return found.procedure


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, {"mandate": ["who"], "proof": ["mandate"], "extra": ["proof"]}),
        ({"who": "agent"}, {"proof": ["mandate"], "extra": ["proof"]}),
        ({"who": "agent", "kind": "paper"}, {"extra": ["proof"]}),
        ({"who": "agent", "kind": "paper", "number": "1"}, {}),
        ({"who": "agent", "kind": "oral"}, {}),
        ({"who": "holder"}, {}),
        ({"who": "holder", "kind": "paper"}, {}),
    ],
)
def test_what_waits_for_what(procedure: Procedure, answers: dict[str, Any], expected: dict[str, list[str]]) -> None:
    found = ahead(walk(procedure, answers, DAY))
    assert {one.step.id: [step.id for step in one.waits] for one in found} == expected


@given(beginnings())
@settings(max_examples=150)
def test_no_step_comes_as_a_surprise(beginning: Beginning) -> None:
    procedure = beginning.procedure
    now, then = walk(procedure, beginning.begun, DAY), walk(procedure, beginning.whole, DAY)
    if now.stops or then.stops:
        return
    announced = {one.step.id for one in ahead(now)}
    for step in then.steps:
        asked = [field.id for field in step.fields if field.id in then.shown]
        if asked and not any(field.id in now.shown for field in step.fields):
            assert step.id in announced, (procedure.id, step.id)


@given(beginnings())
@settings(max_examples=150)
def test_what_waits_waits_for_something_without_an_answer(beginning: Beginning) -> None:
    journey = walk(beginning.procedure, beginning.begun, DAY)
    for one in ahead(journey):
        assert not any(field.id in journey.shown for field in one.step.fields)
        assert all(any(field.id not in journey.answers for field in step.fields) for step in one.waits)
        assert one.step not in one.waits
