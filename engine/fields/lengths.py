"""How long a text is in words, and the keywords that limit that."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from engine.fields.base import FieldProblem, Keyword

if TYPE_CHECKING:
    from engine.model.fields import Field

MOST_WORDS = 10_000
_COUNT = {"type": "integer", "minimum": 0, "maximum": MOST_WORDS}
WORDS: Mapping[str, Keyword] = {
    "minWords": Keyword(
        _COUNT,
        {
            "ja": "最少の語数。語は空白で区切られた文字の並び（空白で区切らない日本語には minLength を使う）",
            "en": "Fewest words: runs between white space (for Japanese, which has none, use minLength)",
        },
        rule=True,
    ),
    "maxWords": Keyword(
        _COUNT,
        {
            "ja": "最大の語数。語は空白で区切られた文字の並び（空白で区切らない日本語には maxLength を使う）",
            "en": "Most words: runs between white space (for Japanese, which has none, use maxLength)",
        },
        rule=True,
    ),
}


def count_words(text: str) -> int:
    """Runs of characters between white space, that of full width too."""
    return len(text.split())


def limits_words(field: "Field") -> bool:
    """Whether the number of words matters."""
    return not WORDS.keys().isdisjoint(field.settings)


def check_words(field: "Field", text: str) -> Iterable[FieldProblem]:
    """Too few or too many words."""
    count = count_words(text)
    least, most = field.settings.get("minWords"), field.settings.get("maxWords")
    if least is not None and count < least:
        yield FieldProblem("errors.min_words", {"limit": least, "count": count}, keyword="minWords")
    if most is not None and count > most:
        yield FieldProblem("errors.max_words", {"limit": most, "count": count}, keyword="maxWords")
