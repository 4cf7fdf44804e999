"""The number of a company or other corporation (法人番号)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from engine.fields.base import MISSING, FieldProblem, OneInput, Raw, first
from engine.fields.keyboards import digits_of

if TYPE_CHECKING:
    from engine.model.fields import Field

PATTERN = "^[1-9][0-9]{12}$"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorporateNumber(OneInput):
    """Thirteen digits, the first of which is the check digit (法人番号の指定等に関する省令第2条)."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """Thirteen digits; the check digit is never 0."""
        return {**schema, "type": "string", "pattern": PATTERN}

    def parse(self, field: "Field", raw: Raw) -> Any:
        """The digits; the T of an invoice number, which stands before the same digits, is left out."""
        return digits_of(first(raw)).removeprefix("T").removeprefix("Ｔ") or MISSING

    def check(self, field: "Field", answer: Any, today: date) -> Iterable[FieldProblem]:
        """The check digit."""
        if answer[0] != check_digit(answer[1:]):
            yield FieldProblem("identifiers.corporate_number_mistyped")


def check_digit(base: str) -> str:
    """The check digit of the twelve digits of a 基礎番号.

    9 less the remainder by 9 of the sum of the digits, every second one from the right doubled. It misses only a 0
    that became a 9 or a 9 that became a 0.
    """
    return str(9 - sum(int(digit) * (place % 2 + 1) for place, digit in enumerate(reversed(base))) % 9)


TYPE = CorporateNumber(
    name="corporate_number",
    control="text",
    doc={"ja": "法人番号（13けた）", "en": "The 13-digit number of a corporation (法人番号)"},
    messages={"pattern": "identifiers.corporate_number"},
    line=True,
    rule={"ja": "先頭の検査用数字が合っていること", "en": "The first digit is the check digit of the others"},
)
