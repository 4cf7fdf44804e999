"""What an imported procedure keeps of its original: where an answer stood, and the rules over all answers."""

import re
from dataclasses import dataclass
from typing import Any

from engine.language import codes, subschemas
from engine.language.kinds import WRONG, Definitions, Doc
from engine.language.kinds.base import wrong_type
from engine.problems import Report
from engine.source import MappingNode, Node, ScalarNode

FORM = re.compile(r"(?:/(?:[^~/]|~[01])*)*")
POINTER = Doc("JSON Pointer（例: /applicant/name）", "a JSON Pointer (/applicant/name)")


@dataclass(frozen=True, slots=True)
class Pointer:
    """A JSON Pointer (RFC 6901); the empty one is the whole."""

    def read(self, node: Node, path: str, report: Report) -> Any:
        """The text."""
        if not isinstance(node, ScalarNode) or not isinstance(node.value, str):
            return wrong_type(node, path, report, POINTER)
        if FORM.fullmatch(node.text):
            return node.text
        report.add(codes.BAD_FORM, node, path, text=node.text, meaning=POINTER.by_language())
        return WRONG

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """A text of that form."""
        return {"type": "string", "pattern": f"^{FORM.pattern}$"}


@dataclass(frozen=True, slots=True)
class WholeSchema:
    """JSON Schema keywords over all answers together."""

    def read(self, node: Node, path: str, report: Report) -> Any:
        """The plain keywords, whose shape is that of the standard."""
        if not isinstance(node, MappingNode):
            return wrong_type(node, path, report, Doc("JSON Schema のまとまり", "a mapping of JSON Schema keywords"))
        before = len(report)
        subschemas.schema(node, path, report)
        return WRONG if len(report) > before else node.plain()

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """Whatever the standard says; editors need not know it."""
        return {"type": "object"}
