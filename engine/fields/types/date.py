"""A day of the calendar."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from engine.expressions.types import DATE, Type
from engine.fields.base import MISSING, FieldProblem, OneInput, Raw, expect, first
from engine.fields.keyboards import plain
from engine.words import say

if TYPE_CHECKING:
    from engine.model.fields import Field

PARTS = ("year", "month", "day")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1850, 2200
SPELLED = re.compile("(?P<year>[0-9]{4})[-/.年](?P<month>[0-9]{1,2})[-/.月](?P<day>[0-9]{1,2})日?")
LIMITS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(OneInput):
    """Asked as year, month and day. Limits such as `minimum: today` are expressions, which JSON Schema has not."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """A text in the form of RFC 3339 full-date."""
        return {key: value for key, value in schema.items() if key not in LIMITS} | {"type": "string", "format": "date"}

    def value_type(self, field: "Field") -> Type:
        """A day."""
        return DATE

    def parts(self, field: "Field") -> tuple[str, ...]:
        """Year, month, day."""
        return PARTS

    def parse(self, field: "Field", raw: Raw) -> Any:
        """The day as `2026-04-01`. As one of several lines it may be written as a whole: 2026-4-1, 2026年4月1日."""
        texts = {part: plain(first(raw, part)) for part in PARTS}
        if whole := SPELLED.fullmatch(plain(first(raw))):
            texts = whole.groupdict()
        if not any(texts.values()):
            return MISSING
        for part, text in texts.items():
            if not (text.isascii() and text.isdecimal()):
                raise FieldProblem(f"errors.date_{part}", part=part)
        try:
            day = date(*(int(text) for text in texts.values()))
        except (ValueError, OverflowError):
            raise FieldProblem("errors.date_exists", part="day") from None
        return day.isoformat()

    def show_raw(self, field: "Field", answer: Any) -> dict[str, list[str]]:
        """Year, month and day without leading zeros."""
        year, month, day = str(answer).split("-")
        return {"year": [year], "month": [str(int(month))], "day": [str(int(day))]}

    def check(self, field: "Field", answer: Any, today: date) -> Iterable[FieldProblem]:
        """JSON Schema only notes `format: date`; a day that is none (2026-02-30) is refused here."""
        try:
            day = written_day(answer)
        except ValueError:
            yield FieldProblem("errors.date_exists", part="day")
        else:
            if not FIRST_YEAR <= day.year <= LAST_YEAR:
                yield FieldProblem("errors.date_year", part="year")

    def value(self, field: "Field", answer: Any) -> Any:
        """A `date`."""
        return written_day(expect(answer, str))

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """2026年4月1日, or 1 April 2026."""
        return show_day(date.fromisoformat(answer), language)


def written_day(text: str) -> date:
    """The day that `2026-04-01` spells. ValueError for none, and for ISO 8601's other spellings."""
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError(text)
    return day


def show_day(day: date, language: str) -> str:
    """A day for people to read."""
    name = MONTHS[day.month - 1]
    return say("answers.day", language, year=day.year, month=day.month, day=day.day, month_name=name)


TYPE = Day(
    name="date",
    control="date",
    doc={"ja": "日付（年・月・日）", "en": "A date (year, month, day)"},
    messages={"type": "errors.date_exists"},
    line=True,
)
