"""A price, frozen: what was counted, at which rate, on which legal ground."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.model import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedLine:
    """One line: `count` × `unit_yen` = `yen`."""

    id: str
    title: Text
    law: str
    account: str
    count: int
    unit_yen: int
    yen: int


@dataclass(frozen=True, slots=True)
class FeeQuote:
    """The lines with something to pay, what a waiver takes off (≥ 0), and what remains, in yen."""

    lines: tuple[QuotedLine, ...]
    waived_yen: int
    total: int

    def to_json(self) -> dict[str, Any]:
        """As it is kept with a submission."""
        return {
            "lines": [
                {
                    "id": line.id,
                    "title": {"ja": line.title.ja, **line.title.others},
                    "law": line.law,
                    "account": line.account,
                    "count": line.count,
                    "unit_yen": line.unit_yen,
                    "yen": line.yen,
                }
                for line in self.lines
            ],
            "waived_yen": self.waived_yen,
            "total": self.total,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "FeeQuote":
        """What `to_json` gave."""
        lines = tuple(QuotedLine(**{**line, "title": _text(line["title"])}) for line in kept["lines"])
        return cls(lines, kept["waived_yen"], kept["total"])


def _text(wordings: Mapping[str, str]) -> Text:
    return Text(wordings["ja"], {language: words for language, words in wordings.items() if language != "ja"})
