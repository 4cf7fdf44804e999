"""Checks over several answers: on a step, inside a group, inside an item of a list."""

from dataclasses import dataclass
from typing import Any

from engine.language.kinds import Definitions, Doc, Formula, Key, ListOf, Record, String, Words
from engine.language.names import IDENTIFIER
from engine.problems import Report
from engine.source import Node, ScalarNode


@dataclass(frozen=True, slots=True)
class OneOrMore:
    """A name, or a list of names."""

    several = ListOf(IDENTIFIER, least=1, unique=True)

    def read(self, node: Node, path: str, report: Report) -> Any:
        """A tuple of names; one alone may stand without brackets."""
        if not isinstance(node, ScalarNode):
            return self.several.read(node, path, report)
        name = IDENTIFIER.read(node, path, report)
        return (name,) if isinstance(name, str) else name

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """Either form."""
        return {"anyOf": [IDENTIFIER.schema(definitions), self.several.schema(definitions)]}


CHECK = Record(
    "check",
    {
        "that": Key(Formula(), Doc("成り立たなければならない式", "What must hold"), required=True),
        "error": Key(Words(), Doc("成り立たないときに伝える文", "What to say where it does not"), required=True),
        "at": Key(OneOrMore(), Doc("文を示す項目（なければ最後の項目）", "Where to say it, else the one asked last")),
        "law": Key(String(), Doc("根拠法令", "The legal basis")),
    },
    Doc("複数の項目にまたがる確認", "A check over several answers"),
)
CHECKS = ListOf(CHECK)
