"""A JSON value that no question of ours can ask: whatever its JSON Schema accepts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.expressions.types import ANYTHING, Type
from engine.fields.base import MISSING, FieldProblem, OneInput, Raw, first

if TYPE_CHECKING:
    from engine.model.fields import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyJson(OneInput):
    """For answers that other systems hand in. On a page it is a box for JSON, which no resident should meet."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """The author's JSON Schema as it stands; `type: json` is ours."""
        return {key: value for key, value in schema.items() if key != "type"}

    def value_type(self, field: "Field") -> Type:
        """Anything."""
        return ANYTHING

    def parse(self, field: "Field", raw: Raw) -> Any:
        """The value that the text spells."""
        text = first(raw).strip()
        if not text:
            return MISSING
        try:
            return json.loads(text, parse_constant=_not_json)
        except (ValueError, RecursionError):
            raise FieldProblem("errors.json") from None

    def value(self, field: "Field", answer: Any) -> Any:
        """The value itself."""
        return answer

    def show_raw(self, field: "Field", answer: Any) -> dict[str, list[str]]:
        """The JSON."""
        return {"": [json.dumps(answer, ensure_ascii=False, indent=2)]}

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """The JSON on one line."""
        return json.dumps(answer, ensure_ascii=False)


def _not_json(text: str) -> Any:
    raise ValueError(text)


TYPE = AnyJson(
    name="json",
    control="textarea",
    findable=False,
    doc={"ja": "JSONの値（問いにできないもの）", "en": "A JSON value that cannot be asked otherwise"},
)
