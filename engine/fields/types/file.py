"""Uploaded papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.expressions.types import TEXT, Type, list_of
from engine.fields.base import MISSING, Keyword, OneInput, Raw, expect
from engine.fields.written import as_written
from engine.words import say

if TYPE_CHECKING:
    from engine.model.fields import Field

MOST_FILES = 20
MOST_PAGES = 200
MOST_MEGABYTES = 10

KEPT = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/heic", PDF := "application/pdf")
"""What can be kept of what is sent, as media types; anything else is refused, whatever a procedure accepts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload(OneInput):
    """The answer is the list of the attachments' ids; the files themselves are kept with the case."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """An array of distinct ids."""
        kept = {key: value for key, value in schema.items() if key not in self.keywords}
        least = schema.get("minFiles", 1)
        several = schema.get("pages", False) or "count" in schema
        most = schema.get("maxFiles", MOST_FILES if several else least)
        items = {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"}
        return {"minItems": least, "maxItems": most, **kept, "type": "array", "items": items, "uniqueItems": True}

    def value_type(self, field: "Field") -> Type:
        """A list: its length is the number of files."""
        return list_of(TEXT)

    def parse(self, field: "Field", raw: Raw) -> Any:
        """The ids."""
        return [text for text in raw.get("", ()) if text] or MISSING

    @as_written
    def value(self, field: "Field", answer: Any) -> Any:
        """The ids."""
        return [expect(one, str) for one in expect(answer, list)]

    def show_raw(self, field: "Field", answer: Any) -> dict[str, list[str]]:
        """The ids."""
        return {"": list(answer)}

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """How many there are; their names are known to the case."""
        return say("answers.files", language, count=len(answer))


def kept_of(accept: Sequence[str]) -> tuple[str, ...]:
    """Which media types are taken. `accept` as in HTML, such as `image/*`; an empty one takes whatever can be kept."""
    return tuple(one for one in KEPT if not accept or one in accept or one.partition("/")[0] + "/*" in accept)


TYPE = Upload(
    name="file",
    control="file",
    findable=False,
    doc={"ja": "ファイルや写真", "en": "Files or photographs"},
    keywords={
        "accept": Keyword(
            {"type": "array", "items": {"type": "string", "pattern": "^[a-z]+/([a-z0-9.+-]+|\\*)$"}, "minItems": 1},
            {"ja": "受け付けるファイルの種類", "en": "The media types that are accepted"},
        ),
        "maxFiles": Keyword(
            {"type": "integer", "minimum": 1, "maximum": MOST_FILES}, {"ja": "最大の件数", "en": "The most files"}
        ),
        "minFiles": Keyword(
            {"type": "integer", "minimum": 1, "maximum": MOST_FILES}, {"ja": "最少の件数", "en": "The fewest files"}
        ),
        "pages": Keyword(
            {"type": "boolean"},
            {"ja": "1つの書類の各ページ（順番どおり）", "en": "They are the pages of one paper, in order"},
        ),
        "maxMegabytes": Keyword(
            {"type": "integer", "minimum": 1, "maximum": MOST_MEGABYTES},
            {"ja": "1件の最大の大きさ（MB）", "en": "The largest size of each, in MB"},
        ),
        "maxPages": Keyword(
            {"type": "integer", "minimum": 1, "maximum": MOST_PAGES},
            {"ja": "PDF1件の最大のページ数", "en": "The most pages each PDF may have"},
        ),
        "count": Keyword(
            {}, {"ja": "必要な件数（式）", "en": "How many there must be (an expression)"}, holds="formula"
        ),
    },
)
