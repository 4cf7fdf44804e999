"""Months and fiscal years as addresses name them: 2026-05, 2026."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from procedures.days import fiscal_year
from web.pages.dates import EARLIEST, LATEST

MARCH, APRIL, DECEMBER = 3, 4, 12


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    @staticmethod
    def read(text: str) -> "Month | None":
        """From 2026-05; None for anything else, or far from any use."""
        if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text, re.ASCII):
            return None
        found = Month(int(text[:4]), int(text[5:]))
        return found if found.first >= EARLIEST and found.last <= LATEST else None

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def before(self) -> "Month":
        """The month before."""
        return month_of(self.first - timedelta(days=1))

    @property
    def after(self) -> "Month":
        """The month after."""
        return month_of(self.last + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Year:
    """A fiscal year (会計年度): 1 April to 31 March, by the day of posting."""

    year: int

    @staticmethod
    def read(text: str) -> "Year | None":
        """From 2026; None for anything else."""
        if not re.fullmatch(r"[0-9]{4}", text, re.ASCII):
            return None
        found = Year(int(text))
        return found if EARLIEST.year <= found.year < LATEST.year else None

    def __str__(self) -> str:
        return f"{self.year:04}"

    @property
    def first(self) -> date:
        """1 April."""
        return date(self.year, APRIL, 1)

    @property
    def last(self) -> date:
        """31 March."""
        return date(self.year + 1, MARCH, 31)

    @property
    def months(self) -> list[Month]:
        """April to March."""
        months = [Month(self.year, month) for month in range(APRIL, DECEMBER + 1)]
        return [*months, *(Month(self.year + 1, month) for month in range(1, MARCH + 1))]


def month_of(day: date) -> Month:
    """The month of a day."""
    return Month(day.year, day.month)


def year_of(day: date) -> Year:
    """The fiscal year of a day."""
    return Year(fiscal_year(day))
