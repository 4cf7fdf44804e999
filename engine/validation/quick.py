"""A quick test of usual schemas: what it accepts, the reference accepts too; of the rest it says nothing."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.patterns import matches

Test = Callable[[Any], bool]
Schema = Mapping[str, Any]

ANNOTATIONS = frozenset({"title", "description", "default", "examples", "$comment", "deprecated", "format"})
PYTHON: Mapping[str, frozenset[type]] = {
    "string": frozenset({str}),
    "integer": frozenset({int}),
    "boolean": frozenset({bool}),
    "array": frozenset({list}),
    "number": frozenset({int, float}),
    "object": frozenset({dict}),
}


def quick_test(schema: Schema) -> Test | None:
    """A test that accepts only what the reference accepts; None where the schema says more than it understands.

    It may refuse what the reference accepts (1.0 as an integer): then the reference decides.
    """
    if "enum" in schema or "const" in schema:
        return _listed(schema)
    kind = schema.get("type")
    if not isinstance(kind, str) or kind not in PYTHON:
        return None
    keywords = schema.keys() - ANNOTATIONS - {"type"}
    tests = [MAKERS[keyword](schema[keyword], schema) for keyword in keywords & FOR_TYPE[kind]]
    if keywords - FOR_TYPE[kind] or None in tests:
        return None
    known = [test for test in tests if test is not None]
    return _of_kind(PYTHON[kind], (_finite, *known) if kind == "number" else tuple(known))


def _of_kind(python: frozenset[type], tests: tuple[Test, ...]) -> Test:
    """To Python a truth value is a number; to JSON it is not: the class itself is looked at."""

    def accepts(answer: Any) -> bool:
        if answer.__class__ not in python:
            return False
        for test in tests:  # noqa: SIM110 - this runs for every answer, and `all` takes twice as long
            if not test(answer):
                return False
        return True

    return accepts


def _finite(number: Any) -> bool:
    return bool(number - number == 0)  # as an infinite one is not, whatever the size of the others


def _holds(_: Any) -> bool:
    return True


def _listed(schema: Schema) -> Test | None:
    """Of listed values only texts and truth values: JSON's 1 and true are different, Python's are not."""
    kinds = {None: (str, bool), "string": str, "boolean": bool}
    kind = schema.get("type")
    listing = schema.keys() & {"enum", "const"}
    more = schema.keys() - listing - ANNOTATIONS - {"type"}
    if more or len(listing) > 1 or isinstance(kind, list) or kind not in kinds:
        return None
    python: Any = kinds[kind]
    values = schema["enum"] if "enum" in schema else [schema["const"]]
    texts = frozenset(value for value in values if isinstance(value, str))
    truths = frozenset(value for value in values if isinstance(value, bool))

    def accepts(answer: Any) -> bool:
        if not isinstance(answer, python):
            return False
        return answer in texts if isinstance(answer, str) else answer in truths

    return accepts


def _pattern(pattern: str, _: Schema) -> Test:
    return lambda answer: matches(pattern, answer)


def _items(schema: Any, whole: Schema) -> Test | None:
    test = quick_test(schema) if isinstance(schema, Mapping) and "prefixItems" not in whole else None
    return None if test is None else lambda answer: all(map(test, answer))


def _properties(schemas: Mapping[str, Any], _: Schema) -> Test | None:
    tests = {name: quick_test(schema) if isinstance(schema, Mapping) else None for name, schema in schemas.items()}
    known = tuple((name, test) for name, test in tests.items() if test is not None)
    if len(known) < len(tests):
        return None

    def accepts(answer: Any) -> bool:
        for name, test in known:  # noqa: SIM110 - as above
            if name in answer and not test(answer[name]):
                return False
        return True

    return accepts


def _additional(allowed: Any, whole: Schema) -> Test | None:
    """Only the plain refusal of what is not listed."""
    names = frozenset(whole.get("properties", ()))
    return (lambda answer: answer.keys() <= names) if allowed is False else None


def _required(names: list[str], _: Schema) -> Test:
    wanted = frozenset(names)
    return lambda answer: wanted <= answer.keys()


def _unique(wanted: bool, _: Schema) -> Test:  # noqa: FBT001 - the value of the keyword
    if not wanted:
        return _holds
    return lambda items: all(isinstance(item, str) for item in items) and len(set(items)) == len(items)


def _multiple(step: Any, _: Schema) -> Test:
    """As they are written, whatever binary fractions make of it; too long ones are left to the reference."""
    exact = Decimal(str(step))

    def divides(answer: Any) -> bool:
        try:
            return Decimal(str(answer)) % exact == 0
        except InvalidOperation:
            return False

    return divides


# The keywords that are understood for a type; with others the schema is left to the reference.
FOR_TYPE: Mapping[str, frozenset[str]] = {
    "string": frozenset({"pattern", "minLength", "maxLength"}),
    "integer": frozenset({"minimum", "maximum"}),
    "number": frozenset({"minimum", "maximum", "multipleOf"}),
    "boolean": frozenset(),
    "array": frozenset({"items", "uniqueItems", "minItems", "maxItems"}),
    "object": frozenset({"properties", "required", "additionalProperties"}),
}

MAKERS: Mapping[str, Callable[[Any, Schema], Test | None]] = {
    "pattern": _pattern,
    "items": _items,
    "properties": _properties,
    "required": _required,
    "additionalProperties": _additional,
    "uniqueItems": _unique,
    "minLength": lambda least, _: lambda answer: len(answer) >= least,
    "maxLength": lambda most, _: lambda answer: len(answer) <= most,
    "minimum": lambda least, _: lambda answer: answer >= least,
    "maximum": lambda most, _: lambda answer: answer <= most,
    "multipleOf": _multiple,
    "minItems": lambda least, _: lambda answer: len(answer) >= least,
    "maxItems": lambda most, _: lambda answer: len(answer) <= most,
}
