"""Every automatic check of a procedure on given answers: whether it passed, failed, or could not be known, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.expressions import UNKNOWN, Expression, Scope
from engine.journey import Journey, inside
from engine.model import Caution, Check, Field, Procedure, Stop, Text
from engine.model.watched import fields_of
from engine.titles import titles_in, titles_of

State = Literal["passed", "failed", "unknown"]


@dataclass(frozen=True, slots=True)
class Judged:
    """One check. `kind` is check (what must hold), stop or warning (what must not); `told` are its author's words.

    `condition` is what was looked at, `within` the fields that it can name, `listed` and `number` the item it is about.
    `looked_at` are the answers that it rests on, `open` those of them that are not known.
    """

    kind: Literal["check", "stop", "warning"]
    state: State
    told: Text
    law: str | None
    condition: Expression
    looked_at: tuple[tuple[Field, Any], ...] = ()
    open: tuple[Field, ...] = ()
    within: Mapping[str, Field] | None = None
    listed: Field | None = None
    number: int = 0

    def in_words(self, procedure: Procedure, language: str) -> str:
        """The condition, as people say it."""
        titles = titles_in(procedure, language) | titles_of((self.within or {}).values(), language)
        return self.condition.explain(language, titles, procedure.conditions)


def judge(journey: Journey) -> tuple[Judged, ...]:
    """The checks of the steps on the path in their order, then the stops, then the warnings that concern it."""
    procedure = journey.procedure
    on_path = {step.id for step in journey.steps}
    found = [one for step in journey.steps for one in _step(journey, step.checks, step.fields)]
    for kind, rules in (("stop", procedure.stops), ("warning", procedure.warnings)):
        concerned = (rule for rule in rules if rule.step is None or rule.step in on_path)
        found += [_rule(journey, kind, rule) for rule in concerned]
    return tuple(found)


def _step(journey: Journey, checks: tuple[Check, ...], fields: tuple[Field, ...]) -> Iterator[Judged]:
    yield from (_check(journey, check, journey.scope, journey.answers, {}) for check in checks)
    for field in fields:
        if field.id not in journey.shown:
            continue
        answer = journey.answers.get(field.id)
        if field.items is not None and field.items.checks and isinstance(answer, list):
            for number, item in enumerate(answer, 1):
                yield from _held(journey, field.items, item, listed=field, number=number)
        elif field.checks and isinstance(answer, Mapping):
            yield from _held(journey, field, answer)


def _held(
    journey: Journey, holder: Field, answer: Any, listed: Field | None = None, number: int = 0
) -> Iterator[Judged]:
    """The checks over the properties of an object or of one item."""
    if isinstance(answer, Mapping):
        kept, scope = inside(holder.properties, answer, journey.scope)
        within = {field.id: field for field in holder.properties}
        for check in holder.checks:
            yield _check(journey, check, scope, {**journey.answers, **kept}, within, listed, number)


def _check(
    journey: Journey,
    check: Check,
    scope: Scope,
    answers: Mapping[str, Any],
    within: Mapping[str, Field],
    listed: Field | None = None,
    number: int = 0,
) -> Judged:
    looked_at, missing = _rests_on(journey, check.that, answers, within)
    state = _state(check.that.evaluate(scope), wanted=True)
    law = check.law
    return Judged("check", state, check.error, law, check.that, looked_at, missing, within, listed, number)


def _rule(journey: Journey, kind: Any, rule: Stop | Caution) -> Judged:
    looked_at, missing = _rests_on(journey, rule.when, journey.answers, {})
    told = rule.reason if isinstance(rule, Stop) else rule.text
    state = _state(rule.when.evaluate(journey.scope), wanted=False)
    return Judged(kind, state, told, rule.law, rule.when, looked_at, missing)


def _state(found: Any, *, wanted: bool) -> State:
    if found is UNKNOWN:
        return "unknown"
    return "passed" if found is wanted else "failed"


def _rests_on(
    journey: Journey, condition: Expression, answers: Mapping[str, Any], within: Mapping[str, Field]
) -> tuple[tuple[tuple[Field, Any], ...], tuple[Field, ...]]:
    """The answers that a condition speaks of, also through what it names, and the fields without one."""
    known = {**journey.procedure.fields, **within}
    spoken_of = fields_of(condition, journey.procedure.named)
    fields = [field for name, field in known.items() if name in spoken_of]
    return (
        tuple((field, answers[field.id]) for field in fields if field.id in answers),
        tuple(field for field in fields if field.id not in answers),
    )
