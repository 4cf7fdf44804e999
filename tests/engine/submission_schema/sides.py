"""Both sides of one submission: what the form says of it, what the schema says, and whether they agree."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.validators import extend

from engine.compiling import Concepts, compile_procedure, load_concepts
from engine.model import Procedure
from engine.submission_schema import submission_schema
from engine.validation import Failure, check_received
from engine.validation.dialect import Validator
from tests.engine.language.specs import RATES

TODAY = date(2026, 5, 1)

# The reference as it stands, but 0.3 is a multiple of 0.1: the standard means numbers, not binary fractions.
Reference = extend(Draft202012Validator, {"multipleOf": Validator.VALIDATORS["multipleOf"]})


class Sides:
    """A procedure with its schema."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.schema = submission_schema(procedure)
        self.rules: list[Mapping[str, Any]] = self.schema["x-tetsuzuki-rules"]
        self._reference = Reference(self.schema)

    def form(self, answers: Any) -> tuple[Failure, ...]:
        """What the form finds wrong."""
        return check_received(self.procedure, answers, TODAY)

    def accepts(self, answers: Any) -> bool:
        """Whether the schema does."""
        return self._reference.is_valid(answers)

    def agree(self, answers: Any) -> bool:
        """Fail where the two differ and no rule tells why; whether the form accepts."""
        failures = self.form(answers)
        accepted = self.accepts(answers)
        if not failures:
            assert accepted, [error.message for error in self._reference.iter_errors(answers)]
        elif not any(self.concerned(failure) for failure in failures):
            assert not accepted, [(failure.path, failure.key) for failure in failures]
        return not failures

    def concerned(self, failure: Failure) -> bool:
        """Whether a rule is about what failed."""
        told = {"stop", "check"} & {failure.key}
        if told:
            return any(told <= rule.keys() for rule in self.rules)
        rules = [rule for rule in self.rules if not rule.keys() & {"stop", "warning"}]
        return any(_leads_to([one for one in rule["path"] if one[:1] != "="], failure.path) for rule in rules)


def _leads_to(rule: list[str], path: tuple[str | int, ...]) -> bool:
    steps = ["*" if isinstance(step, int) else step for step in path]
    return steps[: len(rule)] == rule


@lru_cache(200)
def sides_of(source: str, concepts: str) -> Sides:
    """Of a spec's text."""
    known = load_concepts(concepts, "concepts.yaml")[0] if concepts else Concepts.empty()
    found = compile_procedure(source, "spec.yaml", known, RATES)
    assert found.procedure is not None, [problem.render("en") for problem in found.problems]
    return Sides(found.procedure)
