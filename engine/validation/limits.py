"""Limits that JSON Schema has not: expressions such as `maximum: today`, days written out, conditions of options."""

import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from engine.expressions import UNKNOWN, Scope
from engine.fields.base import FieldProblem
from engine.journey import open_options
from engine.model import Field

LIMITS: Mapping[str, tuple[Callable[[Any, Any], bool], str, str]] = {
    "minimum": (operator.ge, "errors.minimum", "errors.date_minimum"),
    "maximum": (operator.le, "errors.maximum", "errors.date_maximum"),
    "exclusiveMinimum": (operator.gt, "errors.above", "errors.date_after"),
    "exclusiveMaximum": (operator.lt, "errors.below", "errors.date_before"),
}


def beyond_limits(field: Field, answer: Any, scope: Scope) -> Iterator[FieldProblem]:
    """Each limit that the answer does not keep; one that rests on an unknown answer is not judged."""
    if not field.limits and not field.settings:
        return
    value = field.type.value(field, answer)
    for keyword, bound in _bounds(field, scope):
        fits, key, date_key = LIMITS[keyword]
        if bound is not UNKNOWN and not fits(value, bound):
            yield FieldProblem(date_key if isinstance(bound, date) else key, {"limit": bound})


def closed_options(field: Field, answer: Any, scope: Scope) -> Iterator[FieldProblem]:
    """Whether an option was chosen whose condition does not hold."""
    if all(option.when is None for option in field.options):
        return
    offered = [option.value for option in open_options(field, scope)]
    if any(value not in offered for value in (answer if isinstance(answer, list) else [answer])):
        yield FieldProblem("errors.choose")


def _bounds(field: Field, scope: Scope) -> Iterator[tuple[str, Any]]:
    """Expressions by their value; days written out (`minimum: 1990-01-01`) stand among the settings of a date field."""
    for keyword, limit in field.limits.items():
        yield keyword, limit.evaluate(scope)
    for keyword in LIMITS:
        if isinstance(day := field.settings.get(keyword), str):
            yield keyword, date.fromisoformat(day)
