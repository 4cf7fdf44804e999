"""A number with decimals, kept exactly."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.expressions.types import NUMBER, Type
from engine.fields import numbers
from engine.fields.base import MISSING, FieldProblem, Keyword, OneInput, Raw, expect
from engine.fields.written import as_written

if TYPE_CHECKING:
    from engine.model.fields import Field

WRITTEN = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
MOST_DECIMALS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(OneInput):
    """An answer is a JSON integer where it is whole, else a JSON number of fifteen digits."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """A number; the digits after the point are multiples of the last of them."""
        kept = {key: value for key, value in schema.items() if key != "decimals"} | {"type": "number"}
        decimals = schema.get("decimals")
        if not isinstance(decimals, int):
            return kept
        last = {"multipleOf": 10**-decimals if decimals else 1}
        return kept | last if "multipleOf" not in kept else {**kept, "allOf": [*schema.get("allOf", ()), last]}

    def value_type(self, field: "Field") -> Type:
        """A number."""
        return NUMBER

    def parse(self, field: "Field", raw: Raw) -> Any:
        """The number; whole ones as integers."""
        text = numbers.typed(field, raw)
        if not text:
            return MISSING
        if not WRITTEN.fullmatch(text):
            raise FieldProblem("errors.number")
        number = Decimal(text)
        if len(number.as_tuple().digits) > numbers.MOST_DIGITS:
            raise FieldProblem("errors.number_digits", {"limit": numbers.MOST_DIGITS})
        decimals = field.settings.get("decimals")
        if decimals is not None and number != round(number, decimals):
            raise FieldProblem("errors.decimals", {"limit": decimals}, keyword="decimals")
        return int(number) if number == number.to_integral_value() else float(number)

    def show_raw(self, field: "Field", answer: Any) -> dict[str, list[str]]:
        """As it was typed, never as 1e-05."""
        return {"": [f"{Decimal(str(answer)):f}"]}

    def told(self, field: "Field", keyword: str, limit: Any) -> Mapping[str, object]:
        """A limit with its unit."""
        return numbers.told(field, keyword, limit)

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """As it was typed, with its unit."""
        return numbers.show_number(field, answer, language)

    @as_written
    def value(self, field: "Field", answer: Any) -> Any:
        """The decimal that was written: the shortest spelling of a JSON number is the one that was typed."""
        number = Decimal(str(expect(answer, int, float, Decimal)))
        if not number.is_finite():
            raise ValueError(answer)
        return number


TYPE = Number(
    name="number",
    control="number",
    doc={"ja": "数（小数も可）", "en": "A number, decimals allowed"},
    keywords={
        **numbers.UNIT,
        "decimals": Keyword(
            {"type": "integer", "minimum": 0, "maximum": MOST_DECIMALS},
            {"ja": "小数点以下の最大けた数", "en": "Most digits after the point"},
        ),
    },
    messages={"type": "errors.number"},
    line=True,
)
