"""Readings above kanji are written so that they can be shown: 犬《いぬ》."""

from collections.abc import Iterator

from engine.checks.subject import Path, Subject
from engine.checks.wordings import texts
from engine.problems import Code
from engine.source import MappingNode, Node, ScalarNode
from engine.words.ruby import LANGUAGES, left_over

BAD_RUBY = Code("bad-ruby", example="title: {ja: 犬の登録, easy: 犬《dog》の とうろく}")


def check(subject: Subject) -> None:
    """Report each wording in which a 《, 》 or ｜ would be shown as it is."""
    for path, node in texts(subject.root):
        for place, wording in _wordings(node, path):
            if rest := left_over(wording):
                subject.problem(BAD_RUBY, place, rest=rest)


def _wordings(node: Node, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(node, ScalarNode):
        yield path, node.text
    elif isinstance(node, MappingNode):
        for language in LANGUAGES:
            if isinstance(words := node.get(language), ScalarNode):
                yield (*path, language), words.text
