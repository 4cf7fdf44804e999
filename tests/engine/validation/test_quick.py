"""The quick test never accepts what the reference refuses; and it settles what is usual."""

import gc
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from engine.fields import registry
from engine.validation.dialect import Validator
from engine.validation.prepared import _ready, prepared
from engine.validation.quick import quick_test
from tests.engine.fields.samples import ANSWERS, field

# Numbers as options, and an option that excludes others, are left to the reference.
LEFT = frozenset({"grades", "some", "json"})

texts = st.text(max_size=6) | st.sampled_from(["a", "ab", "0312345678", "2026-05-01"])
scalars = st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-9, 9) | texts
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)
sizes = st.integers(0, 4)
some_texts = st.lists(scalars, max_size=4)
plain_schemas = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["string", "integer", "number", "boolean", "array", "object", "null"])
        | st.just(["string", "null"]),
        "enum": some_texts,
        "const": scalars,
        "minLength": sizes,
        "maxLength": sizes,
        "pattern": st.sampled_from(["^[0-9]+$", "a", "^(?:.{2})$"]),
        "minimum": st.integers(-5, 5),
        "maximum": st.integers(-5, 5),
        "exclusiveMinimum": st.integers(-5, 5),
        "multipleOf": st.sampled_from([1, 2, 0.1]),
        "minItems": sizes,
        "maxItems": sizes,
        "uniqueItems": st.booleans(),
        "required": st.lists(st.sampled_from("abc"), unique=True),
        "additionalProperties": st.booleans(),
        "title": st.just("t"),
        "format": st.sampled_from(["date", "email"]),
    },
)
schemas = st.recursive(
    plain_schemas,
    lambda inner: st.tuples(
        plain_schemas,
        st.fixed_dictionaries(
            {},
            optional={
                "items": inner,
                "prefixItems": st.lists(inner, min_size=1, max_size=2),
                "properties": st.dictionaries(st.sampled_from("abc"), inner, max_size=2),
                "not": inner,
                "anyOf": st.lists(inner, min_size=1, max_size=2),
            },
        ),
    ).map(lambda parts: {**parts[0], **parts[1]}),
    max_leaves=4,
)


@given(schemas, values)
def test_what_the_quick_test_accepts_the_reference_accepts(schema: dict[str, Any], value: Any) -> None:
    test = quick_test(schema)
    if test is not None and test(value):
        assert Validator(schema).is_valid(value)


@given(schemas, values)
def test_our_reference_agrees_with_the_standard_one(schema: dict[str, Any], value: Any) -> None:
    assert Validator(schema).is_valid(value) == Draft202012Validator(schema).is_valid(value)


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_every_type_has_a_quick_test_that_takes_its_usual_answer(name: str) -> None:
    one = field(name)
    test = quick_test(one.schema)
    assert (test is not None and test(ANSWERS[name])) or name in LEFT
    assert prepared(one).errors(ANSWERS[name]) == []
    assert prepared(one) is prepared(one)


@given(st.sampled_from(sorted(ANSWERS)), values)
def test_for_the_types_own_schemas_both_say_the_same(name: str, value: Any) -> None:
    one = field(name)
    test = quick_test(one.schema)
    assert test is not None or name in LEFT
    if test is not None and test(value) and not isinstance(value, float):
        assert Validator(dict(one.schema)).is_valid(value)
    if not Validator(dict(one.schema)).is_valid(value):
        assert prepared(one).errors(value)


def test_multiples_are_taken_as_they_are_written() -> None:
    assert Validator({"multipleOf": 0.1}).is_valid(0.3)
    assert Validator({"multipleOf": 0.01}).is_valid(19.99)
    assert not Validator({"multipleOf": 0.1}).is_valid(0.35)
    assert not Validator({"multipleOf": 0.1}).is_valid(float("inf"))


def test_half_of_a_surrogate_pair_matches_nothing() -> None:
    assert not Validator({"pattern": "."}).is_valid("\ud800")
    assert not Validator({"patternProperties": {".": True}, "additionalProperties": False}).is_valid({"\ud800": 1})


def test_a_pattern_that_would_backtrack_for_ever_does_not() -> None:
    evil = Validator({"pattern": "^(a+)+$"})
    assert not evil.is_valid("a" * 50_000 + "b")
    assert not Validator({"patternProperties": {"^(a+)+$": False}, "additionalProperties": False}).is_valid(
        {"a" * 5_000 + "b": 1}
    )


def test_the_registry_names_are_those_of_the_samples() -> None:
    assert {field(name).type.name for name in ANSWERS} | {"note"} == set(registry.names())


def test_what_is_ready_goes_with_its_field() -> None:
    gc.collect()
    before = len(_ready)
    one = replace(field("text"), id="other")
    prepared(one)
    assert len(_ready) == before + 1
    del one
    gc.collect()
    assert len(_ready) == before
