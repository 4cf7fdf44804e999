"""A number with decimals, kept exactly."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.expressions.types import NUMBER, Type
from engine.fields.base import MISSING, FieldProblem, OneInput, Raw, first
from engine.fields.keyboards import plain

if TYPE_CHECKING:
    from engine.model.fields import Field

WRITTEN = re.compile(r"[+-]?([0-9]{1,15}(\.[0-9]{0,10})?|\.[0-9]{1,10})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(OneInput):
    """An answer is a JSON integer where it is whole, else a JSON number of at most ten decimals."""

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
        return int(number) if number == number.to_integral_value() else float(number)

    def value(self, field: "Field", answer: Any) -> Any:
        """The decimal that was written: the shortest spelling of a JSON number is the one that was typed."""
        return Decimal(str(answer))


TYPE = Number(name="number", control="number", doc={"ja": "数（小数も可）", "en": "A number, decimals allowed"})
