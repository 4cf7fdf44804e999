"""The path through a procedure as a function of the answers; nothing stores where somebody stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.expressions import Expression, Scope
from engine.fields.base import known_value
from engine.model import Field, Option, Procedure, Step, Stop
from engine.rules.watching import Warned, Watch


@dataclass(frozen=True, slots=True)
class Journey:
    """The way that these answers lead on a day.

    `steps` and `shown` (ids of top-level fields) are what is asked; `answers` are those on the path, the hidden
    properties of items left out; `scope` is what expressions see of them. Where `stops` hold, the way ends with the
    step that made them known; `warnings` stop nothing.
    """

    procedure: Procedure
    steps: tuple[Step, ...]
    shown: frozenset[str]
    answers: Mapping[str, Any]
    scope: Scope
    today: date
    stops: tuple[Stop, ...] = ()
    warnings: tuple[Warned, ...] = ()

    def optional(self, field: Field) -> bool:
        """Whether a top-level field may be left unanswered."""
        return is_optional(field, self.scope)

    def next_step(self, step_id: str) -> Step | None:
        """The step after this one on the path; None after the last, and where this one has left the path."""
        return self._neighbour(step_id, 1)

    def previous_step(self, step_id: str) -> Step | None:
        """The step before this one on the path."""
        return self._neighbour(step_id, -1)

    def first_unfinished(self) -> Step | None:
        """The first step with a missing or rejected answer."""
        from engine.validation.checking import check_fields

        return next(
            (step for step in self.steps if check_fields(step.fields, self.answers, self, self.today)),
            None,
        )

    def _neighbour(self, step_id: str, distance: int) -> Step | None:
        places = [place for place, step in enumerate(self.steps) if step.id == step_id]
        wanted = places[0] + distance if places else -1
        return self.steps[wanted] if 0 <= wanted < len(self.steps) else None


def walk(procedure: Procedure, answers: Mapping[str, Any], today: date) -> Journey:
    """Follow `answers` (JSON by field id) through `procedure` on `today` (Tokyo), in one pass.

    A question that is not asked, or whose answer cannot be read, is unknown to everything below it.
    """
    scope = Scope({}, today, procedure.named)
    kept: dict[str, Any] = {}
    shown: set[str] = set()
    steps = []
    watched, watch = procedure.watched, Watch(procedure, scope)
    for step in procedure.steps:
        if step.when is not None and step.when.evaluate(scope) is not True:
            continue
        steps.append(step)
        for field in step.fields:
            if field.when is None or field.when.evaluate(scope) is True:
                shown.add(field.id)
                if field.id in answers:
                    kept[field.id] = keep(field, answers[field.id], scope)
        if watched and not watch.after(step):
            break
    told = watch.stops, tuple(watch.warned)
    return Journey(procedure, tuple(steps), frozenset(shown), kept, scope, today, *told)


def keep(field: Field, answer: Any, scope: Scope) -> Any:
    """The answer less what its conditions hide; from here on `scope` knows its value, where it can be read."""
    kept = prune(field, answer, scope) if field.properties or field.items is not None else answer
    scope.learn_unread(field.id, known_value, field, kept)
    return kept


def holds(condition: Expression | None, scope: Scope) -> bool:
    """Whether there is no condition, or it is known to be true."""
    return condition is None or condition.evaluate(scope) is True


def is_optional(field: Field, scope: Scope) -> bool:
    """Whether `field` may be left unanswered."""
    return field.optional if isinstance(field.optional, bool) else field.optional.evaluate(scope) is True


def open_options(field: Field, scope: Scope) -> tuple[Option, ...]:
    """The options of a choice that can be chosen: those without a condition, or whose condition is known to hold."""
    return tuple(option for option in field.options if holds(option.when, scope))


def prune(field: Field, answer: Any, scope: Scope) -> Any:
    """The answer without the properties that are hidden, at any depth; other shapes are left for the checks."""
    if field.properties and isinstance(answer, Mapping):
        return inside(field.properties, answer, scope)[0]
    if field.items is not None and _hides(field.items) and isinstance(answer, list):
        return [prune(field.items, item, scope) for item in answer]
    return answer


def _hides(item: Field) -> bool:
    """Whether an item of a list has questions inside it, which may be hidden."""
    return bool(item.properties) or (item.items is not None and _hides(item.items))


def inside(properties: tuple[Field, ...], answer: Mapping[str, Any], scope: Scope) -> tuple[dict[str, Any], Scope]:
    """What is shown of an item's or object's answers, and the scope inside it."""
    inner = scope.within({field.id for field in properties})
    kept: dict[str, Any] = {}
    for field in properties:
        if field.id in answer and holds(field.when, inner):
            kept[field.id] = keep(field, answer[field.id], inner)
    return kept, inner
