"""The fields of a spec, wherever they stand, each with the way that leads to its answer."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

ITEM = "*"

Way = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A field that may be changed in place, how its answer is reached (`*`: every item), and its level in the YAML."""

    field: dict[str, Any]
    way: Way
    level: int

    @property
    def name(self) -> str:
        """The way in one word."""
        return ".".join(self.way)

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.field.get("title", self.way[-1]))

    def without(self, keys: Iterable[str]) -> None:
        """Take keys away; a choice without its options is a text."""
        for key in keys:
            self.field.pop(key, None)
        if self.field["type"] == "choice" and "options" not in self.field:
            self.field["type"] = "string"

    def fold(self) -> dict[str, Any]:
        """Make it an answer that is not asked; what it was."""
        before = {key: self.field[key] for key in self.field if key not in {"type", "title", "optional", "as"}}
        self.without(before)
        self.field["type"] = "json"
        return before


def placed(fields: Mapping[str, dict[str, Any]], way: Way = (), level: int = 5) -> Iterator[Placed]:
    """The fields and those inside them, the outer before the inner."""
    for name, one in fields.items():
        yield from _with_inner(one, (*way, name), level)


def _with_inner(field: dict[str, Any], way: Way, level: int) -> Iterator[Placed]:
    yield Placed(field, way, level)
    if field["type"] == "json":
        return
    yield from placed(field.get("properties", {}), way, level + 2)
    if isinstance(field.get("items"), dict):
        yield from _with_inner(field["items"], (*way, ITEM), level + 1)


def group_of(field: Mapping[str, Any]) -> bool:
    """Whether there are questions inside."""
    return field["type"] != "json" and ("properties" in field or isinstance(field.get("items"), dict))


def demand(schema: dict[str, Any], way: Way, rule: Mapping[str, Any]) -> None:
    """Add to a schema of the whole that the answer at `way` matches `rule`."""
    for step in way:
        if step == ITEM:
            schema = schema.setdefault("items", {})
        else:
            schema = schema.setdefault("properties", {}).setdefault(step, {})
    schema.setdefault("allOf", []).append(dict(rule))
