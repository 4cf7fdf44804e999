"""Wordings repeat only answers that were given before, in places where they are told to whoever answers."""

from collections.abc import Iterator, Mapping

from engine.checks.subject import Path, Subject
from engine.language.kinds.words import LANGUAGES
from engine.model import Field, Text
from engine.problems import Code, Suggestion
from engine.source import MappingNode, Node, ScalarNode, SequenceNode
from engine.words.repeating import REPEATED, Repeated

REPEATS_UNKNOWN = Code("repeats-unknown", example="title: '{call_nmae|この犬}の生年月日'")
REPEATS_ELSEWHERE = Code("repeats-elsewhere", example="options: {own: '{call_name|この犬}の分'}")
REPEATS_BARE = Code("repeats-bare", example="title: '{call_name}の生年月日'", severity="warning")

HOLDERS = frozenset({"fields", "properties", "reveals", "clerk_fields"})  # what stands in them are fields
UNTOLD = frozenset({"file", "note", "declaration", "later"})


def check(subject: Subject) -> None:
    """Report names that mean no answer given before, wordings that repeat nothing, and braces without a wording."""
    order = {placed.field.path: place for place, placed in enumerate(subject.fields)}
    for path, text, names, before in _texts(subject, order):
        known = [name for name, field in names.items() if _tellable(field) and order.get(field.path, before) < before]
        known += [name for name in subject.procedure.calculated if name not in names]
        for name in sorted(_names(text)):
            if not _means(name.split("."), names, known):
                subject.problem(REPEATS_UNKNOWN, path, name=name, advice=Suggestion.among(name, known))
    _elsewhere(subject)


def repeated_names(subject: Subject) -> set[str]:
    """The names that wordings repeat, without their parts."""
    order = dict.fromkeys((placed.field.path for placed in subject.fields), 0)
    return {name.split(".")[0] for _, text, _, _ in _texts(subject, order) for name in _names(text)}


def _names(text: Text) -> set[str]:
    return {piece.name for said in text.repeats.values() for piece in said if isinstance(piece, Repeated)}


def _texts(subject: Subject, order: Mapping[str, int]) -> Iterator[tuple[Path, Text, Mapping[str, Field], int]]:
    """Each wording that may repeat answers, the names it can use, and the place in the order that these are before."""
    for step in subject.procedure.steps:
        first = order[step.fields[0].path]
        for key, text in (("title", step.title), ("hint", step.hint)):
            if text is not None:
                yield ("steps", step.id, key), text, subject.top, first
    for placed in subject.fields:
        field, before = placed.field, order[placed.field.path]
        for key, text in (("title", field.title), ("hint", field.hint)):
            if text is not None:
                yield (*placed.path, key), text, placed.scope, before
        if field.items is not None and field.items.title is not field.title:
            inner = {one.id: one for one in field.items.properties}
            yield (*placed.path, "items", "title"), field.items.title, {**placed.scope, **inner}, len(order)


def _means(parts: list[str], names: Mapping[str, Field], known: list[str]) -> bool:
    """Whether it is an answer that was given before, or a part of one."""
    first, *rest = parts
    field = names.get(first)
    if field is None or not rest:
        return first in known and not rest
    while rest and field.properties:
        inner = next((one for one in field.properties if one.id == rest[0]), None)
        if inner is None:
            return False
        field, rest = inner, rest[1:]
    return _tellable(field) if not rest else len(rest) == 1 and rest[0] in field.type.parts(field)


def _tellable(field: Field) -> bool:
    """Whether its answer is a line of words, and not for nobody's eyes."""
    return field.items is None and not field.properties and field.type.control not in UNTOLD and not _secret(field)


def _secret(field: Field) -> bool:
    return field.privacy in {"my_number", "sensitive"}


def _elsewhere(subject: Subject) -> None:
    names = {*subject.top, *subject.procedure.calculated}
    for path, node in _scalars(subject.root, ()):
        spoken = path[:-1] if path and path[-1] in LANGUAGES else path
        if path[:1] == ("scenarios",):
            continue
        if REPEATED.search(node.text) and not _repeats(spoken):
            subject.problem(REPEATS_ELSEWHERE, path)
        for name in sorted(names):
            if f"{{{name}}}" in node.text and _repeats(spoken):
                subject.problem(REPEATS_BARE, path, name=name)


def _repeats(path: Path) -> bool:
    """Whether a wording at this place is told with answers: titles and hints of steps and of questions."""
    if path[0] != "steps" or path[-1] not in {"title", "hint"}:
        return False
    return len(path) == len(("steps", "id", "title")) or path[-2] == "items" or path[-3] in HOLDERS


def _scalars(node: Node, path: Path) -> Iterator[tuple[Path, ScalarNode]]:
    if isinstance(node, ScalarNode):
        yield path, node
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.items):
            yield from _scalars(item, (*path, index))
    elif isinstance(node, MappingNode):
        for key, pair in node.pairs.items():
            yield from _scalars(pair.value, (*path, key))
