"""Where the answer of one version stands in the next."""

from collections.abc import Iterable, Iterator, Mapping

from engine.model import Field, Procedure
from engine.versions.pairing import Pairing, pair

Place = tuple[str | int, ...]
"""The way to an answer: ids of fields, and places in lists from 0. ("dogs", 0, "chip")"""


def by_id(field: Field) -> str:
    """What fields of two versions are recognised by."""
    return field.id


def pair_fields(old: Procedure, new: Procedure) -> Pairing[Field]:
    """The fields of all steps: one that moved to another step is still itself."""
    return pair(tuple(old.fields.values()), tuple(new.fields.values()), by_id)


def relocate(old: Procedure, new: Procedure, place: Place) -> Place | None:
    """Where `new` asks for what `old` asked at `place`; None where it does not."""
    return _follow(pair_fields(old, new), place)


def field_paths(old: Procedure, new: Procedure) -> Mapping[str, str]:
    """`Field.path` of one version → of the next, for every field that is in both, at any depth."""
    return dict(_paths(pair_fields(old, new), old.fields.values()))


def inner(field: Field) -> tuple[Field, ...]:
    """The fields inside a group, or inside each item of a list."""
    return field.properties or (field.items.properties if field.items else ())


def _follow(pairing: Pairing[Field], place: Place) -> Place | None:
    name, *rest = place
    field = pairing.heir.get(str(name))
    if field is None or not rest:
        return None if field is None else (field.id,)
    origin = pairing.origin[field.id]
    in_list = isinstance(rest[0], int)
    if in_list is not bool(field.items):
        return (field.id,)
    index, below = (rest[:1], rest[1:]) if in_list else ([], rest)
    if not below:
        return (field.id, *index)
    found = _follow(pair(inner(origin), inner(field), by_id), tuple(below))
    return None if found is None else (field.id, *index, *found)


def _paths(pairing: Pairing[Field], fields: Iterable[Field]) -> Iterator[tuple[str, str]]:
    for old in fields:
        new = pairing.heir.get(old.id)
        if new is not None:
            yield old.path, new.path
            yield from _paths(pair(inner(old), inner(new), by_id), inner(old))
