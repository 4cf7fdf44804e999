"""Wording for people: Japanese, or a map of languages."""

from dataclasses import dataclass
from typing import Any

from engine.language import codes
from engine.language.kinds.base import WRONG, Definitions, Doc, wrong_type
from engine.model import Text
from engine.problems import Report, Suggestion
from engine.source import MappingNode, Node, ScalarNode

LANGUAGES = ("ja", "en", "easy", "zh", "ko")
EXPECTED = Doc("文、または言語ごとの文（{ja: …, en: …}）", "a text, or texts by language ({ja: …, en: …})")


@dataclass(frozen=True, slots=True)
class Words:
    """A `Text`."""

    def read(self, node: Node, path: str, report: Report) -> Any:
        """The `Text`; a string alone is Japanese."""
        if isinstance(node, MappingNode):
            return self._by_language(node, path, report)
        wording = _wording(node, path, report)
        return WRONG if wording is None else Text.written({"ja": wording})

    def _by_language(self, node: MappingNode, path: str, report: Report) -> Any:
        spoken: dict[str, str] = {}
        for language, pair in node.pairs.items():
            if language not in LANGUAGES:
                advice = Suggestion.among(language, LANGUAGES)
                report.add(codes.UNKNOWN_LANGUAGE, pair.key, path, language=language, advice=advice)
                continue
            wording = _wording(pair.value, f"{path}.{language}", report)
            if wording is not None:
                spoken[language] = wording
        if "ja" not in node.pairs:
            report.add(codes.NO_JAPANESE, node, path)
        if "ja" not in spoken:
            return WRONG
        return Text.written(spoken)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """A string or a map of languages."""
        definitions.setdefault("words", _SCHEMA)
        return {"$ref": "#/$defs/words"}


_SCHEMA: dict[str, Any] = {
    "description": "文（日本語）、または言語ごとの文。\n\nA text (Japanese), or texts by language.",
    "anyOf": [
        {"type": "string", "minLength": 1},
        {
            "type": "object",
            "properties": {language: {"type": "string", "minLength": 1} for language in LANGUAGES},
            "required": ["ja"],
            "additionalProperties": False,
        },
    ],
}


def _wording(node: Node, path: str, report: Report) -> str | None:
    if not isinstance(node, ScalarNode) or node.value is None or isinstance(node.value, bool):
        wrong_type(node, path, report, EXPECTED)
        return None
    wording = node.text.strip()
    if not wording:
        report.add(codes.EMPTY, node, path)
        return None
    return wording
