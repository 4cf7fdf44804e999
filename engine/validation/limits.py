"""Limits that JSON Schema has not: expressions such as `maximum: today`, days written out, conditions of options."""

import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.expressions import UNKNOWN, Scope
from engine.fields.base import COUNTS, FieldProblem
from engine.journey import open_options
from engine.model import Field

LIMITS: Mapping[str, tuple[Callable[[Any, Any], bool], str]] = {
    "minimum": (operator.ge, "errors.minimum"),
    "maximum": (operator.le, "errors.maximum"),
    "exclusiveMinimum": (operator.gt, "errors.above"),
    "exclusiveMaximum": (operator.lt, "errors.below"),
    "minItems": (lambda items, bound: len(items) >= bound, "errors.min_items"),
    "maxItems": (lambda items, bound: len(items) <= bound, "errors.max_items"),
    "count": (lambda items, bound: len(items) == bound, "errors.file_count"),
}


def beyond_limits(field: Field, answer: Any, scope: Scope) -> Iterator[FieldProblem]:
    """Each limit that the answer does not keep; one that rests on an unknown answer is not judged."""
    for keyword, bound in _bounds(field, scope) if field.limits or field.settings else ():
        fits, key = LIMITS[keyword]
        value = answer if keyword in COUNTS else field.type.value(field, answer)  # items count, readable or not
        if bound is not UNKNOWN and not fits(value, field.type.compared(bound)):
            told = field.type.told(field, keyword, bound)
            yield FieldProblem(field.type.messages.get(keyword, key), told, keyword=keyword)


def closed_options(field: Field, answer: Any, scope: Scope) -> Iterator[FieldProblem]:
    """Whether an option was chosen whose condition does not hold."""
    if all(option.when is None for option in field.options):
        return
    offered = [option.value for option in open_options(field, scope)]
    if any(value not in offered for value in (answer if isinstance(answer, list) else [answer])):
        yield FieldProblem("errors.choose", keyword="enum")


def _bounds(field: Field, scope: Scope) -> Iterator[tuple[str, Any]]:
    """Expressions by their value; what is written out (`minimum: 1990-01-01`) stands among the field's settings."""
    for keyword, limit in field.limits.items():
        yield keyword, limit.evaluate(scope)
    for keyword in LIMITS.keys() & field.settings.keys():
        if isinstance(written := field.settings[keyword], str):
            yield keyword, field.type.bound(written)
