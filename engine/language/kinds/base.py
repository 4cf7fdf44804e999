"""What every kind of value does, and how a value of the wrong kind is reported."""

from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from engine.language import codes
from engine.problems import Report
from engine.source import MappingNode, Node, ScalarNode

Definitions = dict[str, dict[str, Any]]
"""The `$defs` of the JSON Schema that is being written."""


class Wrong(Enum):
    """The value of a node that was reported instead of read."""

    WRONG = "wrong"


WRONG = Wrong.WRONG


@dataclass(frozen=True, slots=True)
class Doc:
    """What an author reads about a key or a value, in Japanese and English."""

    ja: str
    en: str

    def both(self) -> str:
        """The description that editors show."""
        return f"{self.ja}\n\n{self.en}"

    def by_language(self) -> dict[str, str]:
        """As a problem's parameter."""
        return {"ja": self.ja, "en": self.en}


class Kind(Protocol):
    """A kind of value in a spec."""

    def read(self, node: Node, path: str, report: Report) -> Any:
        """The value, or `WRONG` with the problems in `report`."""
        ...

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """The JSON Schema that editors complete and underline by; shared parts go to `definitions`."""
        ...


def wrong_type(node: Node, path: str, report: Report, expected: Doc) -> Wrong:
    """Report that something else was expected here."""
    report.add(codes.WRONG_TYPE, node, path, expected=expected.by_language(), found=_found(node).by_language())
    return WRONG


def _found(node: Node) -> Doc:
    if isinstance(node, MappingNode):
        return Doc("「項目名: 値」のまとまり", "a mapping")
    if not isinstance(node, ScalarNode):
        return Doc("並び", "a list")
    if node.value is None:
        return Doc("何も書かれていません", "nothing")
    shown = node.text if len(node.text) <= 40 else node.text[:40] + "…"  # noqa: PLR2004 - enough to recognise it
    return Doc(f"「{shown}」", f"“{shown}”")
