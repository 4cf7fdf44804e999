"""What names and addresses share: several inputs that make one answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.expressions.types import TEXT, Type, record
from engine.fields.base import MISSING, OneInput, Raw, expect, first
from engine.fields.written import as_written

if TYPE_CHECKING:
    from engine.model.fields import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(OneInput):
    """An object of texts. `inputs` gives the JSON Schema of each, `may_be_empty` those that need no answer.

    A type whose inputs depend on the field's settings writes them in `expand`; everything else follows its schema.
    """

    inputs: Mapping[str, Mapping[str, Any]]
    may_be_empty: frozenset[str] = frozenset()

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """An object with just these properties."""
        own = set(self.keywords)
        return {key: value for key, value in schema.items() if key not in own} | {
            "type": "object",
            "properties": {name: dict(part) for name, part in self.inputs.items()},
            "required": [name for name in self.inputs if name not in self.may_be_empty],
            "additionalProperties": False,
        }

    def value_type(self, field: "Field") -> Type:
        """A record of texts."""
        return record(dict.fromkeys(inputs_of(field), TEXT))

    def parts(self, field: "Field") -> tuple[str, ...]:
        """One input for each property."""
        return inputs_of(field)

    def parse(self, field: "Field", raw: Raw) -> Any:
        """The object; inputs left empty are "", which the schema refuses where they are needed."""
        answer = {name: self.read(name, first(raw, name)) for name in inputs_of(field)}
        return answer if any(answer.values()) else MISSING

    def read(self, name: str, text: str) -> str:
        """The text of one input, as it is kept."""
        return text.strip()

    @as_written
    def value(self, field: "Field", answer: Any) -> Any:
        """The texts that are filled in."""
        return {
            name: expect(answer[name], str) for name in inputs_of(field) if expect(answer, dict).get(name, "") != ""
        }

    def show_raw(self, field: "Field", answer: Any) -> dict[str, list[str]]:
        """Each property as it is."""
        return {name: [str(answer.get(name, ""))] for name in inputs_of(field)}

    def found_by(self, field: "Field", answer: Any) -> Iterable[str]:
        """All of it, and from the beginning of each of its texts."""
        return (" ".join(str(text) for name in inputs_of(field) if (text := answer.get(name))),)


def inputs_of(field: "Field") -> tuple[str, ...]:
    """The names of its inputs, in their order."""
    return tuple(field.schema["properties"])
