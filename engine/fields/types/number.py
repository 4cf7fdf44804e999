"""A number with decimals, kept exactly."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.expressions.types import NUMBER, Type
from engine.fields.base import MISSING, FieldProblem, OneInput, Raw, expect, first
from engine.fields.keyboards import plain

if TYPE_CHECKING:
    from engine.model.fields import Field

WRITTEN = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
MOST_DIGITS = 15  # a JSON number keeps these exactly


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(OneInput):
    """An answer is a JSON integer where it is whole, else a JSON number of fifteen digits."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """A number."""
        return {**schema, "type": "number"}

    def value_type(self, field: "Field") -> Type:
        """A number."""
        return NUMBER

    def parse(self, field: "Field", raw: Raw) -> Any:
        """The number; whole ones as integers."""
        text = plain(first(raw)).replace(",", "")
        if not text:
            return MISSING
        if not WRITTEN.fullmatch(text):
            raise FieldProblem("errors.number")
        number = Decimal(text)
        if len(number.as_tuple().digits) > MOST_DIGITS:
            raise FieldProblem("errors.number_digits", {"limit": MOST_DIGITS})
        return int(number) if number == number.to_integral_value() else float(number)

    def show_raw(self, field: "Field", answer: Any) -> dict[str, list[str]]:
        """As it was typed, never as 1e-05."""
        return {"": [_spelled(answer)]}

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """As it was typed."""
        return _spelled(answer)

    def value(self, field: "Field", answer: Any) -> Any:
        """The decimal that was written: the shortest spelling of a JSON number is the one that was typed."""
        number = Decimal(str(expect(answer, int, float, Decimal)))
        if not number.is_finite():
            raise ValueError(answer)
        return number


def _spelled(answer: Any) -> str:
    return f"{Decimal(str(answer)):f}"


TYPE = Number(
    name="number",
    control="number",
    doc={"ja": "数（小数も可）", "en": "A number, decimals allowed"},
    messages={"type": "errors.number"},
    line=True,
)
