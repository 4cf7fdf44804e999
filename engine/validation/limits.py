"""Limits that are expressions, such as `maximum: today`."""

import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from engine.expressions import UNKNOWN, Scope
from engine.fields.base import FieldProblem
from engine.model import Field

LIMITS: Mapping[str, tuple[Callable[[Any, Any], bool], str, str]] = {
    "minimum": (operator.ge, "errors.minimum", "errors.date_minimum"),
    "maximum": (operator.le, "errors.maximum", "errors.date_maximum"),
    "exclusiveMinimum": (operator.gt, "errors.above", "errors.date_after"),
    "exclusiveMaximum": (operator.lt, "errors.below", "errors.date_before"),
}


def beyond_limits(field: Field, answer: Any, scope: Scope) -> Iterator[FieldProblem]:
    """Each limit that the answer does not keep; one that rests on an unknown answer is not judged."""
    if not field.limits:
        return
    value = field.type.value(field, answer)
    for keyword, limit in field.limits.items():
        bound = limit.evaluate(scope)
        fits, key, date_key = LIMITS[keyword]
        if bound is not UNKNOWN and not fits(value, bound):
            yield FieldProblem(date_key if isinstance(bound, date) else key, {"limit": bound})
