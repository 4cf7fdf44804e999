"""What each draft says in its own words is asked, accepted and refused as that draft has it."""

from collections.abc import Mapping
from typing import Any

import pytest

from engine.importing import Imported
from engine.model import Procedure
from tests.engine.importing.judging import accepts, bring_in, original_accepts, written

DRAFTS = {
    "4": "http://json-schema.org/draft-04/schema#",
    "6": "http://json-schema.org/draft-06/schema#",
    "7": "http://json-schema.org/draft-07/schema#",
    "2019": "https://json-schema.org/draft/2019-09/schema",
    "2020": "https://json-schema.org/draft/2020-12/schema",
}
NAMES = {"properties": {"a": {"type": "string"}, "b": {"type": "string"}, "c": {"type": "string"}}}
CLOSED: Mapping[str, Any] = {"type": "object", "additionalProperties": False}


def of(draft: str, **keywords: Any) -> dict[str, Any]:
    """A closed object schema of a draft."""
    return {"$schema": DRAFTS[draft], **CLOSED, **keywords}


def number(draft: str, **keywords: Any) -> dict[str, Any]:
    """One that asks a number."""
    return of(draft, properties={"n": {"type": "number", **keywords}}, required=["n"])


CASES: list[tuple[dict[str, Any], list[Any]]] = [
    (number("4", minimum=1, exclusiveMinimum=True), [{"n": 1}, {"n": 2}, {}]),
    (number("4", maximum=9, exclusiveMaximum=False), [{"n": 9}, {"n": 10}]),
    (number("6", exclusiveMaximum=9, multipleOf=0.5), [{"n": 9}, {"n": 8.5}, {"n": 8.3}]),
    (of("4", properties={"a": {"enum": ["x"]}, "b": {"const": "y"}}), [{"b": "z"}, {"a": "z"}, {"a": "x"}]),
    (of("6", properties={"a": {"const": "x"}, "b": {"const": 0}}), [{"a": "x", "b": 0}, {"b": False}, {"a": "y"}]),
    (of("4", **NAMES, dependencies={"a": ["b"], "c": {"required": ["a"]}}), [{"a": "1"}, {"c": "1"}, {"b": "1"},
        {"a": "1", "b": "2"}, {"c": "1", "a": "2", "b": "3"}]),
    (of("2020", **NAMES, dependentRequired={"a": ["b"]}, dependentSchemas={"c": {"minProperties": 2}}),
        [{"a": "1"}, {"c": "1"}, {"c": "1", "b": "2"}, {"a": "1", "b": "2"}]),
    (of("7", **NAMES, **{"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": {"required": ["c"]}}),
        [{}, {"a": "1"}, {"a": "1", "b": "2"}, {"c": "1"}]),
    (of("6", **NAMES, **{"if": {"required": ["a"]}, "then": {"required": ["b"]}}), [{"a": "1"}, {}, {"a": 1}]),
    (of("7", properties={"p": {"type": "array", "items": [{"type": "number"}], "additionalItems": False}}),
        [{"p": [1]}, {"p": [1, 2]}, {"p": ["x"]}, {"p": []}]),
    (of("2019", properties={"p": {"type": "array", "items": [{"type": "number"}], "additionalItems": {"enum": [0]}}}),
        [{"p": [1, 0]}, {"p": [1, 2]}]),
    (of("2020", properties={"p": {"type": "array", "prefixItems": [{"type": "number"}], "items": {"type": "string"}}}),
        [{"p": [1, "x"]}, {"p": [1, 2]}, {"p": ["x"]}]),
    (of("2020", properties={"p": {"type": "array", "items": {"type": "string"}, "contains": {"const": "x"},
        "minContains": 2}}), [{"p": ["x"]}, {"p": ["x", "x"]}, {"p": ["x", "y", "x"]}]),
    (of("6", properties={"p": {"type": "array", "items": {"type": "integer"}, "contains": {"minimum": 5}}}),
        [{"p": [1, 2]}, {"p": [1, 6]}, {"p": []}]),
    (of("4", definitions={"d": {"type": "string", "maxLength": 2}}, properties={"a": {"$ref": "#/definitions/d",
        "minLength": 2}}), [{"a": "x"}, {"a": "xxx"}]),
    (of("2019", **{"$defs": {"d": {"type": "string", "maxLength": 2}}}, properties={"a": {"$ref": "#/$defs/d",
        "minLength": 2}}), [{"a": "x"}, {"a": "xx"}, {"a": "xxx"}]),
    (of("2020", **{"$defs": {"d": {"$anchor": "here", "type": "boolean"}}}, properties={"a": {"$ref": "#here"}}),
        [{"a": True}, {"a": "x"}]),
    (of("7", definitions={"d": {"$id": "#here", "type": "boolean"}}, properties={"a": {"$ref": "#here"}}),
        [{"a": True}, {"a": "x"}]),
    ({"$schema": DRAFTS["2020"], "type": "object", "allOf": [{"properties": {"a": {"type": "string"}}}],
        "properties": {"b": {"type": "string"}}, "unevaluatedProperties": False}, [{"a": "1", "b": "2"}, {"c": "1"}]),
    (of("7", properties={"a": {"type": ["string", "null"], "maxLength": 2}}, required=["a"]),
        [{"a": None}, {"a": "xx"}, {"a": "xxx"}, {}]),
    (of("7", properties={"a": {"oneOf": [{"type": "null"}, {"enum": ["x", "y"]}]}}), [{"a": None}, {"a": "x"},
        {"a": 1}]),
    (of("7", properties={"a": {"anyOf": [{"const": 1, "title": "One"}, {"const": 2, "title": "Two"}]}}),
        [{"a": 1}, {"a": 3}, {"a": "1"}]),
    (of("7", properties={"a": {"type": "number", "enum": [1, 2.5]}}), [{"a": 2.5}, {"a": 2}, {"a": 1}]),
    (of("7", properties={"a": True, "b": {"not": {"type": "string"}}}), [{"a": [1]}, {"b": "x"}, {"b": {"x": 1}}]),
    (of("7", properties={"a": {"type": ["string", "number"], "maxLength": 2}}), [{"a": 100}, {"a": "xxx"}, {"a": []}]),
    (of("7", properties={"m": {"type": "object", "additionalProperties": {"type": "integer"}}}),
        [{"m": {"x": 1}}, {"m": {"x": "1"}}, {"m": []}]),
    (of("7", properties={"a": {"type": "array", "items": {"enum": ["x", "y"]}}}), [{"a": ["x", "x"]}, {"a": ["z"]},
        {"a": []}]),
    (of("7", properties={"first name": {"type": "string"}, "2nd": {"type": "string"}, "class": {"type": "string"}},
        required=["first name"], anyOf=[{"required": ["2nd"]}, {"properties": {"class": {"const": "A"}}}]),
        [{"first name": "x", "2nd": "y"}, {"2nd": "y"}, {"first name": "x", "class": "B"}, {"first name": "x"}]),
    (of("7", **NAMES, allOf=[{"if": {"required": ["a"]}, "then": {"required": ["b"]}}, {"minProperties": 1}]),
        [{"a": "1"}, {}, {"a": "1", "b": "2"}]),
    (of("2020", properties={"p": {"type": "array", "maxItems": 2, "allOf": [{"prefixItems": [{"type": "number"}],
        "items": False}]}}), [{"p": [1]}, {"p": [1, 2]}, {"p": ["x"]}]),
    (of("2020", properties={"k": {"enum": ["x", "y"]}, "v": {"type": "string"}},
        **{"if": {"properties": {"k": {"const": "x"}}, "required": ["k"]}, "then": {"required": ["v"]}}),
        [{"k": "x"}, {"k": "y"}, {"k": "x", "v": "1"}]),
    (of("2020", properties={"n": {"type": "array", "items": {"type": "number"}, "maxItems": 2.0},
        "c": {"const": -2.0}}), [{"n": [1, 2, 3]}, {"n": [1]}, {"c": -2}, {"c": 2}]),
    ({"type": "array", "items": {"type": "integer"}, "maxItems": 2}, [[1, 2], [1, 2, 3], [], {"answer": [1]}]),
    ({"type": "string", "minLength": 2}, ["ab", "a", 1, {}]),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "instances"), CASES, ids=[repr(schema)[:60] for schema, _ in CASES])
