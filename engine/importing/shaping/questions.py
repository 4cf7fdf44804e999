"""Turns one schema into a question: a field of the spec, with the fields inside it."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from engine.importing.notes import Notes, pointer
from engine.importing.reading.patterns import whole
from engine.importing.shaping import naming
from engine.importing.shaping.conditions import Conditions
from engine.importing.shaping.flattening import Flattening
from engine.importing.shaping.fragments import fragment
from engine.importing.shaping.kinds import ALL, Kinds, listed
from engine.importing.shaping.merging import WORDING, meet
from engine.importing.shaping.renaming import Names, renamed
from engine.importing.shaping.unions import Mentions, join

Schema = Any

Values = list[tuple[Any, Mapping[str, Any]]]

MOST_QUESTIONS = 1_500
DEEPEST = 18
"""Levels of the spec's YAML that questions may take; the rest is for what stands inside them."""

TAKEN_APART = frozenset({"type", "properties", "required", "additionalProperties", "unevaluatedProperties", "items"})


@dataclass(frozen=True, slots=True)
class Question:
    """A field under its id. `names` are the ids of what is inside; `field` is as the spec has it."""

    id: str
    field: dict[str, Any]
    required: bool = True
    names: Names = dataclasses.field(default_factory=Names)
    group: str = ""  # the title of the object it was part of, where that is spread over steps


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the source, the definitions we are inside of, and how deep the spec's YAML is here."""

    place: str = ""
    trail: frozenset[str] = frozenset()
    level: int = 5

    def inside(self, *steps: object, levels: int, through: frozenset[str] = frozenset()) -> "Where":
        """Further in."""
        return Where(pointer(self.place, *steps), self.trail | through, self.level + levels)


@dataclass(frozen=True, slots=True)
class Member:
    """A property of an object, before it is asked; `wished` is the id that the source proposes."""

    name: str
    schema: Schema
    required: bool
    where: Where
    wished: str = ""


