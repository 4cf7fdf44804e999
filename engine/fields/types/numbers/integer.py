"""A whole number."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.expressions.types import NUMBER, Type, one_of
from engine.fields import numbers
from engine.fields.base import MISSING, FieldProblem, OneInput, Raw, expect
from engine.fields.written import as_written

if TYPE_CHECKING:
    from engine.model.fields import Field


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
        text = self.typed(field, raw)
        if not text:
            return MISSING
        digits = text.removeprefix("-").removeprefix("+")
        if not (digits.isascii() and digits.isdecimal()) or len(digits) > numbers.MOST_DIGITS:
            raise FieldProblem(self.messages["type"])
        return int(text)

    def typed(self, field: "Field", raw: Raw) -> str:
        """What was typed, in plain digits."""
        return numbers.typed(field, raw)

    @as_written
    def value(self, field: "Field", answer: Any) -> Any:
        """An exact decimal; to JSON, 3.0 is a whole number too."""
        number = Decimal(str(expect(answer, int, float)))
        if not number.is_finite() or number != number.to_integral_value():
            raise ValueError(answer)
        return number

    def told(self, field: "Field", keyword: str, limit: Any) -> Mapping[str, object]:
        """A limit with its unit."""
        return numbers.told(field, keyword, limit)

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """As it was typed, with its unit."""
        return numbers.show_number(field, answer, language)


TYPE = WholeNumber(
    name="integer",
    control="number",
    doc={"ja": "整数", "en": "A whole number"},
    keywords=numbers.UNIT,
    messages={"type": "errors.whole_number"},
    line=True,
)
