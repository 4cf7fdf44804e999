"""Where the answer stands that an expression names, and what is said of it there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.expressions.types import Type
from engine.fields.written import is_as_written
from engine.model import Field
from engine.submission_schema.formulas import ALWAYS, Formula, Level, Part, opposite
from engine.validation.dialect import Validator

JSON_TYPES: Mapping[str, str] = {
    "boolean": "boolean",
    "number": "number",
    "text": "string",
    "date": "string",
    "record": "object",
    "list": "array",
}


@dataclass(frozen=True, slots=True)
class Reach:
    """`steps` are the names of properties that lead from the object at `level` to the answer; none: it is that itself.

    `field` asks for it. An input of a type that has several (the family name of a person) has no field of its own;
    left empty, it is unanswered.
    """

    level: Level
    steps: tuple[str, ...]
    type: Type
    field: Field | None

    def says(self, schema: Mapping[str, Any]) -> Formula:
        """That it is answered, and as `schema` wants."""
        return Part(self.level, _wrapped(self.steps, {**self._filled(), **schema}))

    @property
    def known(self) -> Formula:
        """That it is answered."""
        return self.says({}) if self.steps else ALWAYS

    @property
    def unknown(self) -> Formula:
        """That it is not answered."""
        if len(self.steps) == 1:
            return Part(self.level, {"properties": {self.steps[0]: False}})
        return opposite(self.known)

    def inner(self, name: str) -> "Reach | None":
        """A property of it; None where JSON Schema cannot follow."""
        type = self.type.properties.get(name)
        if self.field is None or type is None:
            return None
        inner = {field.id: field for field in self.field.properties}
        if inner and name not in inner:
            return None
        reach = Reach(self.level, (*self.steps, name), type, inner.get(name))
        return reach if reach.comparable else None

    def item(self, level: Level) -> "Reach | None":
        """Any item of the list that it is, as an object `level` of its own."""
        field = self.field
        if field is None or self.type.kind != "list":
            return None
        reach = Reach(level, (), self.type.element, field.items)
        return reach if field.items is None or reach.comparable else None

    @property
    def comparable(self) -> bool:
        """Whether its value in expressions is what JSON has."""
        return self.field is None or (is_as_written(self.field.type) and self.type.kind in JSON_TYPES)

    def _filled(self) -> dict[str, Any]:
        """What an answer is that says something: of an input beside others not "", where null is allowed not that."""
        if self.field is None:
            return {"minLength": 1} if self.type.kind == "text" and len(self.steps) > 1 else {}
        return {"type": JSON_TYPES[self.type.kind]} if _nullable(self.field) else {}


def reaches(fields: Iterable[Field], level: Level) -> dict[str, Reach | None]:
    """Where the answers to the fields of one object stand; None for those that JSON Schema cannot compare."""
    found = {field.id: Reach(level, (field.id,), field.type.value_type(field), field) for field in fields}
    return {name: reach if reach.comparable else None for name, reach in found.items()}


def _nullable(field: Field) -> bool:
    """Whether null is an answer, which says nothing."""
    return Validator(dict(field.schema)).is_valid(None)  # type: ignore[no-any-return]


def _wrapped(steps: tuple[str, ...], schema: dict[str, Any]) -> dict[str, Any]:
    for step in reversed(steps):
        schema = {"properties": {step: schema}, "required": [step]}
    return schema
