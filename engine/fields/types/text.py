"""A line of text."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.fields.base import MISSING, OneInput, Raw, first
from engine.fields.keyboards import plain
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


TYPE = LineOfText(
    name="text",
    control="text",
    doc={"ja": "1行の文字", "en": "A line of text"},
    line=True,
)
