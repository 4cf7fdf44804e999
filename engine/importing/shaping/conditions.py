"""Rules between the properties of an object as conditions that people read, where that is exact."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Schema = Any
Fields = dict[str, dict[str, Any]]

SIMPLE = frozenset({"string", "choice", "integer", "boolean"})
OPEN = frozenset({"type", "title", "description"})
BRANCHES = frozenset({"if", "then", "else"})


@dataclass(slots=True)
class Conditions:
    """The fields of one object, in order; `lone` are those that only one branch of one rule speaks of.

    `required` are the ids of those that must be there whatever else is.
    """

    fields: Fields
    required: set[str]
    lone: frozenset[str]
    needed: dict[str, list[str]] = field(default_factory=dict)  # when a field must be there, by id
    shown: dict[str, str] = field(default_factory=dict)

    def take(self, rules: Mapping[str, Any]) -> dict[str, Any]:
        """Turn what can be turned into conditions of the fields; the rules that are left."""
        left = {key: value for key, value in rules.items() if key not in BRANCHES}
        branches = {key: rules[key] for key in BRANCHES & rules.keys()}
        if branches and not self.branching(branches):
            left |= branches
        also = [rule for rule in left.pop("allOf", ()) if not self.rule(rule)]
        left |= {"allOf": also} if also else {}
        for keyword in ("oneOf", "anyOf"):
            if keyword in left and self.forms(left[keyword]):
                del left[keyword]
        self.listed(left)
        self.needed_by(left)
        self.write()
        return left

    def rule(self, rule: Schema) -> bool:
        """Whether a rule of `allOf` could be turned."""
        return isinstance(rule, dict) and "if" in rule and rule.keys() <= BRANCHES and self.branching(rule)

    def forms(self, branches: list[Schema]) -> bool:
        """One of several forms, told apart by the values of a property that is always there: all of it, or nothing."""
        for name in self.fields:
            if name in self.required and (values := self.told_apart(name, branches)):
                parts = [
                    part for one, told in zip(branches, values, strict=True) for part in self.form(name, one, told)
                ]
                if None not in parts:
                    self.note(parts)
                    return True
        return False

    def told_apart(self, name: str, branches: list[Schema]) -> list[list[Any]]:
        """The values of a property in each branch; none where they overlap, or leave out what can be answered."""
        asked = self.fields[name]
        found = []
        for one in branches:
            inner = one.get("properties", {}).get(name) if isinstance(one, dict) else None
            if not isinstance(inner, dict) or inner.keys() - {"const", "enum", *OPEN}:
                return []
            found.append(inner["enum"] if "enum" in inner else [inner["const"]] if "const" in inner else [])
        told = [value for values in found for value in values]
        answers = _answers(asked)
        distinct = len({repr(value) for value in told}) == len(told)
        covered = bool(answers) and all(value in told for value in answers)
        return found if len(found) > 1 and distinct and covered and all(found) else []

    def form(self, name: str, branch: Mapping[str, Any], values: list[Any]) -> Iterator[tuple[str, str, bool] | None]:
        """What one form wants."""
        condition = self.equals(
            name, {"enum": [value for value in values if _can_be(self.fields[name], value)]}, always=True
        )
        rest = {key: value for key, value in branch.items() if key != "additionalProperties"}
        rest["properties"] = {other: inner for other, inner in rest["properties"].items() if other != name}
        rest["required"] = [other for other in rest.get("required", ()) if other not in self.required]
        if condition is None:
            yield None
            return
        if branch.get("additionalProperties", True) is not True:
            others = self.fields.keys() - branch["properties"].keys() - self.lone
            yield from [None] if others or branch["additionalProperties"] is not False else []
        yield from self.demands(rest, condition)

    def note(self, parts: Any) -> None:
        """Keep what a rule wants until all rules are read."""
        for name, when, shows in parts:
            if shows:
                self.shown[name] = when
            else:
                self.needed.setdefault(name, []).append(when)

    def branching(self, rule: Mapping[str, Any]) -> bool:
        """`if`, `then`, `else`: all of it, or nothing."""
        condition = self.condition(rule.get("if"))
        if condition is None:
            return False
        parts = [
            *self.demands(rule.get("then", True), condition),
            *self.demands(rule.get("else", True), f"not ({condition})"),
        ]
        if None in parts or not parts:
            return False
        self.note(parts)
        return True

    def demands(self, schema: Schema, condition: str) -> Iterator[tuple[str, str, bool] | None]:
        """What a branch wants, as (field, condition, whether it shows it); None for what cannot be turned."""
        if schema is True:
            return
        if not isinstance(schema, dict) or schema.keys() - {"required", "properties", *OPEN}:
            yield None
            return
        if schema.get("type", "object") != "object":
            yield None
        for name in schema.get("properties", {}):
            yield (name, condition, True) if name in self.lone and self.sees(name, condition) else None
        for name in schema.get("required", ()):
            yield (name, condition, False) if name in self.fields and self.sees(name, condition) else None

    def listed(self, left: dict[str, Any]) -> None:
        """One of several must be there: the last, unless one before it is."""
        branches = left.get("anyOf", ())
        names = [one["required"][0] for one in branches if isinstance(one, dict) and _is_single(one)]
        if len(names) < 2 or len(names) < len(branches) or not set(names) <= self.fields.keys():  # noqa: PLR2004
            return
        if set(names) & (self.required | self.shown.keys()) or len(set(names)) < len(names):
            return
        if not all(map(self.tells, names)):
            return
        *before, last = sorted(names, key=list(self.fields).index)
        self.needed.setdefault(last, []).append(f"not ({' or '.join(f'answered({name})' for name in before)})")
        del left["anyOf"]

    def needed_by(self, left: dict[str, Any]) -> None:
        """`dependentRequired`: what comes later is needed where what is before it is there."""
        kept: dict[str, Any] = {}
        for name, others in left.get("dependentRequired", {}).items():
            there = f"answered({name})"
            if self.tells(name) and all(other in self.fields and self.sees(other, there) for other in others):
                for other in others:
                    self.needed.setdefault(other, []).append(there)
            else:
                kept[name] = others
        left.pop("dependentRequired", None)
        left |= {"dependentRequired": kept} if kept else {}

    def condition(self, schema: Schema) -> str | None:
        """The expression that is true exactly where the schema matches; None where there is none."""
        if not isinstance(schema, dict):
            return None
        if schema.keys() == {"not"}:
            inner = self.condition(schema["not"])
            return None if inner is None else f"not ({inner})"
        if schema.keys() - {"properties", "required", *OPEN} or schema.get("type", "object") != "object":
            return None
        required = [name for name in schema.get("required", ()) if name not in self.required]
        parts = [f"answered({name})" if self.tells(name) else None for name in required]
        for name, inner in schema.get("properties", {}).items():
            parts.append(self.equals(name, inner, always=name in required or name in self.required))
        return None if None in parts or not parts else " and ".join(part for part in parts if part)

    def equals(self, name: str, schema: Schema, *, always: bool) -> str | None:
        """That a property has a value, or where it need not be there, that it is not there."""
        asked = self.fields.get(name)
        if asked is None or not isinstance(schema, dict) or "format" in asked or not self.tells(name):
            return None
        if asked["type"] not in SIMPLE:
            return None
        values = schema["enum"] if "enum" in schema else [schema["const"]] if "const" in schema else []
        if not values or schema.keys() - {"const", "enum", *OPEN} or not all(_can_be(asked, value) for value in values):
            return None
        if asked["type"] == "boolean":
            told = name if values == [True] else f"not {name}" if values == [False] else None
        else:
            told = f"{name} == {values[0]!r}" if len(values) == 1 else f"{name} in {values!r}"
        if told is None or always:
            return told
        return f"(not answered({name}) or {told})"

    def tells(self, name: str) -> bool:
        """Whether being there and being answered are the same: not where null may stand for an answer."""
        return (
            name in self.fields and isinstance(self.fields[name]["type"], str) and self.fields[name]["type"] != "json"
        )

    def sees(self, name: str, condition: str) -> bool:
        """Whether everything that a condition speaks of is asked before the field."""
        if name not in self.fields:
            return False
        order = list(self.fields)
        return not _names(condition) & set(order[order.index(name) :])

    def write(self) -> None:
        """Put the conditions into the fields."""
        for name, when in self.shown.items():
            self.fields[name]["when"] = when
        for name, conditions in self.needed.items():
            if name in self.required:
                continue
            if conditions == [self.shown.get(name)]:  # shown exactly where it is needed
                self.fields[name]["optional"] = False
            else:
                self.fields[name]["optional"] = " and ".join(_negated(one) for one in conditions)


def _negated(condition: str) -> str:
    return condition[5:-1] if condition.startswith("not (") and _encloses(condition[4:]) else f"not ({condition})"


def _encloses(text: str) -> bool:
    """Whether the first bracket closes at the very end."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if not depth:
            return place == len(text) - 1
    return False


def _is_single(schema: Mapping[str, Any]) -> bool:
    return schema.keys() <= {"required", *OPEN} and len(schema.get("required", ())) == 1


def _answers(asked: Mapping[str, Any]) -> list[Any]:
    """All that can be answered, where that is listed."""
    if asked["type"] == "boolean":
        return list(asked.get("enum", [True, False]))
    listed = asked.get("options", asked.get("enum"))
    return [one["const"] for one in asked.get("oneOf", ()) if "const" in one] if listed is None else list(listed)


def _can_be(asked: Mapping[str, Any], value: Any) -> bool:
    """Whether an expression can compare the field with the value."""
    if isinstance(value, bool):
        return bool(asked["type"] == "boolean")
    if asked["type"] == "integer" or (asked["type"] == "choice" and isinstance(value, int)):
        fits = isinstance(value, int)
    else:
        fits = isinstance(value, str) and value.isprintable()
    listed = _answers(asked)
    return fits and (not listed or value in listed)


def _names(condition: str) -> set[str]:
    """The fields that a condition speaks of."""
    return {node.id for node in ast.walk(ast.parse(condition, mode="eval")) if isinstance(node, ast.Name)}
