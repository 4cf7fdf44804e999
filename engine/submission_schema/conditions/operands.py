"""What is compared with a written value: an answer, its length, how many items are of a kind."""

from dataclasses import dataclass
from math import ceil, floor
from typing import Any, Protocol

from engine.fields.ordering import Comparison, order_pattern
from engine.submission_schema.conditions import constants
from engine.submission_schema.conditions.quantities import Items
from engine.submission_schema.conditions.truth import UNSAID, Truth, of_answer
from engine.submission_schema.formulas import NOT_AT_ALL
from engine.submission_schema.reach import Reach

ORDER: dict[str, tuple[str, Comparison]] = {
    "Lt": ("exclusiveMaximum", "<"),
    "LtE": ("maximum", "<="),
    "Gt": ("exclusiveMinimum", ">"),
    "GtE": ("minimum", ">="),
}
MIRRORED = {"Lt": "Gt", "LtE": "GtE", "Gt": "Lt", "GtE": "LtE"}


class Operand(Protocol):
    """One side of a comparison; the other is a value that was written out."""

    def compared(self, op: str, value: Any) -> Truth:
        """`self op value`, where `op` is the name of Python's class of it."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer itself."""

    reach: Reach

    def compared(self, op: str, value: Any) -> Truth:
        """Equal, one of several, earlier or later, more or less."""
        if op in {"NotEq", "IsNot", "NotIn"}:
            return self.compared({"NotEq": "Eq", "IsNot": "Eq", "NotIn": "In"}[op], value).denied
        kind = self.reach.type.kind
        if op == "In":
            return self._among(value, kind)
        if op in {"Eq", "Is"}:
            json = _json(value, kind)
            return UNSAID if json is None else of_answer(self.reach, {"const": json})
        keyword, comparison = ORDER[op]
        if kind == "date" and (day := constants.day(value)):
            return of_answer(self.reach, {"pattern": order_pattern(comparison, day.isoformat())})
        number = constants.number(value) if kind == "number" else None
        return UNSAID if number is None else of_answer(self.reach, {keyword: number})

    def _among(self, value: Any, kind: str) -> Truth:
        values = [_json(one, kind) for one in value] if isinstance(value, list) else [None]
        return UNSAID if None in values else of_answer(self.reach, {"enum": values})


@dataclass(frozen=True, slots=True)
class Length:
    """How many characters a text has, or items a list."""

    reach: Reach

    def compared(self, op: str, value: Any) -> Truth:
        """Within the bounds; unknown without an answer."""
        what = "Length" if self.reach.type.kind == "text" else "Items"
        bounds = between(op, value)
        if bounds is None:
            return UNSAID
        low, high = bounds
        schema: dict[str, Any] = {}
        if low > 0:
            schema[f"min{what}"] = low
        if high is not None:
            schema[f"max{what}"] = high
        never = high is not None and high < max(low, 0)
        truth = Truth(NOT_AT_ALL, self.reach.known) if never else of_answer(self.reach, schema)
        return truth.denied if op in {"NotEq", "IsNot"} else truth


@dataclass(frozen=True, slots=True)
class Number:
    """How many items of a list are of a kind; unknown where the list is not `known`."""

    items: Items

    def compared(self, op: str, value: Any) -> Truth:
        """Within the bounds."""
        bounds = between(op, value)
        if bounds is None:
            return UNSAID
        inside, outside = self.items.counted(*bounds), self.items.not_counted(*bounds)
        truth = Truth(self.items.told(inside), self.items.told(outside))
        return truth.denied if op in {"NotEq", "IsNot"} else truth


def between(op: str, value: Any) -> tuple[int, int | None] | None:
    """The whole numbers from 0 that compare so (of `!=`, those that do not); None where that cannot be said."""
    number = constants.number(value)
    if number is None or op not in {*ORDER, "Eq", "Is", "NotEq", "IsNot"}:
        return None
    match op:
        case "Lt":
            return 0, ceil(number) - 1
        case "LtE":
            return 0, floor(number)
        case "Gt":
            return floor(number) + 1, None
        case "GtE":
            return ceil(number), None
    return ceil(number), floor(number)


def _json(value: Any, kind: str) -> Any:
    """The JSON of an answer that equals `value`; None where none can be said to."""
    if kind == "number":
        return constants.number(value)
    if kind == "date":
        day = constants.day(value)
        return None if day is None else day.isoformat()
    wanted: dict[str, type] = {"boolean": bool, "text": str}
    return value if kind in wanted and isinstance(value, wanted[kind]) else None