@dataclass(slots=True)
class Asking:
    """Asks the schemas of one bundle."""

    definitions: Mapping[str, Schema]
    notes: Notes
    flattening: Flattening = dataclasses.field(init=False)
    mentions: Mentions = dataclasses.field(init=False)
    kinds: Kinds = dataclasses.field(init=False)
    count: int = 0

    def __post_init__(self) -> None:
        self.flattening = Flattening(self.definitions)
        self.mentions = Mentions(self.flattening)
        self.kinds = Kinds(self.flattening)

    def question(self, schema: Schema, name: str, where: Where) -> tuple[dict[str, Any], Names]:
        """The field that asks for a value of `schema`, which its parent calls `name`."""
        self.count += 1
        flat = self.flattening.flat(schema)
        within = Where(where.place, where.trail | flat.through, where.level)
        if flat.schema is True:
            return self.unasked({}, {}, name, "unasked_anything", within)
        if flat.schema is False or not self.kinds.possible(flat.schema):
            return self.unasked({"not": {}}, {}, name, "impossible", within)
        found, nullable = self.kinds.without_null(flat.schema)
        wording = wording_of(found, name)
        if flat.through & where.trail:
            return self.unasked(schema, wording, name, "unasked_recursion", within)
        if self.count > MOST_QUESTIONS or where.level > DEEPEST:
            return self.unasked(flat.schema, wording, name, "unasked_depth", within)
        kind = self.kinds.asked(found)
        asked = None if found == {"not": {}} else self.asked(found, kind, name, within)
        if asked is None or (nullable and kind is None):
            return self.unasked(flat.schema, wording, name, f"unasked_{kind or 'anything'}", within)
        spec, names = asked
        type_ = spec.pop("type")
        if nullable:
            type_ = [kind, "null"]
        return {"type": type_, **wording, **spec}, names

    def asked(
        self, schema: Mapping[str, Any], kind: str | None, name: str, where: Where
    ) -> tuple[dict[str, Any], Names] | None:
        """The field by the kind of its answer, without its wording; None where there is no question for it."""
        values = listed(schema)
        if values is not None and kind in {"string", "integer", "number", "boolean"}:
            return self.choice(schema, values, kind), Names()
        if values is not None and kind is None and _are_codes(values):
            return {"type": "choice", **self.rules(schema, {"type"})}, Names()
        if kind == "object":
            return self.group(schema, where)
        if kind == "array":
            return self.several(schema, name, where)
        return None if kind is None else ({"type": kind, **self.rules(schema, {"type"})}, Names())

    def unasked(
        self, schema: Mapping[str, Any], wording: Mapping[str, Any], name: str, why: str, where: Where
    ) -> tuple[dict[str, Any], Names]:
        """A field that is JSON Schema and nothing else: whatever it accepts is accepted, but there is no question."""
        self.notes.add(why, where.place)
        worded = wording or {"title": naming.spoken(name)}
        return {"type": "json", **worded, **_as_a_rule(fragment(schema, self.definitions))}, Names()

    def rules(self, schema: Mapping[str, Any], without: frozenset[str] | set[str] = TAKEN_APART) -> dict[str, Any]:
        """The keywords that stay in the field as they are."""
        kept = {key: value for key, value in schema.items() if key not in without and key not in WORDING}
        found = fragment(kept, self.definitions)
        if "pattern" in found:
            found["pattern"] = whole(found["pattern"])
        if "default" in schema and not isinstance(schema["default"], dict | list):
            found["default"] = schema["default"]
        return found

    def choice(self, schema: Mapping[str, Any], values: Values, kind: str) -> dict[str, Any]:
        """One of the listed values."""
        rest = self.rules(schema, {"type", "enum", *self._listing(schema)})
        fitting = [(value, branch) for value, branch in values if _fits(value, kind)]
        plain = [value for value, _ in fitting]
        if kind == "boolean":
            both = len(set(plain)) == 2  # noqa: PLR2004 - true and false
            return {"type": "boolean", **({} if both else {"enum": plain}), **rest}
        if kind == "number" and any(value != int(value) for value in plain):
            return {"type": "number", "allOf": [{"enum": plain}, *rest.pop("allOf", [])], **rest}
        titles = [branch.get("title", branch.get("description")) for _, branch in fitting]
        if not any(titles):
            return {"type": kind, "enum": plain, **rest}
        worded = [naming.wording(title or value) or str(value) for title, value in zip(titles, plain, strict=True)]
        if kind == "string" and all(plain) and len(set(plain)) == len(plain):
            return {"type": "choice", "options": dict(zip(plain, worded, strict=True)), **rest}
        options = [{"const": value, "title": title} for value, title in zip(plain, worded, strict=True)]
        return {"type": kind, "oneOf": options, **rest}

    @staticmethod
    def _listing(schema: Mapping[str, Any]) -> set[str]:
        return set() if "enum" in schema else {"oneOf"} if listed({"oneOf": schema.get("oneOf", ())}) else {"anyOf"}

    def group(self, schema: Mapping[str, Any], where: Where) -> tuple[dict[str, Any], Names] | None:
        """An object whose properties are questions; None where it has none."""
        questions = self.properties(schema, where)
        if not questions:
            return None
        names = Names.of(questions)
        spec: dict[str, Any] = {"type": "object", **self.conditions(schema, questions, where)}
        if any(not one.required for one in questions.values()):
            spec["required"] = [one.id for one in questions.values() if one.required]
        spec["properties"] = {one.id: one.field for one in questions.values()}
        return spec, names

    def members(self, schema: Mapping[str, Any], where: Where) -> list[Member]:
        """Every property that may be there, with what is to be asked for it."""
        closed = schema.get("additionalProperties") is False
        if not closed and "unevaluatedProperties" not in schema:
            self.notes.add("other_properties", where.place)
        own = schema.get("properties", {})
        names = [name for name in (own if closed else self.mentions.names(schema)) if name]
        required = self.mentions.required(schema)
        bounds = {name: self.bound(schema, name) for name in names}
        found = [
            Member(name, bound, name in required, where.inside("properties", name, levels=0), _wished(own.get(name)))
            for name, bound in bounds.items()
            if bound is not False
        ]
        for name in required:
            if bounds.get(name, False) is False:
                self.notes.add("required_unasked", where.place, name=name)
        return found

    def properties(self, schema: Mapping[str, Any], where: Where) -> dict[str, Question]:
        """A question for every property, by its name in the source."""
        members = self.members(schema, where)
        ids = naming.identifiers({one.name: one.wished for one in members})
        found: dict[str, Question] = {}
        for one in members:
            spec, inside = self.question(one.schema, one.name, one.where.inside(levels=2))
            if ids[one.name] != one.name:
                spec = {**spec, "as": pointer("", one.name)}
            found[one.name] = Question(ids[one.name], spec, one.required, inside)
        return found

    def is_group(self, schema: Schema) -> bool:
        """Whether several questions stand inside."""
        flat = self.flattening.flat(schema).schema
        return isinstance(flat, dict) and self.kinds.asked(flat) in {"object", "array"}

    def bound(self, schema: Mapping[str, Any], name: str) -> Schema:
        """What is asked for a property: what surely holds, or where that tells nothing, what may hold."""
        bound = self.mentions.bound(schema, name)
        if bound is not False and self.open(bound):
            told = [one for one in self.mentions.mentioned(schema, name) if one is not False]
            joined = self.flattening.flat(reduce(join, told)).schema if told else True
            return self.flattening.flat(meet(bound, joined)).schema
        return bound

    def open(self, schema: Schema) -> bool:
        """Whether nothing tells what kind of answer is wanted."""
        return schema is True or (self.kinds.asked(schema) is None and self.kinds.possible(schema) == ALL)

    def conditions(self, schema: Mapping[str, Any], questions: Mapping[str, Question], where: Where) -> dict[str, Any]:
        """The rules between the questions that do not become conditions of the questions themselves."""
        rules = self.residue(schema, Names.of(questions), where)
        fields = {one.id: one.field for one in questions.values()}
        required = {one.id for one in questions.values() if one.required}
        own = schema.get("properties", {})
        lone = {
            one.id
            for name, one in questions.items()
            if name not in own and len(list(self.mentions.mentioned(schema, name))) == 1
        }
        return Conditions(fields, required, frozenset(lone)).take(rules)

    def residue(self, schema: Mapping[str, Any], names: Names, where: Where) -> dict[str, Any]:
        """What an object says beyond its properties one by one, with the ids in place of the names."""
        kept = self.rules(schema)
        if "unevaluatedProperties" in schema and kept:
            definitions = {"$defs": kept.pop("$defs")} if "$defs" in kept else {}
            around = {"properties": dict.fromkeys(schema.get("properties", {}), True), **kept}
            kept = {**definitions, "allOf": [{**around, "unevaluatedProperties": schema["unevaluatedProperties"]}]}
        return renamed(kept, names, lambda: self.notes.add("renamed_rule", where.place))

    def several(self, schema: Mapping[str, Any], name: str, where: Where) -> tuple[dict[str, Any], Names] | None:
        """A list with one question for each item; None where items differ by place or are anything."""
        items = schema.get("items", True)
        if isinstance(items, bool) or "prefixItems" in schema:
            return None
        inner, names = self.question(items, name, where.inside("items", levels=1))
        if inner["type"] in ("json", "array") or "array" in inner["type"]:
            return None
        if "properties" in inner or inner.get("title") == naming.spoken(name):
            del inner["title"]  # each is called like the list
        rules = self.rules(schema, {*TAKEN_APART, "unevaluatedItems"})
        if {"enum", "options"} & inner.keys():
            rules.setdefault("uniqueItems", False)  # which is not what it is among our choices
        return {"type": "array", "minItems": 0, **rules, "items": inner}, Names(item=names)


