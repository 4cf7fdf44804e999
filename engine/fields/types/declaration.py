"""A statement that must be confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.expressions.types import BOOLEAN, Type
from engine.fields.base import MISSING, Keyword, OneInput, Raw, expect, first
from engine.fields.written import as_written
from engine.words import say

if TYPE_CHECKING:
    from engine.model.fields import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration(OneInput):
    """One box to tick; the only answer is true."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """The constant true."""
        return {**schema, "type": "boolean", "const": True}

    def value_type(self, field: "Field") -> Type:
        """True or unanswered."""
        return BOOLEAN

    def parse(self, field: "Field", raw: Raw) -> Any:
        """True when it was ticked."""
        return True if first(raw) == "yes" else MISSING

    @as_written
    def value(self, field: "Field", answer: Any) -> Any:
        """True."""
        return expect(answer, bool)

    def show_raw(self, field: "Field", answer: Any) -> dict[str, list[str]]:
        """Ticked or not."""
        return {"": ["yes"] if answer else []}

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """That it was confirmed."""
        return say("answers.confirmed" if answer else "answers.denied", language)


TYPE = Declaration(
    name="declaration",
    control="declaration",
    findable=False,
    doc={"ja": "確認・同意", "en": "A statement to confirm"},
    asked_anew=True,
    keywords={
        "statements": Keyword(
            {}, {"ja": "確認してもらう文を並べたもの", "en": "What is confirmed, point by point"}, "list of words"
        )
    },
)
