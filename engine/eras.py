"""The eras of the Japanese calendar (元号): which day stands in which year of which era, both ways.

The first days are those of the ordinances: 大正 and 昭和 began on the day the last emperor died, which so belongs to
two eras; 平成 (昭和64年政令第1号) and 令和 (平成31年政令第143号) on the day after. 明治 was counted from the first day
of its year. Days before 1873 are those of the Gregorian calendar, not of the lunar one that was in use.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Era:
    """An era, from its first to its last day; the one that runs has no last day. `letter` is that of forms."""

    letter: str
    kanji: str
    first: date
    last: date | None = None

    def year_of(self, day: date) -> int:
        """The year of the era in which `day` stands, from 1."""
        return day.year - self.first.year + 1


ERAS = (
    Era("M", "明治", date(1868, 1, 25), date(1912, 7, 30)),
    Era("T", "大正", date(1912, 7, 30), date(1926, 12, 25)),
    Era("S", "昭和", date(1926, 12, 25), date(1989, 1, 7)),
    Era("H", "平成", date(1989, 1, 8), date(2019, 4, 30)),
    Era("R", "令和", date(2019, 5, 1)),
)
SPELLINGS = {spelling: era for era in ERAS for spelling in (era.letter, era.kanji, era.kanji[0])}
WRITTEN = "(?:明治|大正|昭和|平成|令和|[明大昭平令MTSHRmtshrＭＴＳＨＲｍｔｓｈｒ㍾㍽㍼㍻㋿])"
"""A regular expression for the name of an era as people write it."""

YEAR = re.compile(f"(?P<era>{WRITTEN})?(?P<year>[0-9]{{1,4}}|元)年?")


class OutsideEra(ValueError):
    """A day before or after the era in whose years it was given."""

    def __init__(self, era: Era, *, after: bool) -> None:
        self.era, self.after = era, after
        super().__init__(f"{'after' if after else 'before'} {era.kanji}")


def era_called(name: str) -> Era:
    """The era of a letter, a name or its first character, in full width too. KeyError for none."""
    return SPELLINGS[unicodedata.normalize("NFKC", name).upper()]


def era_of(day: date) -> Era | None:
    """The era of a day: where two claim it, the new one. None before Meiji."""
    return next((era for era in reversed(ERAS) if era.first <= day), None)


def read_year(text: str) -> tuple[Era | None, int]:
    """What `令和8年`, `R8`, `元` or `2026` say: the era, None for a western year or where it is not said, and the year.

    Digits are ASCII. Raises ValueError for anything else.
    """
    found = YEAR.fullmatch(text)
    if found is None:
        raise ValueError(text)
    era = era_called(found["era"]) if found["era"] else None
    return era, 1 if found["year"] == "元" else int(found["year"])


def day_in(era: Era, year: int, month: int, day: int) -> date:
    """A day given in a year of an era. Raises `OutsideEra`, and ValueError for a day that no calendar has."""
    found = date(_western(era, year), month, day)
    return _within(era, found, found, found)


def month_in(era: Era, year: int, month: int) -> date:
    """The first day of a month given in a year of an era; some day of it must be of the era. Raises as `day_in`."""
    first = date(_western(era, year), month, 1)
    return _within(era, first, first, first.replace(day=monthrange(first.year, month)[1]))


def _western(era: Era, year: int) -> int:
    """Year 0 of an era is before it, whatever the calendar says."""
    if year < 1:
        raise OutsideEra(era, after=False)
    return era.first.year + year - 1


def _within(era: Era, answer: date, first: date, last: date) -> date:
    if last < era.first:
        raise OutsideEra(era, after=False)
    if era.last is not None and first > era.last:
        raise OutsideEra(era, after=True)
    return answer
