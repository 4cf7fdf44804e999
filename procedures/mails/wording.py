"""What a notice says, in the applicant's language."""

from collections.abc import Mapping
from datetime import date

from engine.words import say

_WEEKDAYS = "月火水木金土日"
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_in(language: str, day: date) -> str:
    """A day as people read it: 2026年5月8日（金）, 8 May 2026."""
    if language == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）"


def yen_in(language: str, yen: int) -> str:
    """An amount as people read it: 6,550円, 6,550 yen."""
    return f"{yen:,} yen" if language == "en" else f"{yen:,}円"


def worded(kind: str, language: str, parameters: Mapping[str, object], authority: str) -> tuple[str, str]:
    """Subject and body. A wording that needs a parameter which is not given is a programming error: KeyError."""
    shown = {name: _shown(language, value) for name, value in parameters.items()}
    shown["yen"] = yen_in(language, int(str(parameters.get("yen", 0))))
    subject = say(f"notices.{kind}_subject", language, **shown)
    body = say(f"notices.{kind}_body", language, **shown)
    return subject, f"{body}\n{say('notices.footer', language, authority=authority)}"


def _shown(language: str, value: object) -> object:
    return day_in(language, value) if isinstance(value, date) else value
