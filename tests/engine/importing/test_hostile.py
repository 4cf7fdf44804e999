"""Hostile and broken sources: refused, or imported with a word, and soon; never a traceback."""

import json
import time
from typing import Any

import pytest

from engine.importing import Refused, Wishes, import_schema
from tests.engine.importing.judging import DAY, bring_in

LINK = {"$ref": "#/definitions/a"}


def nest(keyword: str, levels: int) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "string"}
    for _ in range(levels):
        found = {keyword: {"x": found}} if keyword == "properties" else {keyword: found}
    return found


def doubling(levels: int) -> dict[str, Any]:
    """Definitions each of which uses the next twice: 2 to the power of `levels` questions."""
    definitions = {
        f"d{level}": {
            "type": "object",
            "properties": {"l": {"$ref": f"#/definitions/d{level + 1}"}, "r": {"$ref": f"#/definitions/d{level + 1}"}},
        }
        for level in range(levels)
    }
    return {"definitions": {**definitions, f"d{levels}": {"type": "string"}}, "$ref": "#/definitions/d0"}


def crossing(levels: int) -> dict[str, Any]:
    """The same with allOf, where nothing is asked between."""
    definitions = {
        f"d{level}": {"allOf": [{"$ref": f"#/definitions/d{level + 1}"}, {"$ref": f"#/definitions/d{level + 1}"}]}
        for level in range(levels)
    }
    last = {"type": "object", "properties": {"a": {"type": "string"}}}
    return {"definitions": {**definitions, f"d{levels}": last}, "$ref": "#/definitions/d0"}


SCHEMAS: dict[str, Any] = {
    "itself": {"$ref": "#"},
    "itself by allOf": {"allOf": [{"$ref": "#"}], "properties": {"a": {"type": "string"}}},
    "a pair": {"definitions": {"a": {"$ref": "#/definitions/b"}, "b": LINK}, "properties": {"x": LINK}},
    "a tree": {
        "definitions": {"a": {"properties": {"k": {"type": "array", "items": LINK}}}},
        "properties": {"x": LINK},
    },
    "a tree with rules": {
        "definitions": {"a": {"type": "object", "properties": {"k": LINK}, "anyOf": [LINK, {"required": ["k"]}]}},
        "properties": {"x": LINK},
    },
    "anyOf itself": {"definitions": {"a": {"anyOf": [LINK, {"type": "string"}]}}, "properties": {"x": LINK}},
    "if itself": {"if": {"$ref": "#"}, "then": {"$ref": "#"}, "properties": {"a": {"type": "string"}}},
    "not itself": {"not": {"$ref": "#"}, "properties": {"a": {"type": "string"}}},
    "doubling": doubling(40),
    "crossing": crossing(40),
    "huge enum": {"properties": {"a": {"enum": [f"value {number}" for number in range(60_000)]}}},
    "huge numbers": {"properties": {"a": {"type": "number", "maximum": 10**400}, "b": {"enum": [10**30, 1]}}},
    "many fields": {"properties": {f"p{number}": {"type": "string"} for number in range(9_000)}},
    "many branches": {"oneOf": [{"properties": {f"p{n}": {"const": n}}} for n in range(3_000)], "type": "object"},
    "long names": {"properties": {"x" * 5_000: {"type": "string"}, "y" * 5_000: {"type": "string"}}},
    "no names": {"properties": {"": {"type": "string"}, " ": {"type": "string"}, "🐕": {"type": "string"}}},
    "control characters": {
        "properties": {"a\u0000b": {"type": "string", "title": "\u202etext\u0007", "enum": ["\u0000", "x"]}},
        "required": ["a\u0000b"],
    },
    "control characters among names": {
        "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
        "dependentRequired": {"a": ["\u0000", "b"], "\u0001": ["a"]},
        "dependencies": {"b": ["\u0000", "a"]},
    },
    "anything among choices": {"properties": {"a": {"oneOf": [True, {"pattern": ""}]}}},
    "surrogates": {"properties": {"\ud800": {"type": "string", "title": "\udfff", "const": "\ud800"}}},
    "wrong everywhere": {
        "type": ["x"], "properties": [1], "required": "a", "enum": {}, "allOf": [], "anyOf": [1], "items": 3,
        "$ref": 4, "minimum": "1", "pattern": 5, "additionalProperties": "no", "dependencies": [], "$defs": 3,
        "$id": [], "$anchor": 3,
    },
    "wrong properties": {"properties": {"a": 3, "b": None, "c": [], "d": "x"}},
    "false": False,
    "true": True,
    "nothing": {},
    "impossible": {"type": "object", "properties": {"a": False, "b": {"type": "string", "enum": [1]}},
        "required": ["a"]},
    "deep arrays": {"properties": {"a": {"type": "array", "items": {"type": "array", "items": nest("items", 60)}}}},
    "deep objects": nest("properties", 45),
    "deep rules": {"properties": {"a": {"type": "string", "not": nest("not", 90)}}},
    "deep values": {"properties": {"a": {"const": json.loads("[" * 50 + "]" * 50)}}},
    "a backtracking pattern": {"properties": {"a": {"type": "string", "pattern": "^(a+)+$"}}},
    "a pattern of 100 KB": {"properties": {"a": {"type": "string", "pattern": "(?:x|y){1,900}" * 7_000}}},
    "a bad draft": {"$schema": "http://json-schema.org/draft-03/schema#", "properties": {"a": {"required": True}}},
    "a strange draft": {"$schema": 7, "properties": {"a": {"type": "string"}}},
    "ids everywhere": {"$id": "http://example.com/%zz", "properties": {"a": {"$id": "::::", "$ref": "x:y#/z"}}},
    "a file": {"properties": {"a": {"$ref": "file:///etc/passwd"}}},
    "a meta-schema": {"properties": {"a": {"$ref": "http://json-schema.org/draft-07/schema#"}}},
    "dynamic": {"$dynamicAnchor": "n", "properties": {"a": {"$dynamicRef": "#n"}, "b": {"type": "string"}}},
}  # fmt: skip

