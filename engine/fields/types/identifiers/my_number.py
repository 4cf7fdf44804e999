"""The number of a person (個人番号, マイナンバー): asked only where a law says so, and never shown in full."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from engine.fields.base import MISSING, FieldProblem, OneInput, Raw, first
from engine.fields.keyboards import digits_of

if TYPE_CHECKING:
    from engine.model.fields import Field

PATTERN = "^[0-9]{12}$"
SHOWN = 4
"""So many digits at its end tell one's own number from another's, and nobody can use them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MyNumber(OneInput):
    """Twelve digits, the last of which is the check digit (平成26年総務省令第85号第5条)."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """Twelve digits."""
        return {**schema, "type": "string", "pattern": PATTERN}

    def parse(self, field: "Field", raw: Raw) -> Any:
        """The digits."""
        return digits_of(first(raw)) or MISSING

    def check(self, field: "Field", answer: Any, today: date) -> Iterable[FieldProblem]:
        """The check digit."""
        if answer[-1] != check_digit(answer[:-1]):
            yield FieldProblem("identifiers.my_number_mistyped")

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """All but the last digits hidden."""
        text = str(answer)
        return "*" * max(0, len(text) - SHOWN) + text[-SHOWN:]


def check_digit(base: str) -> str:
    """The check digit of the first eleven digits.

    11 less the remainder by 11 of the sum of the digits, from the right times 2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6; it is 0
    where the remainder is 0 or 1, so that one wrong digit is missed only where it turns the one into the other.
    """
    rest = remainder(base)
    return str(11 - rest) if rest > 1 else "0"


def remainder(base: str) -> int:
    """The weighted sum of the digits, modulo 11."""
    return sum(int(digit) * (place % 6 + 2) for place, digit in enumerate(reversed(base))) % 11


TYPE = MyNumber(
    name="my_number",
    control="text",
    findable=False,
    doc={
        "ja": "個人番号（マイナンバー、12けた）。law が必要",
        "en": "A person's 12-digit number (個人番号); needs `law`",
    },
    messages={"pattern": "identifiers.my_number"},
    privacy="my_number",
    needs_law=True,
    rule={"ja": "末尾の検査用数字が合っていること", "en": "The last digit is the check digit of the others"},
)
