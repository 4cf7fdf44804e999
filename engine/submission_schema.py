"""The JSON Schema (2020-12) of a procedure's submission: what the API accepts and back-office systems receive."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from engine.expressions import Expression
from engine.model import Check, Field, Procedure, Text
from engine.titles import titles_in

DIALECT = "https://json-schema.org/draft/2020-12/schema"
EXPLAINED = ("ja", "en")
LIMITS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"})
REFERENCES = frozenset({"$ref", "$dynamicRef", "$anchor", "$dynamicAnchor"})

Path = tuple[str, ...]


def submission_schema(procedure: Procedure) -> dict[str, Any]:
    """One object with a property for every field. What JSON Schema cannot say stands in `x-tetsuzuki-rules`.

    A rule is a `path` (`*` for every item of a list), a keyword with its expression, and what that says in words.
    Stops, warnings and checks also have what their author tells (`tells`); the former two a `name`, and no path.
    """
    writer = _Writer(procedure)
    properties: dict[str, Any] = {}
    required: list[str] = []
    for step in procedure.steps:
        if step.when is not None:
            writer.rule(tuple(one.id for one in step.fields), "when", step.when)
        body = writer.object(step.fields, ())
        properties |= body["properties"]
        required += body["required"] if step.when is None else []
        writer.checks(step.checks, ())
    for stop in procedure.stops:
        writer.rule((), "stop", stop.when, stop.reason, name=stop.id)
    for warning in procedure.warnings:
        writer.rule((), "warning", warning.when, warning.text, name=warning.id)
    return {
        "$schema": DIALECT,
        "title": procedure.title.ja,
        "x-tetsuzuki-procedure": procedure.id,
        "x-tetsuzuki-version": procedure.version.isoformat(),
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
        "x-tetsuzuki-rules": writer.rules,
    }


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes schemas and gathers the rules that they cannot say."""

    procedure: Procedure
    rules: list[dict[str, Any]] = field(default_factory=list)

    def rule(self, path: Path, keyword: str, expression: Expression, told: Text | None = None, **more: str) -> None:
        says = {language: self.explain(expression, language) for language in EXPLAINED}
        tells = {"tells": {"ja": told.ja, **told.others}} if told else {}
        self.rules.append({"path": [*path], keyword: expression.source, "says": says, **tells, **more})

    def checks(self, checks: Iterable[Check], path: Path) -> None:
        for check in checks:
            self.rule((*path, check.at[0]), "check", check.that, check.error)

    def spelled(self, one: Field, path: Path) -> None:
        """Limits and settings that are values: a day that is written out, a number of words."""
        for keyword in sorted(LIMITS & one.settings.keys()):
            limit = one.type.told(one, keyword, one.type.bound(one.settings[keyword]))["limit"]
            says = {language: limit.say(language) if isinstance(limit, Text) else limit for language in EXPLAINED}
            self.rules.append({"path": [*path], keyword: one.settings[keyword], "says": says})
        for name, known in one.type.keywords.items():
            if known.rule and name in one.settings:
                says = {language: f"{known.doc[language]}: {one.settings[name]}" for language in EXPLAINED}
                self.rules.append({"path": [*path], name: str(one.settings[name]), "says": says})

    def explain(self, expression: Expression, language: str) -> str:
        titles = titles_in(self.procedure, language)
        return expression.explain(language, titles, self.procedure.conditions)

    def object(self, fields: Iterable[Field], path: Path) -> dict[str, Any]:
        """Properties by id, and those that must be there whatever the answers are."""
        asked = [one for one in fields if one.type.control != "note"]
        return {
            "properties": {one.id: self.field(one, (*path, one.id)) for one in asked},
            "required": [one.id for one in asked if one.when is None and one.optional is False],
        }

    def field(self, one: Field, path: Path) -> dict[str, Any]:
        """One field with everything inside it."""
        schema: dict[str, Any] = {"title": one.title.ja} if one.title.ja else {}
        schema |= one.schema
        if _refers(schema):
            schema["$id"] = f"urn:tetsuzuki:{self.procedure.id}:{'.'.join(path)}"  # `#/…` means this field
        if one.when is not None:
            self.rule(path, "when", one.when)
        if isinstance(one.optional, Expression):
            self.rule(path, "optional", one.optional)
        for keyword, limit in one.limits.items():
            self.rule(path, keyword, limit)
        self.spelled(one, path)
        for option in one.options:
            if option.when is not None:
                self.rule((*path, f"={option.value}"), "when", option.when)
        if one.properties:
            schema |= {**self.object(one.properties, path), "additionalProperties": False}
            self.checks(one.checks, path)
        if one.items is not None:
            schema["items"] = self.field(one.items, (*path, "*"))
        return schema


def _refers(schema: Any) -> bool:
    """Whether something in it refers to a place in it."""
    if isinstance(schema, dict):
        return bool(REFERENCES & schema.keys()) or any(_refers(inner) for inner in schema.values())
    return isinstance(schema, list) and any(_refers(inner) for inner in schema)
