"""The wordings of a spec for people, where they stand, and in which languages they are there."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.checks.subject import Path, PlacedField, Subject
from engine.language import json_schema
from engine.language.kinds.words import LANGUAGES
from engine.model import Text
from engine.model.text import JAPANESE
from engine.source import MappingNode, Node, ScalarNode, SequenceNode
from engine.source.nodes import find

# Keys that hold wording for people, wherever they stand outside of examples.
SPOKEN = frozenset({"title", "hint", "error", "purpose", "summary", "who", "deadline", "statement", "appeal"})
SPOKEN |= frozenset({"reason", "instead", "text", "notice"})  # of rules
NOT_SPOKEN = frozenset({"scenarios", "conditions", *json_schema.KEYWORDS})
NAMES = {"ja": {"ja": "日本語", "en": "Japanese"}, "en": {"ja": "英語", "en": "English"}}
NAMES |= {"easy": {"ja": "やさしい日本語", "en": "easy Japanese"}}
NAMES |= {"zh": {"ja": "中国語", "en": "Chinese"}, "ko": {"ja": "韓国語", "en": "Korean"}}


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a spec speaks one language: of `total` wordings those at `missing` do not."""

    total: int
    missing: tuple[Path, ...]

    @property
    def there(self) -> int:
        """How many there are."""
        return self.total - len(self.missing)


def coverage(subject: Subject, language: str) -> Coverage:
    """Of everything that readers of `language` may meet, also what comes from concepts."""
    found = [(path, speaks(node, language)) for path, node in texts(subject.root) if needed(language, path)]
    found += [(path, text.language_of(language) == language) for path, text in _inherited(subject)]
    return Coverage(len(found), tuple(path for path, there in found if not there))


def texts(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Every wording that is written in the spec, with its place."""
    if isinstance(node, SequenceNode):
        for index, item in enumerate(node.items):
            yield from texts(item, (*path, index))
    elif isinstance(node, MappingNode):
        for key, pair in node.pairs.items():
            if key in SPOKEN and _is_wording(pair.value):
                yield (*path, key), pair.value
            elif key == "options" and isinstance(pair.value, MappingNode):
                yield from _options(pair.value, (*path, key))
            elif key == "errors" and isinstance(pair.value, MappingNode) and _messages(pair.value):
                yield from (((*path, key, name), inner.value) for name, inner in pair.value.pairs.items())
            elif key in {"bring", "statements"} and isinstance(pair.value, SequenceNode):
                yield from (((*path, key, index), item) for index, item in enumerate(pair.value.items))
            elif key not in NOT_SPOKEN:
                yield from texts(pair.value, (*path, key))


def needed(language: str, path: Path) -> bool:
    """Staff, who read stages, need Japanese and English; the sentence that certifies is official wording."""
    return language in {"ja", "en"} or ("stages" not in path and path[-1] != "statement")


def speaks(node: Node, language: str) -> bool:
    """Whether a wording is there in `language`, or needs no other one: A4, 2,000."""
    if isinstance(node, MappingNode):
        japanese = node.get("ja")
        return language in node.pairs or (isinstance(japanese, ScalarNode) and not JAPANESE.search(japanese.text))
    return language == "ja" or (isinstance(node, ScalarNode) and not JAPANESE.search(node.text))


def _options(node: MappingNode, path: Path) -> Iterator[tuple[Path, Node]]:
    for value, pair in node.pairs.items():
        if _is_wording(pair.value):
            yield (*path, value), pair.value
        else:
            yield from texts(pair.value, (*path, value))


def _messages(node: MappingNode) -> bool:
    """Not a field that happens to be called errors."""
    return all(_is_wording(pair.value) for pair in node.pairs.values()) and "title" not in node.pairs


def _is_wording(node: Node) -> bool:
    """Not a field that happens to be called title."""
    return isinstance(node, ScalarNode) or (isinstance(node, MappingNode) and set(node.pairs) <= set(LANGUAGES))


def _inherited(subject: Subject) -> Iterator[tuple[Path, Text]]:
    """The wordings that fields have from their concepts."""
    for placed in subject.fields:
        node = find(subject.root, placed.path)
        if isinstance(node, MappingNode) and "concept" in node.pairs:
            yield from ((path, text) for path, text in _of_concept(placed, node) if text.ja)


def _of_concept(placed: PlacedField, node: MappingNode) -> Iterator[tuple[Path, Text]]:
    for key in ("title", "hint", "purpose"):
        text: Text | None = getattr(placed.field, key)
        if text is not None and key not in node.pairs:
            yield (*placed.path, key), text
    if "options" not in node.pairs:
        yield from (((*placed.path, "options", str(one.value)), one.title) for one in placed.field.options)
