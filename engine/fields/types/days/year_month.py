"""A month of a year."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from engine.eras import WRITTEN, OutsideEra, month_in
from engine.expressions.types import DATE, Type
from engine.fields.base import LIMITS, MISSING, FieldProblem, OneInput, Raw, expect, first
from engine.fields.days import (
    CALENDAR,
    FIRST_YEAR,
    LAST_YEAR,
    calendar_of,
    outside_era,
    parts_of,
    show_month,
    year_of,
    year_texts,
)
from engine.fields.keyboards import plain
from engine.fields.ordering import EVERY_YEAR
from engine.fields.telling import in_every_language

if TYPE_CHECKING:
    from engine.model.fields import Field

PARTS = ("year", "month")
PATTERN = "^[0-9]{4}-(0[1-9]|1[0-2])$"
SPELLED = re.compile(f"(?P<year>[0-9]{{4}}|{WRITTEN}(?:[0-9]{{1,2}}|元))[-/.年](?P<month>[0-9]{{1,2}})月?")


@dataclass(frozen=True, slots=True, kw_only=True)
class YearMonth(OneInput):
    """Kept as `2026-04`; in expressions it is the first day of the month, and a limit is the month it lies in."""

    def expand(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """A text of year and month."""
        kept = {key: value for key, value in schema.items() if key not in LIMITS}
        return kept | {"type": "string", "pattern": PATTERN}

    def value_type(self, field: "Field") -> Type:
        """A day, the first of the month."""
        return DATE

    def parts(self, field: "Field") -> tuple[str, ...]:
        """Year and month; the era first where it is asked for."""
        return parts_of(field, PARTS)

    def parse(self, field: "Field", raw: Raw) -> Any:
        """The month as `2026-04`. As one of several lines it is written as a whole: 2026-4, 令和8年4月."""
        texts = {part: plain(first(raw, part)) for part in self.parts(field)}
        if whole := SPELLED.fullmatch(plain(first(raw))):
            texts = whole.groupdict()
        if not any(texts[part] for part in PARTS):
            return MISSING
        era, year = year_of(field, texts)
        if not (texts["month"].isascii() and texts["month"].isdecimal()):
            raise FieldProblem("errors.date_month", part="month")
        try:
            month = month_in(era, year, int(texts["month"])) if era else date(year, int(texts["month"]), 1)
        except OutsideEra as problem:
            raise outside_era(problem) from None
        except (ValueError, OverflowError):
            raise FieldProblem("errors.month_exists", part="month" if year else "year") from None
        return month.isoformat()[:7]

    def show_raw(self, field: "Field", answer: Any) -> dict[str, list[str]]:
        """Year and month without leading zeros."""
        month = first_day(answer)
        return {**year_texts(field, month), "month": [str(month.month)]}

    def check(self, field: "Field", answer: Any, today: date) -> Iterable[FieldProblem]:
        """Years within reach, as with days."""
        if not FIRST_YEAR <= int(answer[:4]) <= LAST_YEAR:
            yield FieldProblem("errors.date_year", part="year")

    def checked(self, field: "Field") -> Mapping[str, Any]:
        """A pattern of the years."""
        return {"pattern": f"^{EVERY_YEAR}"}

    def value(self, field: "Field", answer: Any) -> Any:
        """The first day of the month."""
        return first_day(expect(answer, str))

    def bound(self, written: str) -> Any:
        """The first day of the month."""
        return first_day(written)

    def compared(self, limit: Any) -> Any:
        """The first day of the month in which the limit lies, so that `maximum: today` allows this month."""
        return limit.replace(day=1)

    def told(self, field: "Field", keyword: str, limit: Any) -> dict[str, object]:
        """The limit as the field shows months; the form of the text needs no saying."""
        if keyword not in LIMITS:
            return {}
        return {"limit": in_every_language(lambda language: show_month(limit, language, calendar_of(field)))}

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """2026年4月, or April 2026; with the era where the author wants it."""
        return show_month(first_day(answer), language, calendar_of(field))


def first_day(text: str) -> date:
    """The first day of the month that `2026-04` spells. ValueError for anything else."""
    if re.fullmatch(PATTERN, text) is None:
        raise ValueError(text)
    return date(int(text[:4]), int(text[5:]), 1)


TYPE = YearMonth(
    name="year_month",
    control="date",
    doc={"ja": "年月", "en": "A month of a year"},
    keywords=CALENDAR,
    messages={
        "type": "errors.month_exists",
        "pattern": "errors.month_exists",
        "minimum": "errors.month_minimum",
        "maximum": "errors.month_maximum",
        "exclusiveMinimum": "errors.month_after",
        "exclusiveMaximum": "errors.month_before",
    },
    line=True,
    rule={},
)
