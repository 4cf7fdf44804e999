"""The dictionary of concepts: what procedures ask about, the same thing in every procedure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from engine.compiling import codes
from engine.language.kinds import WRONG, Part
from engine.language.schemas import CONCEPTS
from engine.problems import Problem, Report, Suggestion
from engine.source import read

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Concepts:
    """The concepts by name as they were read, and as plain values for the digest of what uses them."""

    parts: Mapping[str, Part]
    plain: Mapping[str, Any]

    @classmethod
    def empty(cls) -> "Concepts":
        """A dictionary without concepts."""
        return cls(NOTHING, NOTHING)


def load_concepts(source: str | bytes, file: str) -> tuple[Concepts, tuple[Problem, ...]]:
    """Read `concepts.yaml`. Concepts that are wrong are reported and left out; an empty source has none."""
    report = Report(file)
    if not source.strip():
        return Concepts.empty(), ()
    root = read(source, report)
    if root is None:
        return Concepts.empty(), report.problems
    parts = CONCEPTS.read(root, "", report)
    sound = {} if parts is WRONG else _without_circles(parts, report)
    return Concepts(sound, root.plain()), report.problems


def _without_circles(parts: Mapping[str, Part], report: Report) -> dict[str, Part]:
    """The concepts that are not made of themselves; those that are, and names of none, are reported."""
    made_of: dict[str, set[str]] = {}
    for name, part in parts.items():
        made_of[name] = set()
        for inner in _inner(part):
            other = inner.get("concept")
            if other in parts:
                made_of[name].add(other)
            elif other is not None:
                advice = Suggestion.among(other, parts)
                report.add(
                    codes.UNKNOWN_CONCEPT, inner.place("concept"), inner.at("concept"), name=other, advice=advice
                )
    circular = {name for name in parts if name in _reached(name, made_of)}
    for name in sorted(circular):
        report.add(codes.CONCEPT_CIRCLE, parts[name].node, parts[name].path, name=name)
    return {name: part for name, part in parts.items() if not circular & {name, *_reached(name, made_of)}}


def _inner(part: Part) -> Iterator[Part]:
    """The fields inside a concept, however deep."""
    items = part.get("items")
    for inner in (*part.get("properties", {}).values(), *([items] if isinstance(items, Part) else [])):
        yield inner
        yield from _inner(inner)


def _reached(name: str, made_of: Mapping[str, set[str]]) -> set[str]:
    """Every concept inside `name`, at any depth."""
    found: set[str] = set()
    waiting = set(made_of[name])
    while waiting:
        other = waiting.pop()
        if other not in found:
            found.add(other)
            waiting |= made_of[other]
    return found
