"""What fields that ask for a day or a month share: western years and those of the Japanese eras, read and shown."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from engine.calendar import MONTHS
from engine.eras import OutsideEra, era_called, era_of, read_year
from engine.fields.base import FieldProblem, Keyword
from engine.fields.telling import in_every_language
from engine.words import say

if TYPE_CHECKING:
    from engine.eras import Era
    from engine.model.fields import Field

DAY_LIMITS: Mapping[str, str] = {
    "minimum": "errors.date_minimum",
    "maximum": "errors.date_maximum",
    "exclusiveMinimum": "errors.date_after",
    "exclusiveMaximum": "errors.date_before",
}
FIRST_YEAR, LAST_YEAR = 1850, 2200
WESTERN, WAREKI, BOTH = "western", "wareki", "both"
CALENDAR: Mapping[str, Keyword] = {
    "calendar": Keyword(
        {"enum": [WESTERN, WAREKI, BOTH]},
        {
            "ja": "年の聞き方と見せ方: western（西暦）、wareki（元号）、both（両方）。どれでも元号で入力できる",
            "en": "How the year is asked and shown: western, wareki (Japanese era) or both. All take years of an era",
        },
    )
}


def calendar_of(field: "Field") -> str:
    """How the field counts years."""
    return str(field.settings.get("calendar", WESTERN))


def parts_of(field: "Field", parts: tuple[str, ...]) -> tuple[str, ...]:
    """`parts`, with the era to choose before them where the field asks for it."""
    return parts if calendar_of(field) == WESTERN else ("era", *parts)


def year_of(field: "Field", texts: Mapping[str, str]) -> "tuple[Era | None, int]":
    """The era and the year: what is typed beside the year wins over what is chosen. Raises `FieldProblem`.

    A year of four digits is western, whatever is chosen.
    """
    try:
        era, year = read_year(texts["year"])
        chosen = era_called(texts["era"]) if texts.get("era") else None
    except (ValueError, KeyError):
        key = "errors.date_year" if calendar_of(field) == WESTERN else "errors.date_year_of_era"
        raise FieldProblem(key, part="year") from None
    return (era or chosen, year) if year < FIRST_YEAR else (era, year)


def year_texts(field: "Field", day: date) -> dict[str, list[str]]:
    """The year as form text."""
    calendar = calendar_of(field)
    era = era_of(day) if calendar == WAREKI else None
    year = str(era.year_of(day)) if era else f"{day.year:04}" if calendar == WESTERN else str(day.year)
    return {"year": [year]} if calendar == WESTERN else {"era": [era.letter if era else ""], "year": [year]}


def outside_era(problem: OutsideEra) -> FieldProblem:
    """What to say of a day that its era did not have."""
    era = problem.era
    limit = era.last if problem.after and era.last else era.first
    params = {
        "era": in_every_language(lambda language: say(f"eras.{era.letter}", language)),
        "limit": in_every_language(lambda language: _shown("answers.day", limit, language, WAREKI, era)),
    }
    return FieldProblem("errors.era_over" if problem.after else "errors.era_not_begun", params, "year")


def show_day(day: date, language: str, calendar: str = WESTERN) -> str:
    """A day for people to read: 2026年4月1日, 令和8年4月1日, 2026年4月1日（令和8年）, 1 April 2026 (Reiwa 8)."""
    return _shown("answers.day", day, language, calendar, era_of(day))


def show_month(day: date, language: str, calendar: str = WESTERN) -> str:
    """The month of a day for people to read."""
    return _shown("answers.month", day, language, calendar, era_of(day))


def _shown(key: str, day: date, language: str, calendar: str, era: "Era | None") -> str:
    """Only Japanese does without the western year: who reads another language may not know the eras."""
    words = {"month": day.month, "day": day.day, "month_name": MONTHS[day.month - 1]}
    western = say(key, language, year=day.year, **words)
    if calendar == WESTERN or era is None:
        return western
    name, number = say(f"eras.{era.letter}", language), era.year_of(day)
    year = say("answers.first_year", language) if number == 1 else str(number)
    if calendar == WAREKI and language == "ja":
        return say(key, language, year=f"{name}{year}", **words)
    return say("answers.with_era", language, day=western, era=name, year=year)
