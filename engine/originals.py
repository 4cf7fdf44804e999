"""Answers in the shape of the original that a procedure was imported from, and back: by the places under `as`."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.model import Field, Procedure

WHOLE = ""
"""The pointer of a field that is the whole of the original."""


def to_original(procedure: Procedure, answers: Mapping[str, Any]) -> Any:
    """The answers as the original has them: each where its `as` points to, by default under its id."""
    return _write(procedure.fields.values(), answers)


def from_original(procedure: Procedure, original: Any) -> dict[str, Any]:
    """The answers that an instance of the original gives. What no field stands for keeps its JSON Pointer as a key."""
    fields = tuple(procedure.fields.values())
    if len(fields) == 1 and fields[0].stands_at == WHOLE:
        return {fields[0].id: _read_one(fields[0], original)}
    found = _read(fields, original)
    return found if isinstance(found, dict) else {WHOLE: original}


def place_of(field: Field) -> tuple[str, ...]:
    """The names that lead to a field from the object it stands in."""
    if field.stands_at is None:
        return (field.id,)
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in field.stands_at.split("/")[1:])


def _write(fields: Iterable[Field], answers: Any) -> Any:
    if not isinstance(answers, Mapping):
        return answers
    known = {field.id: field for field in fields}
    found: dict[str, Any] = {}
    for name, answer in answers.items():
        field = known.get(name)
        if field is None:
            found[name] = answer
            continue
        value = _write_one(field, answer)
        place = place_of(field)
        if not place:
            return value
        inner = found
        for step in place[:-1]:
            inner = inner.setdefault(step, {})
        inner[place[-1]] = value
    return found


def _write_one(field: Field, answer: Any) -> Any:
    if field.properties:
        return _write(field.properties, answer)
    if field.items is not None and isinstance(answer, list):
        return [_write_one(field.items, item) for item in answer]
    return answer


def _read(fields: tuple[Field, ...], original: Any) -> Any:
    if not isinstance(original, Mapping):
        return original
    rest = _copy(original)
    found: dict[str, Any] = {}
    for field in fields:
        *way, last = place_of(field)
        inner: Any = rest
        for step in way:
            inner = inner.get(step) if isinstance(inner, dict) else None
        if isinstance(inner, dict) and last in inner:
            found[field.id] = _read_one(field, inner.pop(last))
    for field in fields:
        _drop_emptied(rest, place_of(field)[:-1])
    return found | {f"/{name}": value for name, value in rest.items()}


def _read_one(field: Field, value: Any) -> Any:
    if field.properties:
        return _read(field.properties, value)
    if field.items is not None and isinstance(value, list):
        return [_read_one(field.items, item) for item in value]
    return value


def _copy(value: Mapping[str, Any]) -> dict[str, Any]:
    """Objects are taken apart, so they are copied; everything else is only looked at."""
    return {name: _copy(inner) if isinstance(inner, Mapping) else inner for name, inner in value.items()}


def _drop_emptied(rest: dict[str, Any], way: tuple[str, ...]) -> None:
    """An object all of whose fields were taken is no answer of its own."""
    if not way:
        return
    inner = rest.get(way[0])
    if isinstance(inner, dict):
        _drop_emptied(inner, way[1:])
        if not inner:
            del rest[way[0]]
