"""The shape of the schemas inside a field's JSON Schema keywords, as the standard's meta-schema has it, with places."""

import re
from collections.abc import Callable, Mapping

from engine.language import codes
from engine.language.kinds import Doc
from engine.problems import Report
from engine.source import MappingNode, Node, ScalarNode, SequenceNode

Rule = Callable[[Node, str, Report], None]
Test = Callable[[Node], bool]

TYPES = ("string", "number", "integer", "boolean", "object", "array", "null")
ANCHOR = re.compile(r"[A-Za-z_][-A-Za-z0-9._]*\Z")


def schema(node: Node, path: str, report: Report) -> None:
    """A schema: a mapping of keywords, or true or false. Keywords that the standard does not know are ignored."""
    if isinstance(node, MappingNode):
        for keyword, pair in node.pairs.items():
            rule = RULES.get(keyword)
            if rule is not None:
                rule(pair.value, f"{path}.{keyword}", report)
    elif not _is_truth(node):
        _refuse(node, path, report, Doc("スキーマ（まとまり、true、false）", "a schema (a mapping, true or false)"))


def schemas(node: Node, path: str, report: Report) -> None:
    """A list of at least one schema."""
    if not isinstance(node, SequenceNode) or not node.items:
        _refuse(node, path, report, Doc("スキーマの並び（1つ以上）", "a list of at least one schema"))
        return
    for index, item in enumerate(node.items):
        schema(item, f"{path}.{index}", report)


def schema_map(node: Node, path: str, report: Report) -> None:
    """Names to schemas."""
    if not isinstance(node, MappingNode):
        _refuse(node, path, report, Doc("「名前: スキーマ」のまとまり", "a mapping of names to schemas"))
        return
    for name, pair in node.pairs.items():
        schema(pair.value, f"{path}.{name}", report)


def name_map(node: Node, path: str, report: Report) -> None:
    """Names to lists of names (`dependentRequired`)."""
    if not isinstance(node, MappingNode):
        _refuse(node, path, report, Doc("「名前: 名前の並び」のまとまり", "a mapping of names to lists of names"))
        return
    for name, pair in node.pairs.items():
        RULES["required"](pair.value, f"{path}.{name}", report)


def _of(test: Test, expected: Doc) -> Rule:
    def rule(node: Node, path: str, report: Report) -> None:
        if not test(node):
            _refuse(node, path, report, expected)

    return rule


def _refuse(node: Node, path: str, report: Report, expected: Doc) -> None:
    report.add(codes.BAD_SCHEMA, node, path, expected=expected.by_language())


def _number(node: Node) -> int | float | None:
    value = node.value if isinstance(node, ScalarNode) else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _is_count(node: Node) -> bool:
    number = _number(node)
    return number is not None and number >= 0 and number == int(number)


def _is_positive(node: Node) -> bool:
    number = _number(node)
    return number is not None and number > 0


def _is_text(node: Node) -> bool:
    return isinstance(node, ScalarNode) and isinstance(node.value, str)


def _is_truth(node: Node) -> bool:
    return isinstance(node, ScalarNode) and isinstance(node.value, bool)


def _are_names(node: Node) -> bool:
    if not isinstance(node, SequenceNode) or not all(_is_text(item) for item in node.items):
        return False
    return len({item.text for item in node.items if isinstance(item, ScalarNode)}) == len(node.items)


def _is_type(node: Node) -> bool:
    if isinstance(node, ScalarNode):
        return node.value in TYPES
    return _are_names(node) and bool(node.plain()) and set(node.plain()) <= set(TYPES)


COUNT = _of(_is_count, Doc("0以上の整数", "a whole number of at least 0"))
NUMBER = _of(lambda node: _number(node) is not None, Doc("数", "a number"))
TEXT = _of(_is_text, Doc("文字", "a text"))
TRUTH = _of(_is_truth, Doc("true か false", "true or false"))
LIST = _of(lambda node: isinstance(node, SequenceNode), Doc("並び", "a list"))

RULES: Mapping[str, Rule] = {
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), schemas),
    **dict.fromkeys(("properties", "patternProperties", "dependentSchemas", "$defs"), schema_map),
    **dict.fromkeys(("not", "if", "then", "else", "items", "contains", "propertyNames", "contentSchema"), schema),
    **dict.fromkeys(("additionalProperties", "unevaluatedItems", "unevaluatedProperties"), schema),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), COUNT),
    **dict.fromkeys(("minContains", "maxContains"), COUNT),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), NUMBER),
    **dict.fromkeys(("pattern", "format", "title", "description", "$comment", "$ref", "$dynamicRef"), TEXT),
    **dict.fromkeys(("contentEncoding", "contentMediaType"), TEXT),
    **dict.fromkeys(("uniqueItems", "deprecated", "readOnly", "writeOnly"), TRUTH),
    **dict.fromkeys(("enum", "examples"), LIST),
    "multipleOf": _of(_is_positive, Doc("0より大きい数", "a number greater than 0")),
    "required": _of(_are_names, Doc("重複のない名前の並び", "a list of names, none twice")),
    "dependentRequired": name_map,
    "type": _of(
        _is_type, Doc(f"次の型かその並び: {', '.join(TYPES)}", f"one of {', '.join(TYPES)}, or a list of these")
    ),
    "$anchor": _of(
        lambda node: _is_text(node) and bool(ANCHOR.match(node.plain())),
        Doc("英字か _ で始まる名前", "a name that begins with a letter or _"),
    ),
}
