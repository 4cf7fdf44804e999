"""A Japanese postcode."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.fields.base import MISSING, OneInput, Raw, first
from engine.fields.keyboards import digits_of

if TYPE_CHECKING:
    from engine.model.fields import Field

PATTERN = "^[0-9]{7}$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Postcode(OneInput):
    """Kept as seven digits."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """Seven digits."""
        return {**schema, "type": "string", "pattern": PATTERN}

    def parse(self, field: "Field", raw: Raw) -> Any:
        """The digits, with or without 〒 and a dash."""
        return digits_of(first(raw)).removeprefix("〒") or MISSING

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """163-0001."""
        return show_postcode(answer)


def show_postcode(digits: str) -> str:
    """As it is written on letters."""
    return f"{digits[:3]}-{digits[3:]}"


TYPE = Postcode(
    name="postcode",
    control="text",
    doc={"ja": "郵便番号", "en": "A Japanese postcode"},
    messages={"pattern": "errors.postcode"},
    line=True,
)
