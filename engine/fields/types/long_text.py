"""Text of several lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from engine.fields.base import MISSING, FieldProblem, Keyword, OneInput, Raw, first
from engine.fields.lengths import WORDS, check_words, limits_words

if TYPE_CHECKING:
    from engine.model.fields import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class LongText(OneInput):
    """Browsers send line breaks as CR LF; they count as one character."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """Text; `rows` is only for the page, and our format name is not one of JSON Schema's."""
        return {key: value for key, value in schema.items() if key not in {"rows", "format"}} | {"type": "string"}

    def parse(self, field: "Field", raw: Raw) -> Any:
        """The text with plain line breaks."""
        return first(raw).replace("\r\n", "\n").replace("\r", "\n").strip() or MISSING

    def judges(self, field: "Field") -> bool:
        """Only the number of words."""
        return limits_words(field)

    def check(self, field: "Field", answer: Any, today: date) -> Iterable[FieldProblem]:
        """JSON Schema counts characters; words are counted here."""
        return check_words(field, answer)


TYPE = LongText(
    name="long_text",
    control="textarea",
    rule={},  # the limits of words are rules of their own
    doc={"ja": "数行の文字", "en": "Several lines of text"},
    keywords={
        **WORDS,
        "rows": Keyword(
            {"type": "integer", "minimum": 2, "maximum": 30}, {"ja": "入力欄の行数", "en": "Lines of the input"}
        ),
    },
)
