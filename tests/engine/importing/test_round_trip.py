"""Random schemas, imported and compiled, judge random instances as the reference judges them by the original."""

from collections.abc import Mapping
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.engine.importing.judging import accepts, bring_in, original_accepts, written

NAMES = ("name", "born on", "kind", "class", "氏名")
TEXTS = ("", "a", "ab", "abc", "x1", "太郎")
NUMBERS = (0, 1, 2, 2.5, -1, 10)
VALUES = st.sampled_from([*TEXTS, *NUMBERS, True, False, None])

STRINGS = st.fixed_dictionaries(
    {"type": st.just("string")},
    optional={
        "minLength": st.integers(0, 2),
        "maxLength": st.integers(1, 3),
        "pattern": st.sampled_from(["^a", "b$", "^(?!x)[a-z]+$", "[0-9]", "^a|太", "^(?:ab?)+c?$"]),
        "not": st.sampled_from([{"const": "ab"}, {"minLength": 3}]),
        "title": st.sampled_from(["氏名", "Name"]),
    },
)
QUANTITIES = st.fixed_dictionaries(
    {"type": st.sampled_from(["number", "integer"])},
    optional={
        "minimum": st.integers(-1, 2),
        "exclusiveMaximum": st.integers(1, 11),
        "multipleOf": st.sampled_from([1, 0.5]),
    },
)
CHOICES = st.lists(st.sampled_from([*TEXTS[1:], 1, 2, 2.5, True, None]), min_size=1, max_size=4, unique_by=repr).map(
    lambda values: {"enum": values}
)
WORDED = st.lists(st.sampled_from(TEXTS[1:]), min_size=1, max_size=3, unique=True).map(
    lambda values: {"oneOf": [{"const": value, "title": f"選択肢 {value}"} for value in values]}
)
SEVERAL = st.sampled_from(
    [
        {"type": ["string", "null"]},
        {"type": ["integer", "null"], "minimum": 1},
        {"type": ["string", "number"]},
        {"anyOf": [{"type": "null"}, {"enum": ["a", "ab"]}]},
        {"anyOf": [{"type": "null"}, {"const": "a", "title": "A"}, {"const": "b", "title": "B"}]},
        {"oneOf": [{"type": "string", "maxLength": 1}, {"type": "number"}]},
        {"type": "object", "additionalProperties": {"type": "integer"}},
        {"type": "array", "items": [{"type": "string"}, {"type": "number"}], "additionalItems": False},
    ]
)
LEAVES = (
    STRINGS
    | QUANTITIES
    | CHOICES
    | WORDED
    | SEVERAL
    | st.just({"type": "boolean"})
    | st.just({"$ref": "#/definitions/d"})
)


def lists(items: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {"type": st.just("array"), "items": items},
        optional={"minItems": st.integers(0, 2), "maxItems": st.integers(1, 3), "uniqueItems": st.booleans()},
    )


@st.composite
def objects(draw: st.DrawFn, inner: st.SearchStrategy[Any]) -> dict[str, Any]:
    """An object closed to other properties, with rules over those it has."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    some = st.lists(st.sampled_from(names), max_size=2, unique=True)
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {name: draw(inner) for name in names},
        "required": draw(some),
        "additionalProperties": False,
    }
    needs = some.map(lambda listed: {"required": listed})
    looks = st.tuples(st.sampled_from(names), VALUES).map(
        lambda pair: {"properties": {pair[0]: {"const": pair[1]}}, "required": [pair[0]]}
    )
    branches = st.fixed_dictionaries({"if": looks | needs, "then": needs | looks}, optional={"else": needs})
    rules = st.fixed_dictionaries(
        {},
        optional={
            "anyOf": st.lists(needs | looks, min_size=1, max_size=3),
            "oneOf": st.lists(needs | looks, min_size=1, max_size=2),
            "allOf": st.lists(needs | looks.map(lambda one: {"not": one}) | branches, min_size=1, max_size=2),
            "dependencies": st.dictionaries(st.sampled_from(names), some | looks, max_size=2),
            "maxProperties": st.integers(1, 4),
        },
    )
    schema |= draw(rules)
    if draw(st.booleans()):
        schema |= {"if": draw(looks), "then": draw(needs), "else": draw(needs | looks)}
    return schema


SCHEMAS = objects(st.recursive(LEAVES, lambda inner: objects(inner) | lists(inner), max_leaves=6))


def instances(schema: Mapping[str, Any], definitions: Mapping[str, Any], depth: int = 3) -> st.SearchStrategy[Any]:
    """Mostly of the right shape, whatever the rules say; sometimes of any."""
    if "$ref" in schema:
        return instances(definitions["d"], definitions, depth)
    if depth and "properties" in schema:
        parts = {name: instances(inner, definitions, depth - 1) for name, inner in schema["properties"].items()}
        return st.fixed_dictionaries({}, optional=parts)
    if depth and isinstance(schema.get("items"), Mapping):
        return st.lists(instances(schema["items"], definitions, depth - 1), max_size=3)
    listed = schema.get("enum") or [one["const"] for one in schema.get("oneOf", ()) if "const" in one]
    usual = st.sampled_from(listed) if listed else VALUES
    return usual | VALUES | st.sampled_from([{}, {"x": 1}, [], ["a", 1], ["a", 1, 2]])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_the_imported_form_judges_as_the_original(data: st.DataObject) -> None:
    leaf = data.draw(STRINGS | QUANTITIES | CHOICES)
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "definitions": {"d": leaf},
        **data.draw(SCHEMAS),
    }
    outcome = bring_in(written(schema), "random.json", {})
    assume(outcome.refused != "nothing_to_ask")
    assert outcome.procedure is not None, [problem.render("en") for problem in outcome.problems]
    for _ in range(6):
        instance = data.draw(instances(schema, {"d": leaf}))
        assert accepts(outcome.procedure, instance) == original_accepts(schema, instance), instance
