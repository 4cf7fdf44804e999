"""An amount of money in whole yen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.fields import numbers
from engine.fields.base import LIMITS, Raw
from engine.fields.telling import in_every_language
from engine.fields.types.numbers.integer import WholeNumber
from engine.words import say

if TYPE_CHECKING:
    from engine.model.fields import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Yen(WholeNumber):
    """Not negative; 12,000円 and ¥12,000 are understood."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """An integer from 0, or from the author's own least amount."""
        least = schema.get("minimum", 0)
        return {**schema, "type": "integer", "minimum": max(0, least)}

    def typed(self, field: "Field", raw: Raw) -> str:
        """What was typed, in plain digits without the sign of the yen."""
        return numbers.typed(field, raw).removesuffix("円").removeprefix("¥").removeprefix("￥")

    def told(self, field: "Field", keyword: str, limit: Any) -> Mapping[str, object]:
        """A limit as an amount."""
        if keyword in LIMITS:
            return {"limit": in_every_language(lambda language: self.show(field, limit, language))}
        return numbers.told(field, keyword, limit)

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """12,000円, or ¥12,000."""
        return say("answers.yen", language, yen=f"{int(answer):,}")


TYPE = Yen(
    name="yen",
    control="number",
    doc={"ja": "金額（円）", "en": "An amount in whole yen"},
    messages={
        "type": "errors.yen",
        "minimum": "errors.amount_minimum",
        "maximum": "errors.amount_maximum",
    },
    line=True,
)
