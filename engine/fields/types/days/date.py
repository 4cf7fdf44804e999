"""A day of the calendar."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from engine.eras import WRITTEN, OutsideEra, day_in
from engine.expressions.types import DATE, Type
from engine.fields.base import LIMITS, MISSING, FieldProblem, OneInput, Raw, expect, first
from engine.fields.days import (
    CALENDAR,
    DAY_LIMITS,
    FIRST_YEAR,
    LAST_YEAR,
    calendar_of,
    outside_era,
    parts_of,
    show_day,
    year_of,
    year_texts,
)
from engine.fields.keyboards import plain
from engine.fields.ordering import EVERY_DAY
from engine.fields.telling import in_every_language
from engine.fields.written import as_written

if TYPE_CHECKING:
    from engine.eras import Era
    from engine.model.fields import Field

PARTS = ("year", "month", "day")
SPELLED = re.compile(
    f"(?P<year>[0-9]{{4}}|{WRITTEN}(?:[0-9]{{1,2}}|元))[-/.年](?P<month>[0-9]{{1,2}})[-/.月](?P<day>[0-9]{{1,2}})日?"
)


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
        """Year, month, day; the era first where it is asked for."""
        return parts_of(field, PARTS)

    def parse(self, field: "Field", raw: Raw) -> Any:
        """The day as `2026-04-01`. As one of several lines it is written whole: 2026-4-1, 令和8年4月1日, R8.4.1."""
        texts = {part: plain(first(raw, part)) for part in self.parts(field)}
        if whole := SPELLED.fullmatch(plain(first(raw))):
            texts = whole.groupdict()
        if not any(texts[part] for part in PARTS):
            return MISSING
        era, year = year_of(field, texts)
        for part in ("month", "day"):
            if not (texts[part].isascii() and texts[part].isdecimal()):
                raise FieldProblem(f"errors.date_{part}", part=part)
        return _existing(era, year, int(texts["month"]), int(texts["day"])).isoformat()

    def show_raw(self, field: "Field", answer: Any) -> dict[str, list[str]]:
        """Year, month and day without leading zeros."""
        day = date.fromisoformat(str(answer))
        return {**year_texts(field, day), "month": [str(day.month)], "day": [str(day.day)]}

    def check(self, field: "Field", answer: Any, today: date) -> Iterable[FieldProblem]:
        """JSON Schema only notes `format: date`; a day that is none (2026-02-30) is refused here."""
        try:
            day = written_day(answer)
        except ValueError:
            yield FieldProblem("errors.date_exists", part="day")
        else:
            if not FIRST_YEAR <= day.year <= LAST_YEAR:
                yield FieldProblem("errors.date_year", part="year")

    def checked(self, field: "Field") -> Mapping[str, Any]:
        """A pattern says it all: month by month, leap years, the first and the last year."""
        return {"pattern": EVERY_DAY}

    @as_written
    def value(self, field: "Field", answer: Any) -> Any:
        """A `date`."""
        return written_day(expect(answer, str))

    def bound(self, written: str) -> Any:
        """A day."""
        return written_day(written)

    def told(self, field: "Field", keyword: str, limit: Any) -> dict[str, object]:
        """The limit as the field shows days."""
        if keyword not in LIMITS:
            return {}
        return {"limit": in_every_language(lambda language: show_day(limit, language, calendar_of(field)))}

    def show(self, field: "Field", answer: Any, language: str) -> str:
        """2026年4月1日, or 1 April 2026; with the era where the author wants it."""
        return show_day(date.fromisoformat(answer), language, calendar_of(field))


def _existing(era: "Era | None", year: int, month: int, day: int) -> date:
    try:
        return day_in(era, year, month, day) if era else date(year, month, day)
    except OutsideEra as problem:
        raise outside_era(problem) from None
    except (ValueError, OverflowError):
        raise FieldProblem("errors.date_exists", part="day") from None


def written_day(text: str) -> date:
    """The day that `2026-04-01` spells. ValueError for none, and for ISO 8601's other spellings."""
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError(text)
    return day


TYPE = Day(
    name="date",
    control="date",
    doc={"ja": "日付（年・月・日）", "en": "A date (year, month, day)"},
    keywords=CALENDAR,
    messages={"type": "errors.date_exists", **DAY_LIMITS},
    line=True,
    rule={},
)
