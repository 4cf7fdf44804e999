"""A telephone number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.fields.base import MISSING, OneInput, Raw, first
from engine.fields.keyboards import digits_of

if TYPE_CHECKING:
    from engine.model.fields import Field

PATTERN = "^(0[1-9][1-9][0-9]{7}|0[2-9]0[0-9]{8}|\\+[1-9][0-9]{6,14})$"
"""Japan: ten digits, or eleven where the third is 0 (電気通信番号計画); abroad: + and up to fifteen (ITU-T E.164)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TelephoneNumber(OneInput):
    """Kept as digits, with + for numbers abroad."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """Digits."""
        return {"pattern": PATTERN, **schema, "type": "string"}

    def parse(self, field: "Field", raw: Raw) -> Any:
        """The digits; +81 is the same as a leading 0."""
        text = digits_of(first(raw))
        if text.startswith("+81"):
            text = "0" + text.removeprefix("+81").removeprefix("0")
        return text or MISSING


TYPE = TelephoneNumber(
    name="phone",
    control="text",
    doc={"ja": "電話番号", "en": "A telephone number"},
    messages={"pattern": "errors.phone"},
    line=True,
)
