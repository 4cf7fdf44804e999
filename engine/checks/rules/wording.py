"""Wording is there in every language that the procedure speaks; English is expected of all."""

from collections.abc import Iterator

from engine.checks.subject import Path, Subject
from engine.language import json_schema
from engine.language.kinds.words import LANGUAGES
from engine.problems import Code
from engine.source import MappingNode, Node, ScalarNode, SequenceNode

MISSING_LANGUAGE = Code("missing-language", example="title: 犬の登録      # no en", severity="warning")

# Keys that hold wording for people, wherever they stand outside of examples.
SPOKEN = frozenset({"title", "hint", "error", "purpose", "summary", "who", "deadline", "statement", "appeal"})
SPOKEN |= frozenset({"reason", "instead", "text", "notice"})  # of rules
NOT_SPOKEN = frozenset({"scenarios", "conditions", *json_schema.KEYWORDS})
NAMES = {"en": {"ja": "英語", "en": "English"}, "easy": {"ja": "やさしい日本語", "en": "easy Japanese"}}
NAMES |= {"zh": {"ja": "中国語", "en": "Chinese"}, "ko": {"ja": "韓国語", "en": "Korean"}}


def check(subject: Subject) -> None:
    """One report a language: how many wordings lack it, and the first place where it is missing."""
    texts = list(_texts(subject.root, ()))
    for language in LANGUAGES[1:]:
        missing = [path for path, node in texts if not _speaks(node, language) and _for(language, path)]
        if missing and (language == "en" or any(_speaks(node, language) for _, node in texts)):
            name = NAMES[language]
            count, total = len(missing), len(texts)
            subject.problem(MISSING_LANGUAGE, missing[0], language=language, name=name, count=count, total=total)


def _texts(node: Node, path: Path) -> Iterator[tuple[Path, Node]]:
    if isinstance(node, SequenceNode):
        for index, item in enumerate(node.items):
            yield from _texts(item, (*path, index))
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
                yield from _texts(pair.value, (*path, key))


def _options(node: MappingNode, path: Path) -> Iterator[tuple[Path, Node]]:
    for value, pair in node.pairs.items():
        if _is_wording(pair.value):
            yield (*path, value), pair.value
        else:
            yield from _texts(pair.value, (*path, value))


def _messages(node: MappingNode) -> bool:
    """Not a field that happens to be called errors."""
    return all(_is_wording(pair.value) for pair in node.pairs.values()) and "title" not in node.pairs


def _is_wording(node: Node) -> bool:
    """Not a field that happens to be called title."""
    return isinstance(node, ScalarNode) or (isinstance(node, MappingNode) and set(node.pairs) <= set(LANGUAGES))


def _for(language: str, path: Path) -> bool:
    """Staff, who read stages, need no easy Japanese; the sentence that certifies is official wording."""
    return language == "en" or ("stages" not in path and path[-1] != "statement")


def _speaks(node: Node, language: str) -> bool:
    return isinstance(node, MappingNode) and language in node.pairs
