"""Rules over several answers as JSON Schema: checks that must not be broken, stops that must not hold."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.expressions import Expression
from engine.model import Check, Procedure, Stop, Text
from engine.model.watched import fields_of, minds_silence
from engine.submission_schema.conditions import Truth
from engine.submission_schema.demands import sayable, unless_nothing
from engine.submission_schema.formulas import ALWAYS, Formula, Level, both, bound, either, is_exact
from engine.submission_schema.rules import Rules

Placed = Iterator[tuple[Level, Any]]
ToTruth = Callable[[Expression | None], Truth]


@dataclass(frozen=True, slots=True)
class Across:
    """What is said of the answers of one object beside each other; `truth` reads a condition in it."""

    rules: Rules
    level: Level
    truth: ToTruth

    def checks(self, checks: Iterable[Check], reached: Formula, shown: Iterable[Formula]) -> Placed:
        """A check that is known false refuses, if its step is `reached` and has a question `shown` to tell it at."""
        told = both(reached, either(*shown))
        for check in checks:
            broken = sayable(both(self.truth(check.that).false, told), self.level)
            if not is_exact(broken):
                self.rules.of_expression((*self.level, check.at[0]), "check", check.that, check.error)
            yield from self._refused(broken, check.error)

    def stops(self, procedure: Procedure, reached: Mapping[str, Formula]) -> Placed:
        """A stop that is known to hold when it is looked at: after its own step, or those that it speaks of."""
        for stop in procedure.stops:
            holds = sayable(both(self.truth(stop.when).true, _looked_at(stop, procedure, reached)), self.level)
            if not is_exact(holds):
                self.rules.of_expression((), "stop", stop.when, stop.reason, name=stop.id)
            yield from self._refused(holds, stop.reason)
        for warning in procedure.warnings:
            self.rules.of_expression((), "warning", warning.when, warning.text, name=warning.id)

    def _refused(self, formula: Formula, told: Text) -> Placed:
        """Nothing is as it should be where this surely holds; the author's words stand beside."""
        for place, schema in unless_nothing(bound(formula, holds=False), self.level, False, {}):  # noqa: FBT003
            yield place, {"$comment": told.ja, **schema} if isinstance(schema, dict) else schema


def _looked_at(stop: Stop, procedure: Procedure, reached: Mapping[str, Formula]) -> Formula:
    """That the way leads to where a stop is looked at; where it holds only by an answer, that answer says so."""
    if stop.step is not None:
        return reached[stop.step]
    if not minds_silence(stop.when, procedure.named):
        return ALWAYS
    spoken_of = fields_of(stop.when, procedure.named)
    steps = [step.id for step in procedure.steps if any(one.id in spoken_of for one in step.fields)]
    return reached[steps[-1]] if steps else ALWAYS
