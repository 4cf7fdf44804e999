"""The drafts of JSON Schema from 4 to 2020-12: which one a schema is of, and its keywords as 2020-12 spells them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from referencing import Specification
from referencing.jsonschema import DRAFT4, DRAFT6, DRAFT7, DRAFT201909, DRAFT202012

from engine.importing.reading.forms import words

IN_ALL = words(
    "$ref type enum multipleOf minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength pattern items "
    "minItems maxItems uniqueItems minProperties maxProperties required properties patternProperties "
    "additionalProperties allOf anyOf oneOf not format title description default"
)
ANNOTATIONS = words("examples deprecated readOnly writeOnly contentEncoding contentMediaType contentSchema x-name")
SINCE_6 = words("const contains propertyNames")
SINCE_7 = words("if then else")
SINCE_2019 = words("dependentRequired dependentSchemas unevaluatedItems unevaluatedProperties minContains maxContains")
SILENT = words("$schema $id id $anchor $dynamicAnchor $recursiveAnchor $vocabulary $defs definitions $comment")
"""Of no consequence once references are resolved."""

OPTION_TITLES = frozenset({"enumNames", "x-enumNames", "x-enum-varnames"})
"""Not of the standard, but widely used: the wordings of `enum`, in its order."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: how references are read, which keywords count, and whether those beside `$ref` do."""

    name: str
    specification: Specification[Any]
    keywords: frozenset[str]
    beside_reference: bool

    @property
    def tuples(self) -> bool:
        """Whether `items` may be a list."""
        return self.specification is not DRAFT202012


DRAFTS: Mapping[str, Draft] = {
    "draft-04": Draft("4", DRAFT4, IN_ALL | {"additionalItems", "dependencies"}, beside_reference=False),
    "draft-06": Draft("6", DRAFT6, IN_ALL | SINCE_6 | {"additionalItems", "dependencies"}, beside_reference=False),
    "draft-07": Draft(
        "7", DRAFT7, IN_ALL | SINCE_6 | SINCE_7 | {"additionalItems", "dependencies"}, beside_reference=False
    ),
    "2019-09": Draft(
        "2019-09",
        DRAFT201909,
        IN_ALL | SINCE_6 | SINCE_7 | SINCE_2019 | {"additionalItems", "$recursiveRef"},
        beside_reference=True,
    ),
    "2020-12": Draft(
        "2020-12",
        DRAFT202012,
        IN_ALL | SINCE_6 | SINCE_7 | SINCE_2019 | {"prefixItems", "$dynamicRef"},
        beside_reference=True,
    ),
}
EVERY_KEYWORD = frozenset[str]().union(*(draft.keywords for draft in DRAFTS.values()))
UNSAID = Draft("?", DRAFT201909, EVERY_KEYWORD, beside_reference=True)
"""Where `$schema` is missing: the keywords of all drafts, each meaning what it means in its own."""


def draft_of(schema: Any, otherwise: Draft) -> Draft:
    """The draft that `$schema` names; `otherwise` where it names none that is known."""
    named = schema.get("$schema") if isinstance(schema, dict) else None
    if not isinstance(named, str):
        return otherwise
    known = named if "json-schema.org/" in named else ""
    return next((draft for mark, draft in DRAFTS.items() if mark in known), otherwise)


def modern(schema: Mapping[str, Any], draft: Draft) -> Iterator[tuple[str, Any, str]]:
    """Each keyword that counts: as 2020-12 has it, its value, and the keyword it stands under in the source.

    Where `$ref` stands alone by rule, its neighbours are dropped, but for the wording.
    """
    alone = "$ref" in schema and isinstance(schema["$ref"], str) and not draft.beside_reference
    for keyword, value in schema.items():
        if keyword in SILENT or keyword not in draft.keywords or (alone and keyword not in BESIDE):
            continue
        yield from _spelled(keyword, value, schema, draft)


BESIDE = frozenset({"$ref", "title", "description"})


def ignored(schema: Mapping[str, Any], draft: Draft) -> Iterator[str]:
    """The keywords that mean nothing in this draft; annotations are not worth a word."""
    silent = draft.keywords | SILENT | ANNOTATIONS | OPTION_TITLES
    yield from (keyword for keyword in schema if keyword not in silent)


def _spelled(keyword: str, value: Any, schema: Mapping[str, Any], draft: Draft) -> Iterator[tuple[str, Any, str]]:
    match keyword:
        case "exclusiveMinimum" | "exclusiveMaximum" if isinstance(value, bool):
            limit = schema.get(keyword.removeprefix("exclusive").lower())
            if value and limit is not None:
                yield keyword, limit, keyword
        case "items" if draft.tuples and isinstance(value, list):
            yield "prefixItems", value, keyword
            if "additionalItems" in schema:
                yield "items", schema["additionalItems"], "additionalItems"
        case "additionalItems":
            return  # said with `items`, without which it means nothing
        case "dependencies" if isinstance(value, dict):
            names = {name: needed for name, needed in value.items() if isinstance(needed, list)}
            schemas = {name: needed for name, needed in value.items() if name not in names}
            yield from [("dependentRequired", names, keyword)] if names else []
            yield from [("dependentSchemas", schemas, keyword)] if schemas else []
        case "$recursiveRef" | "$dynamicRef":
            yield "$ref", value, keyword
        case _:
            yield keyword, value, keyword
