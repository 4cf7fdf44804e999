"""Any number of several answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.expressions.types import Type, list_of, one_of
from engine.fields.base import MISSING, FieldProblem, OneInput, Raw, expect
from engine.fields.options import listed, title_of, value_of
from engine.fields.written import as_written
from engine.model.text import Text
from engine.words import say

if TYPE_CHECKING:
    from engine.model.fields import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class SeveralChoices(OneInput):
    """A list of distinct option values, in the order of the options."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """An array of distinct values."""
        kept = {key: value for key, value in schema.items() if key not in {"enum", "options", "exclusive", "items"}}
        items = schema.get("items")
        values = listed(items) if isinstance(items, Mapping) else listed(schema)
        whole = {"minItems": 1, "uniqueItems": True, **kept, "type": "array", "items": {"enum": values}}
        if alone := schema.get("exclusive"):
            either = [{"maxItems": 1}, {"items": {"not": {"enum": alone}}}]
            return {**whole, "allOf": [*whole.get("allOf", ()), {"anyOf": either}]}
        return whole

    def value_type(self, field: "Field") -> Type:
        """A list of options."""
        return list_of(one_of(option.value for option in field.options))

    def parse(self, field: "Field", raw: Raw) -> Any:
        """The values that were ticked."""
        ticked = {text for text in raw.get("", ()) if text}
        chosen = [option.value for option in field.options if str(option.value) in ticked]
        if len(chosen) != len(ticked):
            raise FieldProblem("errors.choose", keyword="enum")
        return chosen or MISSING

    def show_raw(self, field: "Field", answer: Any) -> dict[str, list[str]]:
        """The values."""
        return {"": [str(value) for value in answer]}

    @as_written
    def value(self, field: "Field", answer: Any) -> Any:
        """A list of option values."""
        return [value_of(field, item) for item in expect(answer, list)]

    def told(self, field: "Field", keyword: str, limit: Any) -> Mapping[str, object]:
        """What cannot be chosen together with others; a limit as it is."""
        alone = next((option.title for option in field.options if option.exclusive), None)
        return {"option": alone or Text("")} if keyword == "anyOf" else {"limit": limit}

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """The wordings of the options."""
        words = (title_of(field, value, Text(str(value))).say(language) for value in answer)
        return say("answers.list_comma", language).join(words)


TYPE = SeveralChoices(
    name="choices",
    control="checkboxes",
    findable=False,
    doc={"ja": "いくつでも選ぶ", "en": "Any number of several options"},
    messages={"anyOf": "errors.exclusive", "minItems": "errors.min_chosen", "maxItems": "errors.max_chosen"},
)
