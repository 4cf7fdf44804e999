"""The shape of a choice's options: value → wording, or value → wording with hint and condition, or bare values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from engine.language import codes
from engine.language.kinds import (
    WRONG,
    Definitions,
    Doc,
    Formula,
    FormulaSource,
    Key,
    Kind,
    Part,
    Record,
    String,
    Words,
    YesNo,
)
from engine.language.kinds.base import wrong_type
from engine.language.kinds.collections import refuse_repeated
from engine.model import Text
from engine.problems import Report
from engine.source import MappingNode, Node, ScalarNode, SequenceNode


@dataclass(frozen=True, slots=True)
class OptionSource:
    """An option before its condition is compiled."""

    value: str | int | bool
    title: Text
    hint: Text | None = None
    when: FormulaSource | None = None
    exclusive: bool = False
    was: str | None = None
    reveals: Mapping[str, Part] = field(default_factory=lambda: MappingProxyType({}))


OWN: Mapping[str, Key] = MappingProxyType(
    {
        "title": Key(Words(), Doc("選択肢の文", "The wording of the option"), required=True),
        "hint": Key(Words(), Doc("選択肢の説明", "An explanation of the option")),
        "when": Key(Formula(), Doc("この式が真のときだけ選べる", "Offered only where this is known to be true")),
        "exclusive": Key(
            YesNo(),
            Doc("ほかと一緒に選べない（該当なし など）", "Cannot be chosen together with others (“none of these”)"),
        ),
        "was": Key(String(), Doc("前の版での値", "Its value in the version before")),
    }
)
DETAILED = Doc("説明や条件のある選択肢", "An option with an explanation or a condition")
EXPECTED = Doc("選択肢（{値: 文, …}）", "options ({value: wording, …})")


@dataclass(frozen=True, slots=True)
class Options:
    """Options in the author's order. `fields` is the kind of the fields that an option may reveal."""

    fields: Kind

    def read(self, node: Node, path: str, report: Report) -> Any:
        """A tuple of `OptionSource`."""
        if isinstance(node, ScalarNode):
            return wrong_type(node, path, report, EXPECTED)
        size = len(node.items) if isinstance(node, SequenceNode) else len(node.pairs)
        if not size:
            report.add(codes.EMPTY, node, path)
            return WRONG
        if isinstance(node, SequenceNode):
            refuse_repeated(node, path, report)
            found = [self._bare(item, f"{path}.{index}", report) for index, item in enumerate(node.items)]
        else:
            found = [self._named(key, pair.value, f"{path}.{key}", report) for key, pair in node.pairs.items()]
        return tuple(option for option in found if option is not None)

    @staticmethod
    def _bare(node: Node, path: str, report: Report) -> OptionSource | None:
        if not isinstance(node, ScalarNode) or not isinstance(node.value, str | int) or not node.text:
            wrong_type(node, path, report, EXPECTED)
            return None
        return OptionSource(node.value, Text(node.text))

    def _detailed(self) -> Record:
        reveals = Doc("選ばれたときだけ聞く項目", "Fields that are asked only where this is chosen")
        return Record("option", {**OWN, "reveals": Key(self.fields, reveals)}, DETAILED)

    def _named(self, value: str, node: Node, path: str, report: Report) -> OptionSource | None:
        detailed = self._detailed()
        if not isinstance(node, MappingNode) or not detailed.keys.keys() & node.pairs.keys():
            title = Words().read(node, path, report)
            return None if title is WRONG else OptionSource(value, title)
        part = detailed.read(node, path, report)
        title = part.get("title")
        if title is None:
            return None
        reveals, exclusive = part.get("reveals", {}), part.get("exclusive", False)
        return OptionSource(value, title, part.get("hint"), part.get("when"), exclusive, part.get("was"), reveals)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """An object of wordings, or an array of values."""
        one = {"anyOf": [Words().schema(definitions), self._detailed().schema(definitions)]}
        named = {"type": "object", "minProperties": 1, "additionalProperties": one}
        bare = {"type": "array", "minItems": 1, "items": {"type": ["string", "integer", "boolean"]}}
        return {"anyOf": [named, bare]}
