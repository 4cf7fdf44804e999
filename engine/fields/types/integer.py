"""A whole number."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.expressions.types import NUMBER, Type, one_of
from engine.fields.base import MISSING, FieldProblem, OneInput, Raw, expect, first
from engine.fields.keyboards import plain

if TYPE_CHECKING:
    from engine.model.fields import Field

MOST_DIGITS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeNumber(OneInput):
    """Full-width digits, any dash as minus, and commas between thousands are understood."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """An integer."""
        return {**schema, "type": "integer"}

    def value_type(self, field: "Field") -> Type:
        """A number; where `enum` lists the answers, one of these."""
        listed = field.schema.get("enum")
        return one_of(listed) if listed else NUMBER

    def parse(self, field: "Field", raw: Raw) -> Any:
        """The number."""
        text = plain(first(raw)).replace(",", "")
        if not text:
            return MISSING
        digits = text.removeprefix("-").removeprefix("+")
        if not (digits.isascii() and digits.isdecimal()) or len(digits) > MOST_DIGITS:
            raise FieldProblem("errors.whole_number")
        return int(text)

    def value(self, field: "Field", answer: Any) -> Any:
        """An exact decimal; to JSON, 3.0 is a whole number too."""
        number = Decimal(str(expect(answer, int, float)))
        if not number.is_finite() or number != number.to_integral_value():
            raise ValueError(answer)
        return number


TYPE = WholeNumber(
    name="integer",
    control="number",
    doc={"ja": "整数", "en": "A whole number"},
    messages={"type": "errors.whole_number"},
    line=True,
)
