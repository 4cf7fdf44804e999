"""The groups of items that a line is charged for: what each looks like to expressions, and what people call it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.expressions import UNKNOWN, Scope
from engine.fees.wording import IF_WHOLE, OTHERS, words
from engine.journey import Journey
from engine.model import Field, Groups, Text
from engine.model.prices import NoPrice
from engine.titles import all_speak


@dataclass(frozen=True, slots=True)
class Group:
    """Some items of a list, as a scope in which the list holds only them, with a name for people."""

    scope: Scope
    name: Text


def groups_of(groups: Groups, journey: Journey) -> Iterator[Group]:
    """Each group once, in the order of its first item. Raises `NoPrice` while it is open which there are."""
    items = journey.scope.look_up(groups.list)
    if items is UNKNOWN:
        if journey.first_unfinished() is not None:
            raise NoPrice
        return
    listed = journey.procedure.fields[groups.list]
    asked = {field.id: field for field in (listed.items.properties if listed.items else ())}
    answers: Sequence[Mapping[str, Any]] = journey.answers[groups.list]
    if not groups.by:
        yield from _each(items, asked, journey.scope)
        return
    found: dict[tuple[Any, ...], list[int]] = {}
    for place, item in enumerate(items):
        found.setdefault(tuple(_key(item, name) for name in groups.by), []).append(place)
    for places in found.values():
        first = items[places[0]]
        values = {groups.list: [items[place] for place in places]} | {name: first[name] for name in groups.by}
        shared = [(asked[name], answers[places[0]].get(name)) for name in groups.by]
        yield Group(_with(journey.scope, values), _name(shared))


def _each(items: Sequence[Mapping[str, Any]], asked: Mapping[str, Field], scope: Scope) -> Iterator[Group]:
    for number, item in enumerate(items, 1):
        yield Group(_with(scope, item, hidden=asked), words("item", number=number))


def _with(scope: Scope, values: Mapping[str, Any], hidden: Collection[str] = ()) -> Scope:
    return Scope(dict(values), scope.today, scope.named, scope.outer or scope, scope, hidden)


def _key(item: Mapping[str, Any], name: str) -> Any:
    """What two items must share: answers as they were given, names and addresses part by part."""
    value = item.get(name, UNKNOWN)
    if value is UNKNOWN:
        raise NoPrice
    return tuple(sorted(value.items())) if isinstance(value, Mapping) else value


def _name(shared: Sequence[tuple[Field, Any]]) -> Text:
    spoken = {
        language: " · ".join(field.type.show(field, answer, language) for field, answer in shared)
        for language in ("ja", *OTHERS, *(code for code in IF_WHOLE if all_speak((field for field, _ in shared), code)))
    }
    return Text(spoken.pop("ja"), spoken)
