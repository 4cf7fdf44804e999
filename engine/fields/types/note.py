"""A text between questions, without an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.fields.base import MISSING, OneInput, Raw

if TYPE_CHECKING:
    from engine.model.fields import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(OneInput):
    """Nothing is asked."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """Nothing is accepted."""
        return {**{key: value for key, value in schema.items() if key != "type"}, "not": {}}

    def parts(self, field: "Field") -> tuple[str, ...]:
        """No input."""
        return ()

    def parse(self, field: "Field", raw: Raw) -> Any:
        """Never an answer."""
        return MISSING

    def show_raw(self, field: "Field", answer: Any) -> dict[str, list[str]]:
        """Never an answer."""
        return {}


TYPE = Note(
    name="note", control="note", findable=False, doc={"ja": "説明（入力なし）", "en": "An explanation, no input"}
)
