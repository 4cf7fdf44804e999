"""A line of text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from engine.fields.base import MISSING, FieldProblem, OneInput, Raw, first
from engine.fields.keyboards import plain
from engine.fields.lengths import WORDS, check_words, limits_words
from engine.patterns import matches

if TYPE_CHECKING:
    from engine.model.fields import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOfText(OneInput):
    """Any text without line breaks. Codes may be typed in full width: see `parse`."""

    def parse(self, field: "Field", raw: Raw) -> Any:
        """The text without spaces around it; where only its half-width form fits the author's pattern, that form."""
        text = first(raw).strip()
        pattern = field.schema.get("pattern")
        if text and pattern and not text.isascii() and not matches(pattern, text) and matches(pattern, plain(text)):
            return plain(text)
        return text or MISSING

    def judges(self, field: "Field") -> bool:
        """Only the number of words."""
        return limits_words(field)

    def check(self, field: "Field", answer: Any, today: date) -> Iterable[FieldProblem]:
        """JSON Schema counts characters; words are counted here."""
        return check_words(field, answer)


TYPE = LineOfText(
    name="text", control="text", rule={}, doc={"ja": "1行の文字", "en": "A line of text"}, keywords=WORDS, line=True
)