TEXTS: dict[str, bytes] = {
    "empty": b"",
    "not JSON": b"{",
    "not UTF-8": b'{"a": "\xff"}',
    "brackets": b"[" * 200_000,
    "braces": b'{"a":' * 100_000,
    "NaN": b'{"minimum": NaN}',
    "digits": b'{"minimum": ' + b"9" * 100_000 + b"}",
    "half a character": b'{"properties": {"a": {"title": "\\ud800"}}}',
    "a list": b"[]",
    "a text": b'"x"',
    "large": b'{"a": "' + b"x" * 9_000_000 + b'"}',
    "a table without rows": b'{"name": "x", "items": []}',
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_hostile_schemas(name: str) -> None:
    begun = time.monotonic()
    outcome = bring_in(json.dumps(SCHEMAS[name]).encode(), "x.json", {})
    assert outcome.refused or outcome.procedure is not None, [problem.render("en") for problem in outcome.problems]
    assert time.monotonic() - begun < 30


def test_two_halves_are_a_character() -> None:
    outcome = bring_in(b'{"properties": {"a": {"title": "\\ud83d\\ude00"}}}', "x.json", {})
    assert outcome.procedure is not None
    assert outcome.imported is not None
    assert "😀" in outcome.imported.yaml


def test_names_that_cannot_be_written_are_left_out_and_told() -> None:
    names, schema = ["\u0000", "b"], {"properties": {"a": {"type": "string"}, "b": {"type": "string"}}}
    for keyword in ("dependentRequired", "dependencies"):
        outcome = bring_in(json.dumps({**schema, keyword: {"a": names}}).encode(), "x.json", {})
        assert outcome.imported is not None
        [told] = [note for note in outcome.imported.notes if note.key == "unwritable"]
        assert told.places == (f"/{keyword}/a",)
        assert "b: {type: string, title: B, optional: not (answered(a))}" in outcome.imported.yaml


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_texts_are_refused_at_once(name: str) -> None:
    begun = time.monotonic()
    with pytest.raises(Refused) as refused:
        import_schema(TEXTS[name], "x.json", Wishes(version=DAY))
    assert refused.value.note.say("x.json", "ja")
    assert time.monotonic() - begun < 2