def wording_of(schema: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Title and hint: the source's own, or the name in words."""
    title = naming.wording(schema.get("title", "")) or naming.spoken(name)
    hint = naming.wording(schema.get("description", ""))
    return {"title": title, **({"hint": hint} if hint and hint != title else {})}


def _wished(schema: Schema) -> str:
    """The identifier that a source of ours proposes."""
    return str(schema.get("x-name", "")) if isinstance(schema, dict) else ""


def _as_a_rule(rules: dict[str, Any]) -> dict[str, Any]:
    """Keywords that a field reads as questions inside it, or as its own type, stand one level further in."""
    if not TAKEN_APART & rules.keys():
        return rules
    definitions = {"$defs": rules["$defs"]} if "$defs" in rules else {}
    return {**definitions, "allOf": [{key: value for key, value in rules.items() if key != "$defs"}]}


def _are_codes(values: Values) -> bool:
    """Texts and whole numbers side by side, as an enumeration without wording."""
    return all(not branch and (_fits(value, "string") or _fits(value, "integer")) for value, branch in values)


def _fits(value: Any, kind: str) -> bool:
    python: Mapping[str, tuple[type, ...]] = {
        "string": (str,),
        "boolean": (bool,),
        "integer": (int,),
        "number": (int, float),
    }
    return isinstance(value, python[kind]) and (kind == "boolean" or not isinstance(value, bool))
