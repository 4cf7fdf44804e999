"""Walks two versions of the model side by side. What has no rule of its own is compared by what it is made of."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from engine.expressions import Expression
from engine.model import Procedure, Text
from engine.versions.comparing.changes import Change, Effect, Spot
from engine.versions.comparing.effects import added, of_attribute, removed
from engine.versions.comparing.naming import entry_name, label, part_name
from engine.versions.comparing.ordering import moved
from engine.versions.comparing.sayings import Plain, Sayable, sayable
from engine.versions.equality import same
from engine.versions.pairing import Pairing, pair

Rule = Callable[["Walk", Spot, Any, Any], Iterator[Change]]
"""Compares one attribute of two parts: the walk, where they stand, the old part, the new one."""

KEYS = ("id", "code", "value", "name", "start")
"""What parts of a list are recognised by: the first of these that they have."""

UNSEEN = frozenset({"digest", "version", "path", "line", "index", "was"})
"""Attributes that change nothing themselves: the version is told in the head, `was` only says what is whose heir, the
others say where something is written."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Two versions, and the rules for attributes by the name of their class and their own."""

    old: Procedure
    new: Procedure
    rules: Mapping[tuple[str, str], Rule]

    def record(self, spot: Spot, old: Any, new: Any, key: str = "") -> Iterator[Change]:
        """Every attribute of a part that is in both versions, but for the `key` it was recognised by.

        What only follows from other attributes is declared with `compare=False`, and told by those.
        """
        for attribute in fields(old):
            name = attribute.name
            owner = type(old).__name__
            rule = self.rules.get((owner, name))
            if rule is not None:
                yield from rule(self, spot, old, new)
            elif attribute.compare and name not in UNSEEN and name != key:
                here = spot.below(name, effect=of_attribute(owner, name))
                yield from self.value(here, label(old, name), getattr(old, name), getattr(new, name))

    def value(self, spot: Spot, told: Sayable, old: Any, new: Any) -> Iterator[Change]:
        """Any value; `told` is what it is called."""
        if same(old, new):
            return
        if isinstance(old, Text | None) and isinstance(new, Text | None):
            yield self.wording(spot, told, old, new)
        elif isinstance(old, Expression | None) and isinstance(new, Expression | None):
            yield self.changed("formula", spot, told, old, new)
        elif (old is None and _is_record(new)) or (new is None and _is_record(old)):
            yield added(spot.called(told), new) if old is None else removed(spot.called(told), old)
        elif _is_record(old) and type(old) is type(new):
            yield from self.record(spot.called(told), old, new)
        elif _are_parts(old) and _are_parts(new):
            yield from self.parts(spot, old, new)
        elif isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from self.entries(spot.called(told), old, new)
        else:
            yield self.changed("value", spot, told, old, new)

    def parts(self, spot: Spot, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Change]:
        """Parts in a list, each recognised by its key, or else by its place."""
        key = _key_of([*old, *new])
        if key is None:
            numbered = {str(n): one for n, one in enumerate(old, 1)}, {str(n): one for n, one in enumerate(new, 1)}
            yield from self.entries(spot, *numbered)
            return
        pairing = pair(old, new, lambda part: str(getattr(part, key)))
        yield from self.paired(spot, pairing, old, new, key)

    def paired(
        self, spot: Spot, pairing: Pairing[Any], old: Sequence[Any], new: Sequence[Any], key: str
    ) -> Iterator[Change]:
        """Parts that were recognised: what is gone, what is new, what changed inside, what stands elsewhere."""
        for part in pairing.removed:
            yield removed(spot.below(str(getattr(part, key)), part_name(part)), part)
        wandered = moved([str(getattr(part, key)) for part in old], new, pairing, key)
        for part in new:
            name = str(getattr(part, key))
            here, origin = spot.below(name, part_name(part)), pairing.origin.get(name)
            if origin is None:
                yield added(here, part)
                continue
            if name in wandered:
                yield Change("moved", here, "none")
            yield from self.part(here, origin, part, key)

    def part(self, spot: Spot, old: Any, new: Any, key: str) -> Iterator[Change]:
        """A part that was recognised by its `key`, or by the one that it was."""
        before, after = str(getattr(old, key)), str(getattr(new, key))
        if before != after:
            yield Change("renamed", spot, "kept", {"before": Plain(before), "after": Plain(after)})
        yield from self.record(spot, old, new, key)

    def entries(self, spot: Spot, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
        """Named values; their order says nothing."""
        for name in [*old, *(name for name in new if name not in old)]:
            part = new.get(name, old.get(name))
            here = spot.below(str(name))
            if name in old and name in new:
                yield from self.value(here, _entry(name, part), old[name], new[name])
            else:
                tell = removed if name in old else added
                yield tell(spot.below(str(name), _entry(name, part)), part)

    def wording(self, spot: Spot, told: Sayable, old: Text | None, new: Text | None) -> Change:
        """Other words, in the first language where they differ. Nobody has to do anything about it."""
        if old is None or new is None:
            return self.changed("wording", spot, told, old, new, "none")
        languages = ["ja", *old.others, *new.others]
        before, after = next(
            (one, other) for code in languages if (one := _exactly(old, code)) != (other := _exactly(new, code))
        )
        return self.changed("wording", spot, told, before, after, "none")

    def changed(self, kind: str, spot: Spot, told: Sayable, old: Any, new: Any, effect: Effect | None = None) -> Change:
        """A change of one value, with what it was and what it is."""
        params = {"label": told, "before": sayable(old, self.old), "after": sayable(new, self.new)}
        return Change(kind, spot, effect or spot.effect, params)


def _exactly(text: Text, language: str) -> str | None:
    return text.as_written(language)


def _is_record(value: Any) -> bool:
    return is_dataclass(value) and not isinstance(value, type | Text | Expression)


def _are_parts(value: Any) -> bool:
    return isinstance(value, tuple) and all(_is_record(one) for one in value)


def _key_of(parts: Sequence[Any]) -> str | None:
    return next((key for key in KEYS if all(key in {one.name for one in fields(part)} for part in parts)), None)


def _entry(name: str, part: Any) -> Sayable:
    return part_name(part) if _is_record(part) else entry_name(str(name))
