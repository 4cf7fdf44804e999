"""A line of text."""

from dataclasses import dataclass

from engine.fields.base import OneInput


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOfText(OneInput):
    """Any text without line breaks."""


TYPE = LineOfText(name="text", control="text", doc={"ja": "1行の文字", "en": "A line of text"})
