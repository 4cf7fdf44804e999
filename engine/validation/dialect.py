"""The reference: JSON Schema 2020-12 as `jsonschema` reads it, with linear-time patterns and exact multiples."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from engine.patterns import matches


def _pattern(_: object, pattern: str, instance: Any, __: object) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not matches(pattern, instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _pattern_properties(
    validator: Any, patterns: dict[str, Any], instance: Any, _: object
) -> Iterator[ValidationError]:
    if validator.is_type(instance, "object"):
        for pattern, schema in patterns.items():
            for name, value in instance.items():
                if matches(pattern, name):
                    yield from validator.descend(value, schema, path=name, schema_path=pattern)


def _additional_properties(
    validator: Any, schema: Any, instance: Any, whole: dict[str, Any]
) -> Iterator[ValidationError]:
    if not validator.is_type(instance, "object"):
        return
    listed, patterns = whole.get("properties", {}), whole.get("patternProperties", {})
    for name, value in instance.items():
        if name not in listed and not any(matches(pattern, name) for pattern in patterns):
            yield from validator.descend(value, schema, path=name)


def _required(validator: Any, names: list[str], instance: Any, _: object) -> Iterator[ValidationError]:
    """As in the standard, but the error stands where the answer is missing."""
    if validator.is_type(instance, "object"):
        for name in names:
            if name not in instance:
                yield ValidationError(f"{name!r} is missing", path=[name])


def _multiple_of(validator: Any, step: Any, instance: Any, _: object) -> Iterator[ValidationError]:
    """0.3 is a multiple of 0.1, as it is written, whatever binary fractions make of it."""
    if validator.is_type(instance, "number") and not _divides(str(step), str(instance)):
        yield ValidationError(f"{instance!r} is not a multiple of {step!r}")


def _divides(step: str, number: str) -> bool:
    try:
        return (Fraction(number) / Fraction(step)).denominator == 1
    except ValueError:  # infinite, or not a number
        return False


Validator: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {
        "pattern": _pattern,
        "patternProperties": _pattern_properties,
        "additionalProperties": _additional_properties,
        "required": _required,
        "multipleOf": _multiple_of,
    },
)

_evolve = Validator.evolve


def _of_this_dialect(self: Any, **changes: Any) -> Any:
    """A `$schema` inside would bring in a dialect whose patterns go back over a text without end."""
    schema = changes.get("schema")
    if isinstance(schema, dict) and "$schema" in schema:
        changes["schema"] = {keyword: value for keyword, value in schema.items() if keyword != "$schema"}
    return _evolve(self, **changes)


Validator.evolve = _of_this_dialect
