"""Readings above kanji, as authors write them: 犬《いぬ》, or ｜お祝《おいわ》 where more than the kanji belongs to it.

The marks are those of Aozora Bunko, which people know who type Japanese, and nothing to YAML.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LANGUAGES = ("ja", "easy")
"""The languages whose wordings may carry readings."""
MARKS = "《》｜"
_KANJI = "\u3005-\u3007\u303b\u30f5\u30f6\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_VARIANTS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_KANA = "\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u30fc-\u30fe\u30fb\u3000 "
_READ = re.compile(f"(?:｜([^{MARKS}\n]+)|([{_KANJI}][{_KANJI}{_VARIANTS}]*))《([{_KANA}]+)》")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, with the kana above them; "" for none."""

    words: str
    reading: str = ""


def pieces(written: str) -> Iterator[Piece]:
    """The wording in pieces. Marks that do not fit together stay where they are: no word is ever lost."""
    end = 0
    for found in _READ.finditer(written):
        if found.start() > end:
            yield Piece(written[end : found.start()])
        marked, kanji, reading = found.groups()
        yield Piece(marked or kanji, reading.strip())
        end = found.end()
    if end < len(written):
        yield Piece(written[end:])


def without_readings(written: str) -> str:
    """The words alone, for titles, mails, papers and whatever is not a page."""
    return _READ.sub(lambda found: found[1] or found[2], written) if "《" in written else written


def read_out(written: str) -> str:
    """The wording as it sounds: kana in place of the kanji that have a reading. Beside the words, for searching."""
    return "".join(piece.reading or piece.words for piece in pieces(written))


def left_over(written: str) -> str:
    """The marks that do not fit together, with what stands around them; "" where all is well."""
    rest = _READ.sub("", written)
    place = next((number for number, sign in enumerate(rest) if sign in MARKS), None)
    return "" if place is None else rest[max(0, place - 6) : place + 10]
