"""Checks answers that are JSON: whole fields, their properties and items, each with the scope it stands in."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.expressions import UNKNOWN, Scope
from engine.fields.base import FieldProblem, known_value
from engine.journey import Journey, holds, inside, is_optional
from engine.model import Field
from engine.validation.checks import broken
from engine.validation.failures import Failure, Path
from engine.validation.limits import beyond_limits, closed_options
from engine.validation.prepared import prepared, unprintable
from engine.validation.wording import NOT_AS_ASKED, missing, of_schema_error


def check_fields(
    fields: Iterable[Field], answers: Mapping[str, Any], journey: Journey, today: date
) -> tuple[Failure, ...]:
    """What is wrong with the answers to these top-level fields, in their order; those not shown are passed over.

    Checks over several fields are among it where they are told at one of these.
    """
    checking = _Checking(journey.scope, today)
    asked = [field for field in fields if field.id in journey.shown]
    found = [failure for field in asked for failure in checking.property_of((), field, answers)]
    return (*found, *_between(asked, journey, {str(failure.path[0]) for failure in found}))


def _between(asked: Iterable[Field], journey: Journey, faulty: Collection[str]) -> Iterator[Failure]:
    """The checks of the steps of these fields that are broken, told at one of them."""
    checked = journey.procedure.checked
    if not checked:
        return
    steps = {step.id: step for field in asked if (step := checked.get(field.id)) is not None}
    ids = {field.id for field in asked} if steps else ()
    for step in steps.values():
        shown = [field for field in step.fields if field.id in journey.shown]
        for check, place in broken(step.checks, journey.scope, shown, faulty):
            if place in ids:
                yield Failure.of_check((place,), check)


@dataclass(frozen=True, slots=True)
class _Checking:
    """Checks in one scope."""

    scope: Scope
    today: date

    def property_of(self, path: Path, field: Field, answers: Mapping[str, Any]) -> Iterator[Failure]:
        """One field of a step, an item or an object."""
        here = (*path, field.id)
        if field.id in answers:
            answer, ready = answers[field.id], prepared(field)
            if not ready.accepts(answer) or (ready.judged and self._judged(field, answer)):
                yield from self.answer(here, field, answer)
        elif not is_optional(field, self.scope) and field.type.control != "note":
            yield Failure.of(here, field, missing(field), custom=False)

    def answer(self, path: Path, field: Field, answer: Any) -> Iterator[Failure]:
        """One answer that was given."""
        found = list(self._own(path, field, answer))
        if field.properties and isinstance(answer, Mapping):
            inner = list(self._inside(path, field, answer))
            # That something is wrong with the whole says nothing more where it is told what.
            yield from (one for one in found if not inner or (one.path, one.key) != (path, NOT_AS_ASKED) or one.custom)
            yield from inner
            return
        yield from found
        if found and not isinstance(answer, list):
            return
        if field.items is not None and isinstance(answer, list):
            for place, item in enumerate(answer):
                yield from self.answer((*path, place), field.items, item)

    def _own(self, path: Path, field: Field, answer: Any) -> Iterator[Failure]:
        inner = field.properties or field.items is not None  # which are looked at one by one
        if not inner and unprintable(answer, lines=field.type.control == "textarea"):
            yield Failure.of(path, field, FieldProblem("errors.control_character", keyword=""), custom=False)
            return
        errors = [of_schema_error(field, error) for error in prepared(field).errors(answer)]
        said: set[Path] = set()
        for place, problem in errors:
            if place not in said:  # the first of each input says enough
                yield Failure.of((*path, *place), field, problem)
            said.add(place)
        if errors or answer is None:  # where the schema accepts null, nothing was answered
            return
        for problem in self._judged(field, answer):
            yield Failure.of(path, field, problem)

    def _judged(self, field: Field, answer: Any) -> list[FieldProblem]:
        """What is wrong with an answer that its schema accepts."""
        problems = list(field.type.check(field, answer, self.today))
        if problems:
            return problems
        inner = field.properties or field.items is not None
        if not inner and known_value(field, answer) is UNKNOWN:
            return [FieldProblem(NOT_AS_ASKED)]
        return [*closed_options(field, answer, self.scope), *beyond_limits(field, answer, self.scope)]

    def _inside(self, path: Path, holder: Field, answer: Mapping[str, Any]) -> Iterator[Failure]:
        shown, scope = inside(holder.properties, answer, self.scope)
        inner = _Checking(scope, self.today)
        asked = [field for field in holder.properties if holds(field.when, scope)]
        found = [failure for field in asked for failure in inner.property_of(path, field, shown)]
        yield from found
        faulty = {str(failure.path[len(path)]) for failure in found}
        for check, place in broken(holder.checks, scope, asked, faulty):
            yield Failure.of_check((*path, place), check)
