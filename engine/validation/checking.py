"""Checks answers that are JSON: whole fields, their properties and items, each with the scope it stands in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.expressions import Scope
from engine.fields.base import FieldProblem
from engine.fields.keyboards import has_control_character
from engine.journey import REJECTED, Journey, holds, inside, is_optional
from engine.model import Field
from engine.validation.failures import Failure, Path
from engine.validation.limits import beyond_limits
from engine.validation.prepared import prepared
from engine.validation.wording import missing, of_schema_error


def check_fields(
    fields: Iterable[Field], answers: Mapping[str, Any], journey: Journey, today: date
) -> tuple[Failure, ...]:
    """What is wrong with the answers to these top-level fields, in their order; those not shown are passed over."""
    checking = _Checking(journey.scope, today)
    return tuple(
        failure for field in fields if field.id in journey.shown for failure in checking.property_of((), field, answers)
    )


@dataclass(frozen=True, slots=True)
class _Checking:
    """Checks in one scope."""

    scope: Scope
    today: date

    def property_of(self, path: Path, field: Field, answers: Mapping[str, Any]) -> Iterator[Failure]:
        """One field of a step, an item or an object."""
        here = (*path, field.id)
        if field.id in answers:
            yield from self.answer(here, field, answers[field.id])
        elif not is_optional(field, self.scope) and field.type.control != "note":
            yield _failure(here, field, missing(field))

    def answer(self, path: Path, field: Field, answer: Any) -> Iterator[Failure]:
        """One answer that was given."""
        found = list(self._own(path, field, answer))
        yield from found
        if found and not isinstance(answer, list | Mapping):
            return
        if field.properties and isinstance(answer, Mapping):
            yield from self._inside(path, field.properties, answer)
        elif field.items is not None and isinstance(answer, list):
            for place, item in enumerate(answer):
                yield from self.answer((*path, place), field.items, item)

    def _own(self, path: Path, field: Field, answer: Any) -> Iterator[Failure]:
        if _unprintable(field, answer):
            yield _failure(path, field, FieldProblem("errors.control_character"))
            return
        errors = [of_schema_error(field, error) for error in prepared(field).errors(answer)]
        for place, problem in dict(reversed(errors)).items():  # the first of each input says enough
            yield _failure((*path, *place), field, problem, custom=True)
        if errors:
            return
        try:
            problems = [*field.type.check(field, answer, self.today), *beyond_limits(field, answer, self.scope)]
        except REJECTED:
            problems = [FieldProblem("errors.not_as_asked")]
        for problem in problems:
            yield _failure(path, field, problem, custom=True)

    def _inside(self, path: Path, properties: tuple[Field, ...], answer: Mapping[str, Any]) -> Iterator[Failure]:
        shown, scope = inside(properties, answer, self.scope)
        inner = _Checking(scope, self.today)
        for field in properties:
            if holds(field.when, scope):
                yield from inner.property_of(path, field, shown)


def _failure(path: Path, field: Field, problem: FieldProblem, *, custom: bool = False) -> Failure:
    whole = (*path, problem.part) if problem.part else path
    return Failure(whole, problem.key, problem.params, field.error if custom else None, field.title)


def _unprintable(field: Field, answer: Any) -> bool:
    if isinstance(answer, str):
        return has_control_character(answer, lines=field.type.control == "textarea")
    if isinstance(answer, Mapping) and not field.properties:
        return any(_unprintable(field, value) for value in answer.values())
    return False
