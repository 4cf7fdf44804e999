"""Rules between questions become conditions that people read, and judge as before; what cannot stays a rule."""

from typing import Any

import pytest
import yaml

from engine.importing import Wishes, import_schema
from tests.engine.importing.judging import DAY, accepts, bring_in, original_accepts, written

KIND = {"enum": ["person", "firm"]}
TEXT = {"type": "string"}
PLAIN = {"kind": KIND, "flag": {"type": "boolean"}, "n": {"type": "integer"}, "a": TEXT, "b": TEXT, "c": TEXT}
IS_FIRM = {"properties": {"kind": {"const": "firm"}}, "required": ["kind"]}


def schema(**keywords: Any) -> dict[str, Any]:
    return {"type": "object", "properties": PLAIN, "additionalProperties": False, **keywords}


def when(condition: Any, then: Any, other: Any = None) -> dict[str, Any]:
    return {"if": condition, "then": then, **({} if other is None else {"else": other})}


def fields(source: dict[str, Any]) -> dict[str, Any]:
    """The fields of the imported spec; and the rules over all answers under "schema"."""
    spec = yaml.safe_load(import_schema(written(source), "x.json", Wishes(version=DAY)).yaml)
    found = {name: one for step in spec["steps"].values() for name, one in step["fields"].items()}
    return {**found, "schema": spec.get("schema")}


TURNED: list[tuple[dict[str, Any], dict[str, tuple[str, str]]]] = [
    (
        schema(required=["kind"], **when(IS_FIRM, {"required": ["a"]})),
        {"a": ("optional", "not (kind == 'firm')")},
    ),
    (
        schema(**when(IS_FIRM, {"required": ["a"]}, {"required": ["b"]})),
        {
            "a": ("optional", "not (answered(kind) and kind == 'firm')"),
            "b": ("optional", "answered(kind) and kind == 'firm'"),
        },
    ),
    (
        schema(**when({"properties": {"flag": {"const": True}}}, {"required": ["a"]})),
        {"a": ("optional", "not ((not answered(flag) or flag))")},
    ),
    (
        schema(
            required=["flag", "n"],
            **when({"properties": {"flag": {"enum": [False]}, "n": {"const": 3}}}, {"required": ["a", "b"]}),
        ),
        {"a": ("optional", "not (not flag and n == 3)"), "b": ("optional", "not (not flag and n == 3)")},
    ),
    (schema(allOf=[when({"required": ["a"]}, {"required": ["b"]})]), {"b": ("optional", "not (answered(a))")}),
    (
        schema(dependentRequired={"a": ["b", "c"]}),
        {"b": ("optional", "not (answered(a))"), "c": ("optional", "not (answered(a))")},
    ),
    (schema(anyOf=[{"required": ["b"]}, {"required": ["a"]}]), {"b": ("optional", "answered(a)")}),
    (
        schema(anyOf=[{"required": ["a"]}, {"required": ["b"]}, {"required": ["c"]}]),
        {"c": ("optional", "answered(a) or answered(b)")},
    ),
    (
        schema(**when({"not": {"required": ["a"]}}, {"required": ["b"]})),
        {"b": ("optional", "answered(a)")},
    ),
    (
        {
            "type": "object",
            "properties": {"kind": KIND},
            "required": ["kind"],
            **when(IS_FIRM, {"properties": {"firm": TEXT}, "required": ["firm"]}),
        },
        {"firm": ("when", "kind == 'firm'")},
    ),
    (
        {
            "type": "object",
            "required": ["kind"],
            "oneOf": [
                {
                    "properties": {"kind": {"const": "person"}, "born": TEXT},
                    "additionalProperties": False,
                    "required": ["born"],
                },
                {"properties": {"kind": {"const": "firm"}, "firm": TEXT, "seat": TEXT}, "additionalProperties": False},
            ],
        },
        {"born": ("when", "kind == 'person'"), "seat": ("when", "kind == 'firm'")},
    ),
]
KEPT: list[dict[str, Any]] = [
    schema(**when({"properties": {"c": {"const": "x"}}, "required": ["c"]}, {"required": ["a"]})),  # asked later
    schema(**when(IS_FIRM, {"properties": {"a": {"minLength": 3}}})),
    schema(**when({"properties": {"kind": {"const": "nobody"}}, "required": ["kind"]}, {"required": ["a"]})),
    schema(**when({"properties": {"a": {"pattern": "^x"}}}, {"required": ["b"]})),
    schema(anyOf=[{"required": ["a", "b"]}, {"required": ["c"]}]),
    schema(oneOf=[{"required": ["a"]}, {"required": ["b"]}]),
    schema(dependentRequired={"c": ["a"]}),
    {"type": "object", "properties": {"n": {"type": ["string", "null"]}, "a": TEXT}, "dependentRequired": {"n": ["a"]}},
]
VALUES: list[dict[str, Any]] = [
    {},
    *({key: value} for key, value in (("a", "1"), ("b", "2"), ("c", "x"), ("flag", True), ("flag", False), ("n", 3))),
    *(
        {"kind": kind, **more}
        for kind in ("person", "firm")
        for more in ({}, {"a": "xyz"}, {"b": "2"}, {"firm": "F"}, {"born": "B"})
    ),
    {"a": "1", "b": "2"},
    {"a": "1", "b": "2", "c": "3"},
    {"b": "2", "c": "3"},
    {"flag": False, "n": 3},
    {"flag": False, "n": 3, "a": "1", "b": "2"},
    {"flag": True, "n": 3},
    {"flag": True, "a": "1"},
    {"kind": "firm", "firm": "F", "seat": "S"},
    {"kind": "person", "born": "B", "seat": "S"},
    {"n": None},
    {"n": None, "a": "1"},
]


@pytest.mark.parametrize(("source", "wanted"), TURNED)
def test_rules_become_conditions(source: dict[str, Any], wanted: dict[str, tuple[str, str]]) -> None:
    found = fields(source)
    assert found["schema"] is None
    assert {name: found[name][key] for name, (key, _) in wanted.items()} == {
        name: said for name, (_, said) in wanted.items()
    }


@pytest.mark.parametrize("source", KEPT)
def test_what_cannot_be_turned_stays_a_rule(source: dict[str, Any]) -> None:
    found = fields(source)
    assert found.pop("schema")
    assert not any(isinstance(one.get("optional"), str) or "when" in one for one in found.values())


@pytest.mark.parametrize("source", [*(source for source, _ in TURNED), *KEPT])
def test_they_judge_as_before(source: dict[str, Any]) -> None:
    procedure = bring_in(written(source), "x.json", {}).procedure
    assert procedure is not None
    named = {field.id for field in procedure.fields.values()}
    hides = any(field.when for field in procedure.fields.values()) and "additionalProperties" not in str(source)
    for value in VALUES:
        if value.keys() <= named and not (hides and "firm" in value and value["kind"] != "firm"):
            assert accepts(procedure, value) == original_accepts(source, value), value
