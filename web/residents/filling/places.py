"""Where a list stands among the answers: its path, its address, what is asked in and around it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.digits import whole
from engine.expressions import Scope
from engine.journey import Journey, holds, inside, is_optional
from engine.model import Field

Path = tuple[str | int, ...]
"""Field ids and places of items from 0: `("firm", "officers", 0, "papers")`."""

MOST_ITEMS = 10**6
"""An item beyond these has no address."""


@dataclass(frozen=True, slots=True)
class Around:
    """What is asked at one place, the answers there, and what expressions see of them."""

    fields: Sequence[Field]
    answers: Mapping[str, Any]
    scope: Scope


def address_of(path: Path) -> str:
    """The path as it stands in an address, where items count from 1: `firm.officers/1/papers`."""
    text = ""
    for before, key in zip((None, *path), path, strict=False):
        text += f"/{key + 1}" if isinstance(key, int) else f".{key}" if isinstance(before, str) else f"/{key}"
    return text.removeprefix("/")


def path_at(address: str) -> Path:
    """The path of an address."""
    found: list[str | int] = []
    for part in address.split("/"):
        number = whole(part, MOST_ITEMS)
        found += part.split(".") if number is None else [number - 1]
    return tuple(found)


def value_at(answers: Any, path: Path) -> Any:
    """The answer at `path`; None where there is none."""
    for key in path:
        fits = (
            isinstance(answers, list) and key < len(answers) if isinstance(key, int) else isinstance(answers, Mapping)
        )
        if not fits:
            return None
        answers = answers[key] if isinstance(key, int) else answers.get(key)
    return answers


def put_at(answers: Any, path: Path, value: Any) -> Any:
    """A copy of `answers` with `value` at `path`; what is missing on the way comes into being."""
    if not path:
        return value
    key, rest = path[0], path[1:]
    if isinstance(key, int):
        items = list(answers or ())
        items[key : key + 1] = [put_at(items[key] if key < len(items) else {}, rest, value)]
        return items
    return {**(answers or {}), key: put_at((answers or {}).get(key), rest, value)}


def lists_in(fields: Iterable[Field], path: Path = ()) -> Iterator[tuple[Path, Field]]:
    """The lists with pages of their own among `fields` and inside their objects, with their paths from here."""
    for field in fields:
        here = (*path, field.id)
        if field.is_list:
            yield here, field
        else:
            yield from lists_in(field.properties, here)


def shown_lists(around: Around, path: Path = ()) -> Iterator[tuple[Path, Field]]:
    """Those of them that the answers so far make show."""
    for field in around.fields:
        here, answer = (*path, field.id), around.answers.get(field.id)
        if not holds(field.when, around.scope):
            continue
        if field.is_list:
            yield here, field
        elif field.properties and not (answer is None and is_optional(field, around.scope)):
            yield from shown_lists(_within(field.properties, answer, around.scope), here)


def around(journey: Journey, path: Path) -> Around | None:
    """What is asked inside the object or item at `path`; None where the procedure has no such place."""
    here = Around(tuple(journey.procedure.fields.values()), journey.answers, journey.scope)
    listed: Field | None = None
    for key in path:
        if isinstance(key, int):
            if listed is None:
                return None
            items = here.answers.get(listed.id) or []
            item = listed.item_answers(items[key]) if key < len(items) else {}
            here, listed = _within(listed.item_fields, item, here.scope), None
        else:
            found = next((field for field in here.fields if field.id == key), None)
            if found is None:
                return None
            if found.is_list:
                listed = found
            else:
                here = _within(found.properties, here.answers.get(key), here.scope)
    return here


def list_at(journey: Journey, path: Path) -> Field | None:
    """The list at `path`, if it shows."""
    item = len(path) - next((n for n, key in enumerate(reversed(path)) if isinstance(key, int)), len(path))
    here = around(journey, path[:item])
    if here is None:
        return None
    return next((field for inner, field in shown_lists(here) if inner == path[item:]), None)


def without_lists(fields: Iterable[Field], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers less those of lists that have pages of their own."""
    kept: dict[str, Any] = {}
    for field in fields:
        answer = answers.get(field.id)
        if field.id in answers and not field.is_list:
            inner = isinstance(answer, Mapping) and any(lists_in(field.properties))
            kept[field.id] = without_lists(field.properties, answer) if inner else answer
    return kept


def with_lists(fields: Sequence[Field], answers: Mapping[str, Any], saved: Any) -> dict[str, Any]:
    """Answers together with the lists that are saved beside them."""
    whole: dict[str, Any] = dict(answers)
    for path, _ in lists_in(fields):
        value = value_at(saved, path)
        if value is not None:
            whole = put_at(whole, path, value)
    return whole


def _within(fields: Sequence[Field], answers: Any, scope: Scope) -> Around:
    kept, inner = inside(tuple(fields), answers if isinstance(answers, Mapping) else {}, scope)
    return Around(fields, kept, inner)