def test_instances_are_judged_as_by_the_original(schema: dict[str, Any], instances: list[Any]) -> None:
    procedure = compiled(schema)
    judged = [accepts(procedure, instance) for instance in instances]
    assert judged == [original_accepts(schema, instance) for instance in instances]
    assert len(set(judged)) > 1, "a case shows both sides"


def compiled(schema: Any, **beside: Any) -> Procedure:
    outcome = bring_in(written(schema), "source.json", {name: written(one) for name, one in beside.items()})
    assert outcome.procedure is not None, [problem.render("en") for problem in outcome.problems]
    return outcome.procedure


def imported(schema: Any, **beside: Any) -> Imported:
    outcome = bring_in(written(schema), "source.json", {name: written(one) for name, one in beside.items()})
    assert outcome.imported is not None, outcome.refused
    return outcome.imported


def test_keywords_of_other_drafts_are_noted() -> None:
    notes = imported(of("4", properties={"a": {"type": "string", "const": "x", "shape": "round"}})).notes
    assert {(note.key, note.params["keyword"]) for note in notes} == {
        ("other_draft", "const"),
        ("unknown_keyword", "shape"),
    }


def test_values_that_cannot_be_are_noted_and_left_out() -> None:
    found = imported(of("7", properties={"a": {"type": "string", "minLength": "two", "pattern": ["x"]}}))
    assert [note.key for note in found.notes] == ["bad_form", "bad_form"]
    assert "minLength" not in found.yaml


