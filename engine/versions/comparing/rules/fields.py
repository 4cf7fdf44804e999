"""What changes about a question: its type, whether it must be answered, the words of a declaration."""

from collections.abc import Iterator
from dataclasses import replace

from engine.model import Field, Text
from engine.versions.comparing.changes import Change, Spot
from engine.versions.comparing.naming import label
from engine.versions.comparing.sayings import Sayable
from engine.versions.comparing.walking import Walk
from engine.versions.moving.converting import may_carry
from engine.versions.moving.sameness import words_declared_differ


def _type(_walk: Walk, spot: Spot, old: Field, new: Field) -> Iterator[Change]:
    if old.type != new.type:
        told: dict[str, Sayable] = {
            key: Text(field.type.doc["ja"], {"en": field.type.doc["en"]})
            for key, field in (("before", old), ("after", new))
        }
        yield Change("type", spot.below("type"), "fits" if may_carry(old, new) else "asked", told)


def _optional(walk: Walk, spot: Spot, old: Field, new: Field) -> Iterator[Change]:
    here = spot.below("optional")
    if (old.optional, new.optional) == (False, True):
        yield Change("made_optional", here, "none")
    elif (old.optional, new.optional) == (True, False):
        yield Change("made_required", here, "unanswered")
    elif old.optional != new.optional:
        yield walk.changed("formula", here, label(old, "optional"), old.optional, new.optional, "unanswered")


def _title(walk: Walk, spot: Spot, old: Field, new: Field) -> Iterator[Change]:
    yield from _words("title", walk, spot, old, new)


def _hint(walk: Walk, spot: Spot, old: Field, new: Field) -> Iterator[Change]:
    yield from _words("hint", walk, spot, old, new)


def _words(attribute: str, walk: Walk, spot: Spot, old: Field, new: Field) -> Iterator[Change]:
    before, after = getattr(old, attribute), getattr(new, attribute)
    told = walk.value(spot.below(attribute), label(old, attribute), before, after)
    yield from (replace(one, drafts="asked") for one in told) if words_declared_differ(old, new) else told


def _items(walk: Walk, spot: Spot, old: Field, new: Field) -> Iterator[Change]:
    """An item is called as its list is, unless it says otherwise: then a new title is told once."""
    before, after = old.items, new.items
    if before is not None and after is not None and (before.title, after.title) == (old.title, new.title):
        before = replace(before, title=after.title)
    if before is not None and after is not None:
        yield from walk.record(spot.below("items"), before, after)
    elif old.type == new.type:
        yield from walk.value(spot.below("items"), label(old, "items"), before, after)


RULES = {
    ("Field", "type"): _type,
    ("Field", "optional"): _optional,
    ("Field", "title"): _title,
    ("Field", "hint"): _hint,
    ("Field", "items"): _items,
}
