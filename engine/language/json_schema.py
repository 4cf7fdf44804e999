"""The standard JSON Schema 2020-12 keywords that a field may carry, each with the kind of its value."""

import re
from dataclasses import dataclass
from typing import Any

from engine.language import subschemas
from engine.language.kinds import (
    WRONG,
    AnyValue,
    Day,
    Definitions,
    Doc,
    Formula,
    Key,
    Kind,
    ListOf,
    Number,
    String,
    Whole,
    YesNo,
)
from engine.language.kinds.scalars import DAY
from engine.problems import Report
from engine.source import Node, ScalarNode

MONTH_OR_TIME = re.compile(r"[0-9]{4}-[0-9]{2}\Z|[0-9]{2}:[0-9]{2}\Z")


@dataclass(frozen=True, slots=True)
class Limit:
    """A number, a day (`1990-01-01`), a month, a time (`09:00`), or an expression that gives one (`maximum: today`)."""

    def read(self, node: Node, path: str, report: Report) -> Any:
        """An int, a float, the day, month or time as text, or a `FormulaSource`."""
        if isinstance(node, ScalarNode) and isinstance(node.value, int | float):
            return Number().read(node, path, report)
        if isinstance(node, ScalarNode) and DAY.match(node.text):
            day = Day().read(node, path, report)
            return WRONG if day is WRONG else node.text
        if isinstance(node, ScalarNode) and MONTH_OR_TIME.match(node.text):
            return node.text
        return Formula().read(node, path, report)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """A number or an expression."""
        return {"type": ["number", "string"]}


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number, or an expression that gives one (`minItems: licences + 1`)."""

    def read(self, node: Node, path: str, report: Report) -> Any:
        """An int or a `FormulaSource`."""
        if isinstance(node, ScalarNode) and isinstance(node.value, str):
            return Formula().read(node, path, report)
        return COUNT.read(node, path, report)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """A number or an expression."""
        return {"anyOf": [COUNT.schema(definitions), {"type": "string"}]}


@dataclass(frozen=True, slots=True)
class Standard:
    """A keyword with schemas inside."""

    keyword: str

    def read(self, node: Node, path: str, report: Report) -> Any:
        """The plain value, whose shape is that of the standard."""
        before = len(report)
        subschemas.RULES[self.keyword](node, path, report)
        return WRONG if len(report) > before else node.plain()

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """Whatever the standard says about the keyword; editors need not know it."""
        return {}


COUNT = Whole(least=0)
ANY_LIST = ListOf(AnyValue())


def _keys(*rows: tuple[str, Kind, str, str]) -> dict[str, Key]:
    return {name: Key(kind, Doc(ja, en)) for name, kind, ja, en in rows}


def _standard(*rows: tuple[str, str, str]) -> dict[str, Key]:
    return {name: Key(Standard(name), Doc(ja, en)) for name, ja, en in rows}


KEYWORDS: dict[str, Key] = {
    **_keys(
        ("minLength", COUNT, "最少文字数", "Fewest characters"),
        ("maxLength", COUNT, "最大文字数", "Most characters"),
        ("pattern", String(), "値全体の形（正規表現）", "The form of the whole value (a regular expression)"),
        ("format", String(), "標準の書式", "A standard format"),
        ("minimum", Limit(), "最小値", "Least value"),
        ("maximum", Limit(), "最大値", "Greatest value"),
        ("exclusiveMinimum", Limit(), "この値より大きい", "Greater than this"),
        ("exclusiveMaximum", Limit(), "この値より小さい", "Less than this"),
        ("multipleOf", Number(above=0), "この数の倍数", "A multiple of this"),
        ("enum", ListOf(AnyValue(), least=1), "許される値", "The values allowed"),
        ("const", AnyValue(), "ただ一つの値", "The only value"),
        ("minItems", Count(), "最少件数", "Fewest items"),
        ("maxItems", Count(), "最大件数", "Most items"),
        ("uniqueItems", YesNo(), "重複を許さない", "No item twice"),
        ("minContains", COUNT, "contains に合う最少件数", "Fewest items that match contains"),
        ("maxContains", COUNT, "contains に合う最大件数", "Most items that match contains"),
        ("minProperties", COUNT, "最少項目数", "Fewest properties"),
        ("maxProperties", COUNT, "最大項目数", "Most properties"),
        ("required", ListOf(String(), unique=True), "必須の項目名", "Names that must be answered"),
        (
            "dependentRequired",
            Standard("dependentRequired"),
            "ある項目があれば必須になる項目",
            "Names needed where another is given",
        ),
        ("default", AnyValue(), "注記としての既定値", "A default, as an annotation"),
        ("examples", ANY_LIST, "例", "Examples"),
        ("deprecated", YesNo(), "廃止予定", "No longer recommended"),
        ("readOnly", YesNo(), "読取り専用", "Read only"),
        ("writeOnly", YesNo(), "書込み専用", "Write only"),
        ("contentEncoding", String(), "内容の符号化", "How the content is encoded"),
        ("contentMediaType", String(), "内容の種類", "The media type of the content"),
        ("$comment", String(), "覚え書き", "A remark"),
    ),
    **_standard(
        ("allOf", "すべてに合う", "Matches all of these"),
        ("anyOf", "どれかに合う", "Matches any of these"),
        ("oneOf", "ちょうど一つに合う", "Matches exactly one of these"),
        ("not", "これに合わない", "Does not match this"),
        ("if", "もしこれに合えば", "If it matches this"),
        ("then", "if に合うときの条件", "what it must then match"),
        ("else", "if に合わないときの条件", "what it must otherwise match"),
        ("contains", "少なくとも一つの要素がこれに合う", "At least one item matches this"),
        ("prefixItems", "先頭から順に合う", "Items match these in order"),
        ("unevaluatedItems", "残りの要素が合う", "The rest of the items match this"),
        ("additionalProperties", "ほかの項目が合う", "Other properties match this"),
        ("unevaluatedProperties", "残りの項目が合う", "The rest of the properties match this"),
        ("patternProperties", "名前の形ごとの条件", "Properties whose names have a form"),
        ("propertyNames", "項目名が合う", "Property names match this"),
        ("dependentSchemas", "ある項目があるときの条件", "What holds where a property is given"),
        ("contentSchema", "内容が合う", "The content matches this"),
        ("$defs", "この項目の中で使う定義", "Definitions for use in this field"),
        ("$ref", "この項目の中の定義を使う", "Uses a definition of this field"),
        ("$anchor", "定義の名前", "A name for a definition"),
    ),
}
"""Every keyword by name, but `type`, `title`, `properties` and `items`, which our fields read themselves."""