def test_a_reference_to_a_document_beside_is_followed() -> None:
    schema = of("7", properties={"a": {"$ref": "parts/other.json#/definitions/short"}})
    other = {"definitions": {"short": {"type": "string", "maxLength": 2}}}
    procedure = compiled(schema, **{"parts/other.json": other})
    assert accepts(procedure, {"a": "xx"})
    assert not accepts(procedure, {"a": "xxx"})


@pytest.mark.parametrize(
    ("reference", "key"),
    [
        ("https://example.com/remote.json", "remote_reference"),
        ("other.json#/definitions/x", "remote_reference"),
        ("#/definitions/none", "missing_reference"),
        ("#nowhere", "missing_reference"),
    ],
)
def test_what_is_not_there_is_noted_and_lets_pass(reference: str, key: str) -> None:
    schema = of("7", properties={"a": {"$ref": reference}, "b": {"type": "string"}})
    assert key in {note.key for note in imported(schema).notes}
    assert accepts(compiled(schema), {"a": 1, "b": "x"})


def test_where_no_draft_is_named_keywords_mean_what_they_mean_in_their_own() -> None:
    schema = {"type": "object", "properties": {"p": {"type": "array", "items": [{"type": "number"}]}}}
    procedure = compiled(schema)
    assert accepts(procedure, {"p": [1, "x"]})
    assert not accepts(procedure, {"p": ["x"]})


def test_what_a_later_draft_has_given_up_is_noted() -> None:
    schema = of("2020", properties={"p": {"type": "array", "items": [{"type": "number"}]}, "b": {"type": "boolean"}})
    assert "bad_form" in {note.key for note in imported(schema).notes}
    assert accepts(compiled(schema), {"p": ["x"], "b": True})
