"""When applications are taken, how many, and what is said while they are not."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.language import codes
from engine.language.kinds import WRONG, Choice, Day, Definitions, Doc, Key, ListOf, Record, Whole
from engine.language.kinds.base import wrong_type
from engine.language.procedure.shared import WORDS
from engine.model.acceptance import YearDay
from engine.problems import Report
from engine.source import Node, ScalarNode

DAY_OF_YEAR = re.compile(r"(?P<month>[0-9]{2})-(?P<day>[0-9]{2})\Z")
LEAP_YEAR = 2000  # in which 02-29 is a day
EXPECTED = Doc("日付（2026-04-01）、または毎年の月日（04-01）", "a date (2026-04-01) or a day of the year (04-01)")


@dataclass(frozen=True, slots=True)
class PeriodDay:
    """A day of the calendar or of every year."""

    def read(self, node: Node, path: str, report: Report) -> Any:
        """A `date` or a `YearDay`."""
        if not isinstance(node, ScalarNode) or not isinstance(node.value, str):
            return wrong_type(node, path, report, EXPECTED)
        yearly = DAY_OF_YEAR.match(node.text)
        if yearly is None:
            return Day().read(node, path, report)
        month, day = int(yearly["month"]), int(yearly["day"])
        try:
            date(LEAP_YEAR, month, day)
        except ValueError:
            report.add(codes.BAD_DATE, node, path, text=node.text)
            return WRONG
        return YearDay(month, day)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """A string of either form."""
        return {"type": "string", "pattern": "^(?:[0-9]{4}-)?[0-9]{2}-[0-9]{2}$"}


PERIOD = Record(
    "period",
    {
        "from": Key(PeriodDay(), Doc("この日から", "From this day"), required=True),
        "until": Key(PeriodDay(), Doc("この日まで（この日を含む）", "To this day, which is included")),
        "every": Key(Choice(("year",)), Doc("毎年くり返す（月日だけを書く）", "Every year; the days are then 04-01")),
    },
    Doc("受付期間", "A period in which applications are taken"),
)

LIMIT = Record(
    "limit",
    {
        "number": Key(Whole(least=1), Doc("受け付ける件数（先着）", "How many cases; first come"), required=True),
        "per": Key(
            Choice(("period", "year", "fiscal_year", "month", "day")),
            Doc("何ごとの件数か（書かなければ全部で）", "In each of what; without it in all"),
        ),
        "notice": Key(WORDS, Doc("満員のときに伝える文", "What is said when there is no place left")),
    },
    Doc("受付件数の上限", "How many are taken"),
)

SUSPENDED = Record(
    "suspended",
    {
        "from": Key(Day(), Doc("この日から", "From this day")),
        "until": Key(Day(), Doc("この日まで（この日を含む）", "To this day, which is included")),
        "notice": Key(WORDS, Doc("停止中に伝える文", "What is said meanwhile"), required=True),
    },
    Doc("受付の一時停止", "No new applications for a time"),
)

ACCEPTS = Record(
    "accepts",
    {
        "periods": Key(ListOf(PERIOD, least=1), Doc("受付期間", "When applications are taken")),
        "limit": Key(LIMIT, Doc("受付件数の上限", "How many are taken")),
        "suspended": Key(SUSPENDED, Doc("受付の一時停止", "A suspension")),
    },
    Doc("受付", "When applications are taken, and how many"),
)
