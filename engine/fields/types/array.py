"""A list that grows with "add another"."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.expressions.types import ANYTHING, Type, list_of
from engine.fields.base import MISSING, OneInput, Raw, expect
from engine.fields.written import as_written
from engine.words import say

if TYPE_CHECKING:
    from engine.model.fields import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOfItems(OneInput):
    """Items that are objects have pages of their own; simple items stand one a line."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """An array; its items are joined when the whole schema is written."""
        return {"minItems": 1, **{key: value for key, value in schema.items() if key != "items"}, "type": "array"}

    def value_type(self, field: "Field") -> Type:
        """A list."""
        item = field.items
        return list_of(ANYTHING if item is None else item.type.value_type(item))

    def parse(self, field: "Field", raw: Raw) -> Any:
        """Simple items, one a line."""
        if field.items is None or field.is_list:
            return MISSING
        item = field.items
        lines = [line for text in raw.get("", ()) for line in text.splitlines() if line.strip()]
        answers = [item.type.parse(item, {"": [line]}) for line in lines]
        return [answer for answer in answers if answer is not MISSING] or MISSING

    def show_raw(self, field: "Field", answer: Any) -> dict[str, list[str]]:
        """Simple items, one a line."""
        if field.items is None or field.is_list:
            return {"": []}
        item = field.items
        return {"": ["\n".join(item.type.show_raw(item, one).get("", [str(one)])[0] for one in answer)]}

    @as_written
    def value(self, field: "Field", answer: Any) -> Any:
        """A list of values."""
        item = field.items
        items = expect(answer, list)
        return items if item is None else [item.type.value(item, one) for one in items]

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """The items one after the other."""
        item = field.items
        if item is None:
            return say("answers.list_comma", language).join(str(one) for one in answer)
        return "\n".join(item.type.show(item, one, language) for one in answer)


TYPE = ListOfItems(
    name="array", control="list", findable=False, doc={"ja": "追加できるリスト", "en": "A list to add to"}
)
