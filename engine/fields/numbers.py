"""What fields that ask for a number share: how it is typed, its unit, how it is shown."""

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.fields.base import LIMITS, Keyword, Raw, first
from engine.fields.keyboards import plain
from engine.fields.telling import in_every_language
from engine.model.text import Text

if TYPE_CHECKING:
    from engine.model.fields import Field

MOST_DIGITS = 15  # a JSON number keeps these exactly
FOLDED_FROM = 4  # signs that compose to one: a base and its marks
GROUPED_FROM = 10_000  # as Japanese newspapers do: 2026年, but 12,000㎡
UNIT: Mapping[str, Keyword] = {
    "unit": Keyword(
        {},
        {"ja": "入力欄の横と答えに付ける単位（㎡、kg）", "en": "The unit shown beside the input and in answers"},
        "words",
    )
}


def unit_of(field: "Field") -> Text | None:
    """The unit, where there is one."""
    unit = field.settings.get("unit")
    return unit if isinstance(unit, Text) else None


def typed(field: "Field", raw: Raw) -> str:
    """The digits and signs that were typed, without commas, and without the unit where that was typed too."""
    text = plain(first(raw)).replace(",", "")
    unit = unit_of(field)
    for word in (unit.ja, *unit.others.values()) if unit else ():
        text = _without(text, word)
    return text


def _without(text: str, unit: str) -> str:
    """The text before the unit, however that is typed: ㎝, cm or CM, ％ or %.

    It is looked for only where it can be, at the end: one sign folds from at most `FOLDED_FROM`; texts may be long.
    """
    wanted = _folded(unit)
    earliest = max(0, len(text) - FOLDED_FROM * len(wanted))
    starts = (start for start in range(earliest, len(text)) if _folded(text[start:]) == wanted)
    return text[: next(starts, len(text))]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", plain(text)).casefold()


def show_number(field: "Field", answer: Any, language: str) -> str:
    """As it was typed, never as 1e-05; with its unit, and then with commas where it is long."""
    number, unit = Decimal(str(answer)), unit_of(field)
    if unit is None:
        return f"{number:f}"
    space = " " if language == "en" else ""
    digits = f"{number:,f}" if abs(number) >= GROUPED_FROM else f"{number:f}"
    return f"{digits}{space}{unit.say(language)}"


def told(field: "Field", keyword: str, limit: Any) -> dict[str, object]:
    """A limit with its unit; a number of another kind as it is."""
    if keyword in LIMITS and isinstance(limit, int | float | Decimal):
        return {"limit": in_every_language(lambda language: show_number(field, limit, language))}
    return {"limit": limit} if isinstance(limit, int | float | str) else {}
