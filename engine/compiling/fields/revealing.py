"""Fields that an option reveals become fields of their own, right after the choice and on condition of that option.

It happens once, on what was read, so that nothing else needs to know of them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.compiling import codes
from engine.compiling.concepts import Concepts
from engine.language.kinds import FormulaSource, Part
from engine.language.options import OptionSource
from engine.problems import Report

Parts = dict[str, Part]


def unfold(procedure: Part, concepts: Concepts, report: Report) -> None:
    """Put the revealed fields of a procedure into its steps, objects, lists and clerk fields."""
    unfolding = _Unfolding(concepts, report)
    for step in procedure.get("steps", {}).values():
        unfolding.within(step, "fields")
    review = procedure.get("review")
    if review is not None:
        unfolding.within(review, "clerk_fields")


class _Unfolding:
    """The concepts, which may have options too, and where problems go."""

    def __init__(self, concepts: Concepts, report: Report) -> None:
        self.concepts, self.report = concepts, report

    def within(self, holder: Part, key: str) -> None:
        """The fields under `key` and all that is inside them."""
        parts = holder.get(key)
        if not parts:
            return
        for part in parts.values():
            self.inside(part)
        holder.values[key] = self.chain(parts)

    def inside(self, part: Part) -> None:
        """The fields inside an object or a list."""
        self.within(part, "properties")
        items = part.get("items")
        if isinstance(items, Part):
            self.within(items, "properties")

    def chain(self, parts: Mapping[str, Part]) -> Parts:
        """`parts` in their order, each followed by what its options reveal, however deep."""
        whole: Parts = {}
        for name, part in parts.items():
            whole[name] = part
            for id, inner in self.chain(dict(self.revealed(name, part, {*parts}))).items():
                if id in whole:
                    self.refuse(id, inner, whole[id])
                whole.setdefault(id, inner)
        return whole

    def revealed(self, name: str, part: Part, taken: set[str]) -> Iterator[tuple[str, Part]]:
        """What the options of one choice reveal, with their conditions."""
        values = self.values_of(part)
        several = values.get("type") in ("choices", "array") or isinstance(values.get("items"), Part)
        for option in _options(values):
            chosen = f"{option.value!r} in {name}" if several else f"{name} == {option.value!r}"
            for id, inner in option.reveals.items():
                self.inside(inner)
                if id in taken:
                    self.refuse(id, inner, part)
                else:
                    taken.add(id)
                    yield id, _on_condition(inner, chosen)

    def values_of(self, part: Part) -> Mapping[str, Any]:
        """What is written of a field together with its concept."""
        concept = self.concepts.parts.get(part.get("concept", ""))
        return part.values if concept is None else {**concept.values, **part.values}

    def refuse(self, id: str, inner: Part, other: Part) -> None:
        """Two fields of one name, of which the option's would silently replace the other."""
        self.report.add(codes.DUPLICATE_FIELD, inner.node, inner.path, name=id, line=other.node.line)


def _options(values: Mapping[str, Any]) -> tuple[OptionSource, ...]:
    items = values.get("items")
    listed = items.get("options") if isinstance(items, Part) else None
    return listed or values.get("options") or ()


def _on_condition(part: Part, chosen: str) -> Part:
    """The field with the option's condition before its own."""
    own: FormulaSource | None = part.get("when")
    text = chosen if own is None else f"{chosen} and ({own.text})"
    place = part.node if own is None else own
    when = FormulaSource(text, place.line, place.col, part.at("when"), exact=False)
    return Part(part.node, part.path, {**part.values, "when": when})
