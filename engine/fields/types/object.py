"""A group of fields that make one answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.expressions.types import Type, record
from engine.fields.base import MISSING, FieldProblem, OneInput, Raw, expect, known_value
from engine.fields.written import as_written
from engine.words import say

if TYPE_CHECKING:
    from engine.model.fields import Field

# Said by the properties' own fields: `check_fields` refuses others, and misses those that must be there.
JOINED = frozenset({"properties", "required", "additionalProperties", "unevaluatedProperties"})


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupOfFields(OneInput):
    """An object whose properties are fields of their own; each is read, checked and shown by its own type."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """An object; its properties are joined when the whole schema is written."""
        return {key: value for key, value in schema.items() if key not in JOINED} | {"type": "object"}

    def value_type(self, field: "Field") -> Type:
        """A record."""
        return record({part.id: part.type.value_type(part) for part in field.properties})

    def parts(self, field: "Field") -> tuple[str, ...]:
        """The inputs of all its fields: `<field>` or `<field>.<part>`."""
        return tuple(
            f"{part.id}.{name}" if name else part.id for part in field.properties for name in part.type.parts(part)
        )

    def parse(self, field: "Field", raw: Raw) -> Any:
        """The answers of its fields. Of those that cannot be read, the first is raised."""
        answer = {part.id: _read(part, raw) for part in field.properties}
        return {name: value for name, value in answer.items() if value is not MISSING} or MISSING

    def show_raw(self, field: "Field", answer: Any) -> dict[str, list[str]]:
        """The texts of all its inputs."""
        return {
            f"{part.id}.{name}" if name else part.id: texts
            for part in field.properties
            if part.id in answer
            for name, texts in part.type.show_raw(part, answer[part.id]).items()
        }

    @as_written
    def value(self, field: "Field", answer: Any) -> Any:
        """A dictionary of values; what cannot be read is unknown."""
        given = expect(answer, dict)
        return {part.id: known_value(part, given[part.id]) for part in field.properties if part.id in given}

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """Each answer with its title."""
        words = (
            f"{part.title.say(language)}: {part.type.show(part, answer[part.id], language)}"
            for part in field.properties
            if part.id in answer
        )
        return say("answers.list_comma", language).join(words)


def _read(part: "Field", raw: Raw) -> Any:
    try:
        return part.type.parse(part, _inside(raw, part.id))
    except FieldProblem as problem:
        place = f"{part.id}.{problem.part}" if problem.part else part.id
        raise FieldProblem(problem.key, problem.params, place, problem.field or part) from None


def _inside(raw: Raw, name: str) -> Raw:
    start = f"{name}."
    inner = {part.removeprefix(start): texts for part, texts in raw.items() if part.startswith(start)}
    return {**inner, "": raw[name]} if name in raw else inner


TYPE = GroupOfFields(
    name="object", control="group", findable=False, doc={"ja": "項目のまとまり", "en": "A group of fields"}
)
