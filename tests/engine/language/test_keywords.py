"""JSON Schema keywords inside a field are those of the standard, and wrong ones are refused at their place."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from engine.language.json_schema import KEYWORDS
from engine.language.subschemas import RULES, schema
from engine.problems import Report
from engine.source import Node, read
from tests.engine.language.specs import codes, compiled, procedure

META = Draft202012Validator(Draft202012Validator.META_SCHEMA)
OURS = {"type", "title", "description", "properties", "items"}  # read by fields themselves
NOT_IN_A_FIELD = {
    "$id",
    "$schema",
    "$vocabulary",
    "$dynamicRef",
    "$dynamicAnchor",
    "definitions",
    "dependencies",
    "$recursiveAnchor",
    "$recursiveRef",
}


def standard_keywords() -> set[str]:
    found: set[str] = set()
    for part in ("core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation", "content"):
        meta = META._resolver.lookup(f"https://json-schema.org/draft/2020-12/meta/{part}").contents
        found |= set(meta["properties"])
    return found


def test_every_standard_keyword_is_known() -> None:
    assert standard_keywords() - OURS - NOT_IN_A_FIELD == set(KEYWORDS)


@pytest.mark.parametrize(
    ("keyword", "value"),
    [
        ("minLength", "-1"),
        ("minLength", "1.5"),
        ("maxLength", "true"),
        ("pattern", "[a]"),
        ("enum", "[]"),
        ("enum", "{}"),
        ("required", "[1, 1]"),
        ("uniqueItems", "1"),
        ("multipleOf", "0"),
        ("allOf", "[]"),
        ("allOf", "[{type: strnig}]"),
        ("anyOf", "{}"),
        ("not", "3"),
        ("if", "[]"),
        ("$defs", "{a: {minimum: x}}"),
        ("patternProperties", "{a: 1}"),
        ("dependentRequired", "{a: b}"),
        ("dependentSchemas", "{a: 1}"),
        ("prefixItems", "[1]"),
        ("examples", "1"),
        ("contentSchema", "1"),
        ("propertyNames", "1"),
    ],
)
def test_a_wrong_keyword_is_refused(keyword: str, value: str) -> None:
    found = compiled(f"name: {{type: string, title: 名前, {keyword}: {value}}}")
    assert found.procedure is None
    assert all(problem.line == 10 for problem in found.problems if problem.severity == "error")


def node_of(value: Any) -> Node:
    root = read(json.dumps({"value": value}), Report("x"))
    assert root is not None
    node = root.get("value")
    assert node is not None
    return node


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.sampled_from([0.5, -1.5])
    | st.sampled_from(["a", "string", "#", "x"]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["a", "type", "minLength"]), inner, max_size=2)
    ),
    max_leaves=4,
)
# Where a field is wider than the standard (limits may be expressions) or narrower on purpose (a text is not empty, a
# number that means a text is one, an enumeration has values), the two do not judge alike.
ON_PURPOSE = {
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minItems", "maxItems"),
    *("pattern", "format", "required", "$comment", "contentEncoding", "contentMediaType", "$anchor", "$ref", "enum"),
}


@given(st.sampled_from(sorted(set(KEYWORDS) - ON_PURPOSE)), JSON)
def test_a_field_judges_a_keyword_as_the_standard_does(keyword: str, value: Any) -> None:
    report = Report("x")
    KEYWORDS[keyword].kind.read(node_of(value), keyword, report)
    assert report.failed == (not META.is_valid({keyword: value}))


@given(st.dictionaries(st.sampled_from(sorted(RULES)), JSON, max_size=3) | JSON)
def test_an_inner_schema_is_judged_as_the_standard_does(value: Any) -> None:
    report = Report("x")
    schema(node_of(value), "", report)
    assert report.failed == (not META.is_valid(value))


def test_every_standard_keyword_has_a_rule_inside() -> None:
    free = {"const", "default", "$id", "$schema", "$vocabulary", "$dynamicAnchor"}
    assert standard_keywords() - free == set(RULES)


def test_all_that_is_wrong_inside_is_told_at_its_place() -> None:
    found = compiled("it: {type: text, title: 問い, anyOf: [{minLength: -1}, {not: [a], type: txt}]}")
    wrong = [(problem.path, problem.col) for problem in found.problems if problem.severity == "error"]
    assert [path.removeprefix("steps.one.fields.it.") for path, _ in wrong] == [
        "anyOf.0.minLength",
        "anyOf.1.not",
        "anyOf.1.type",
    ]
    assert len({col for _, col in wrong}) == 3


def test_a_pattern_means_the_whole_value() -> None:
    field = procedure('chip: {type: string, title: 番号, pattern: "[0-9]{3}|x"}').fields["chip"]
    assert field.schema["pattern"] == "^(?:[0-9]{3}|x)$"


def test_patterns_deep_inside_are_left_as_the_standard_has_them() -> None:
    field = procedure('chip: {type: string, title: 番号, not: {pattern: "^x"}}').fields["chip"]
    assert field.schema["not"] == {"pattern": "^x"}


@pytest.mark.parametrize("pattern", ["(?=x)", "(?<!x)y", r"(a)\\1", "(", "a{2000}{2000}", "[b-a]"])
def test_patterns_that_the_linear_engine_lacks_are_refused(pattern: str) -> None:
    assert codes(compiled(f'chip: {{type: string, title: 番号, pattern: "{pattern}"}}')) == ["bad-pattern"]


def test_a_pattern_that_would_backtrack_is_no_danger() -> None:
    assert codes(compiled('chip: {type: string, title: 番号, pattern: "(a+)+b"}')) == []


def test_a_property_called_pattern_is_a_property() -> None:
    found = compiled(
        "a: {type: string, title: 甲, allOf: [{properties: {pattern: {type: string}}, examples: [{pattern: '('}]}]}"
    )
    assert codes(found) == []


@pytest.mark.parametrize("reference", ["#", "#/$defs/a", "#here", "#/allOf/0"])
def test_a_reference_inside_the_field_is_followed(reference: str) -> None:
    field = f'code: {{type: string, title: 符号, $defs: {{a: {{$anchor: here}}}}, allOf: [{{$ref: "{reference}"}}]}}'
    assert codes(compiled(field)) == []


@pytest.mark.parametrize(
    "reference", ["https://example.com/a.json", "other.json", "#/$defs/b", "#there", "#/allOf/7", "/etc/passwd"]
)
def test_a_reference_that_leads_out_or_nowhere_is_refused(reference: str) -> None:
    field = f'code: {{type: string, title: 符号, $defs: {{a: {{}}}}, allOf: [{{$ref: "{reference}"}}]}}'
    assert codes(compiled(field)) == ["bad-schema-reference"]
