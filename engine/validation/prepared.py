"""A field's JSON Schema, made ready once: a quick test that settles the usual, and the reference for the rest."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import re2
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from engine.model import Field

Test = Callable[[Any], bool]
MOST = 50_000  # fields kept ready; far more than an installation has


def _linear_pattern(_: object, pattern: str, instance: Any, __: object) -> Iterator[ValidationError]:
    """Patterns run in linear time: an author's pattern must not be a way to stop the service."""
    if isinstance(instance, str) and not re2.search(pattern, instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


Validator: Any = extend(Draft202012Validator, {"pattern": _linear_pattern})  # type: ignore[no-untyped-call]


class Prepared:
    """What a field's schema says of an answer."""

    __slots__ = ("_quick", "_reference", "field")

    def __init__(self, field: Field) -> None:
        self.field = field  # kept, so that its identity is not given to another
        self._quick = quick_test(field.schema)
        self._reference = Validator(dict(field.schema))

    def errors(self, answer: Any) -> list[Any]:
        """The reference's errors; none without asking it where the quick test accepts."""
        if self._quick is not None and self._quick(answer):
            return []
        return list(self._reference.iter_errors(answer))


_ready: dict[int, Prepared] = {}


def prepared(field: Field) -> Prepared:
    """The field made ready, on first use."""
    found = _ready.get(id(field))
    if found is None:
        if len(_ready) >= MOST:
            _ready.clear()
        found = _ready[id(field)] = Prepared(field)
    return found


def quick_test(schema: Mapping[str, Any]) -> Test | None:
    """A test that accepts only what the reference accepts; None where the schema says more than it understands.

    It may refuse what the reference accepts (1.0 as an integer): then the reference decides.
    """
    tests: list[Test] = []
    for keyword, value in schema.items():
        if keyword in ANNOTATIONS:
            continue
        make = QUICK.get(keyword)
        test = None if make is None else make(value)
        if test is None:
            return None
        tests.append(test)
    tests.sort(key=lambda test: test.__name__ != "is_type")  # the type first: the others rely on it
    if "type" not in schema and any(test.__name__ != "is_listed" for test in tests):
        return None
    return lambda answer: all(test(answer) for test in tests)


ANNOTATIONS = frozenset({"title", "description", "default", "examples", "$comment", "deprecated", "format"})
PYTHON: Mapping[str, Any] = {"string": str, "integer": int, "boolean": bool, "array": list, "number": (int, float)}


def _type(name: Any) -> Test | None:
    python = PYTHON.get(name) if isinstance(name, str) else None
    if python is None:
        return None

    def is_type(answer: Any) -> bool:
        return isinstance(answer, python) and (name == "boolean" or not isinstance(answer, bool))

    return is_type


def _listed(values: Any) -> Test:
    """Texts only: JSON's 1 and true are different, Python's are not."""
    texts = frozenset(value for value in values if isinstance(value, str))

    def is_listed(answer: Any) -> bool:
        return isinstance(answer, str) and answer in texts

    return is_listed


def _pattern(pattern: Any) -> Test:
    compiled = re2.compile(pattern)
    return lambda answer: compiled.search(answer) is not None


def _items(schema: Any) -> Test | None:
    test = quick_test(schema) if isinstance(schema, Mapping) else None
    return None if test is None else lambda answer: all(test(item) for item in answer)


QUICK: Mapping[str, Callable[[Any], Test | None]] = {
    "type": _type,
    "enum": _listed,
    "pattern": _pattern,
    "items": _items,
    "minLength": lambda least: lambda answer: len(answer) >= least,
    "maxLength": lambda most: lambda answer: len(answer) <= most,
    "minimum": lambda least: lambda answer: answer >= least,
    "maximum": lambda most: lambda answer: answer <= most,
    "minItems": lambda least: lambda answer: len(answer) >= least,
    "maxItems": lambda most: lambda answer: len(answer) <= most,
    "uniqueItems": lambda wanted: lambda answer: not wanted or _all_different(answer),
}


def _all_different(items: list[Any]) -> bool:
    return all(isinstance(item, str) for item in items) and len(set(items)) == len(items)
