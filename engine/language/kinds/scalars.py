"""Single values: text, names, numbers, days, choices, and JSON of any form."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.language import codes
from engine.language.kinds.base import WRONG, Definitions, Doc, wrong_type
from engine.problems import Report, Suggestion
from engine.source import MappingNode, Node, ScalarNode

ANY_TEXT = Doc("文字", "text")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


@dataclass(frozen=True, slots=True)
class String:
    """A text that is not translated: a law, a code, a pattern. A number is taken as it was written."""

    form: str | None = None  # a regular expression for the whole
    meaning: Doc = ANY_TEXT

    def read(self, node: Node, path: str, report: Report) -> Any:
        """The text."""
        if not isinstance(node, ScalarNode) or node.value is None or isinstance(node.value, bool):
            return wrong_type(node, path, report, self.meaning)
        if not node.text.strip():
            report.add(codes.EMPTY, node, path)
            return WRONG
        if self.form is not None and not re.fullmatch(self.form, node.text):
            report.add(codes.BAD_FORM, node, path, text=node.text, meaning=self.meaning.by_language())
            return WRONG
        return node.text

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """A string, or a number written without quotes."""
        form = {} if self.form is None else {"pattern": f"^(?:{self.form})$"}
        return {"type": "string", "minLength": 1, **form}


@dataclass(frozen=True, slots=True)
class Name:
    """A name that other places refer to by: it never changes once published."""

    form: str
    meaning: Doc

    def read(self, node: Node, path: str, report: Report) -> Any:
        """The name."""
        if not isinstance(node, ScalarNode) or not isinstance(node.value, str):
            return wrong_type(node, path, report, self.meaning)
        return node.text if self.accept(node, path, report) else WRONG

    def accept(self, node: ScalarNode, path: str, report: Report) -> bool:
        """Whether the name has the right form; it is reported where not."""
        if re.fullmatch(self.form, node.text):
            return True
        report.add(codes.BAD_NAME, node, path, name=node.text, meaning=self.meaning.by_language())
        return False

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """A string of that form."""
        return {"type": "string", "pattern": f"^(?:{self.form})$"}


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two limits."""

    least: int | None = None
    most: int | None = None

    def read(self, node: Node, path: str, report: Report) -> Any:
        """The number."""
        if not isinstance(node, ScalarNode) or isinstance(node.value, bool) or not isinstance(node.value, int):
            return wrong_type(node, path, report, Doc("整数", "a whole number"))
        return _within(node, self.least, self.most, path, report)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """An integer with its limits."""
        limits = {"minimum": self.least, "maximum": self.most}
        return {"type": "integer"} | {keyword: limit for keyword, limit in limits.items() if limit is not None}


@dataclass(frozen=True, slots=True)
class Number:
    """A number; `above` is a limit that it must exceed."""

    above: int | None = None

    def read(self, node: Node, path: str, report: Report) -> Any:
        """The number, int or float."""
        if not isinstance(node, ScalarNode) or isinstance(node.value, bool) or not isinstance(node.value, int | float):
            return wrong_type(node, path, report, Doc("数", "a number"))
        if self.above is not None and node.value <= self.above:
            report.add(codes.OUT_OF_RANGE, node, path, value=node.text, range=f"> {self.above}")
            return WRONG
        return node.value

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """A number."""
        return {"type": "number"} if self.above is None else {"type": "number", "exclusiveMinimum": self.above}


@dataclass(frozen=True, slots=True)
class YesNo:
    """`true` or `false`."""

    def read(self, node: Node, path: str, report: Report) -> Any:
        """The truth value."""
        if isinstance(node, ScalarNode) and isinstance(node.value, bool):
            return node.value
        return wrong_type(node, path, report, Doc("true か false", "true or false"))

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """A boolean."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day, 2026-04-01."""

    def read(self, node: Node, path: str, report: Report) -> Any:
        """The date."""
        if not isinstance(node, ScalarNode) or not isinstance(node.value, str):
            return wrong_type(node, path, report, Doc("日付（例: 2026-04-01）", "a date (2026-04-01)"))
        try:
            if DAY.match(node.text):
                return date.fromisoformat(node.text)
        except ValueError:
            pass
        report.add(codes.BAD_DATE, node, path, text=node.text)
        return WRONG

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """A string of that form."""
        return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, node: Node, path: str, report: Report) -> Any:
        """The word."""
        if not isinstance(node, ScalarNode) or not isinstance(node.value, str):
            names = ", ".join(self.words)
            return wrong_type(node, path, report, Doc(f"次のどれか: {names}", f"one of {names}"))
        if node.text not in self.words:
            report.add(codes.UNKNOWN_VALUE, node, path, value=node.text, advice=Suggestion.among(node.text, self.words))
            return WRONG
        return node.text

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """An enumeration."""
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class AnyValue:
    """JSON of any form."""

    def read(self, node: Node, path: str, report: Report) -> Any:
        """The plain value."""
        return node.plain()

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """Everything is allowed."""
        return {}


@dataclass(frozen=True, slots=True)
class AnyMap:
    """A mapping of any content."""

    def read(self, node: Node, path: str, report: Report) -> Any:
        """The plain dictionary."""
        if isinstance(node, MappingNode):
            return node.plain()
        return wrong_type(node, path, report, Doc("「項目名: 値」のまとまり", "a mapping"))

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """An object."""
        return {"type": "object"}


@dataclass(frozen=True, slots=True)
class Plain:
    """Whatever another JSON Schema describes; read as it stands, judged later."""

    described: Any

    def read(self, node: Node, path: str, report: Report) -> Any:
        """The plain value."""
        return node.plain()

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """The schema that was given."""
        return dict(self.described)


def _within(node: ScalarNode, least: int | None, most: int | None, path: str, report: Report) -> Any:
    value = node.value
    assert isinstance(value, int)  # noqa: S101 - the caller looked
    if (least is None or value >= least) and (most is None or value <= most):
        return value
    bounds = f"≥ {least}" if most is None else f"≤ {most}" if least is None else f"{least}–{most}"
    report.add(codes.OUT_OF_RANGE, node, path, value=value, range=bounds)
    return WRONG
