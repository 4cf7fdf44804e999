"""The dictionary of concepts: what procedures ask about, the same thing in every procedure."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from engine.language.kinds import WRONG, Part
from engine.language.schemas import CONCEPTS
from engine.problems import Problem, Report
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
    return Concepts({} if parts is WRONG else parts, root.plain()), report.problems
