"""Yes or no."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.expressions.types import BOOLEAN, Type
from engine.fields.base import MISSING, FieldProblem, OneInput, Raw, expect, first
from engine.fields.written import as_written
from engine.words import say

if TYPE_CHECKING:
    from engine.model.fields import Field

SPELLINGS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class YesOrNo(OneInput):
    """A question that is answered with yes or no."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """A truth value."""
        return {**schema, "type": "boolean"}

    def value_type(self, field: "Field") -> Type:
        """True or false."""
        return BOOLEAN

    def parse(self, field: "Field", raw: Raw) -> Any:
        """Yes or no as the page spells them."""
        text = first(raw)
        if text and text not in SPELLINGS:
            raise FieldProblem("errors.choose")
        return SPELLINGS.get(text, MISSING)

    @as_written
    def value(self, field: "Field", answer: Any) -> Any:
        """True or false."""
        return expect(answer, bool)

    def show_raw(self, field: "Field", answer: Any) -> dict[str, list[str]]:
        """As the page spells them."""
        return {"": ["yes" if answer else "no"]}

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """はい or いいえ."""
        return say("answers.affirmed" if answer else "answers.denied", language)


TYPE = YesOrNo(
    name="boolean",
    control="yes_no",
    findable=False,
    doc={"ja": "はい・いいえ", "en": "Yes or no"},
    messages={"type": "errors.choose"},
)
