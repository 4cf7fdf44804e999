"""What is counted of an office, and how the figures follow from the counts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

What = Literal[
    "received",  # an examination became due: it was submitted, or its fee was paid
    "approve",  # decided so
    "partly",
    "refuse",
    "revoked",  # a decision was taken back
    "withdrawn",  # by the applicant, before a decision
    "lapsed",  # because a correction did not come
    "working",  # decided after so many business days, those with the applicant not counted
    "calendar",  # decided after so many days from one date to the other
    "timed",  # decided, and there was a standard period
    "late",  # decided after its last day
    "corrected",  # decided after at least one correction was asked for
]
OUTCOMES: tuple[What, ...] = ("approve", "partly", "refuse")
MEDIAN, NINTH = 50, 90


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts of some cases: by `what`, and how many decisions took so many days."""

    counts: Mapping[str, int]
    working: Mapping[int, int] = field(default_factory=dict)
    calendar: Mapping[int, int] = field(default_factory=dict)

    def of(self, what: What) -> int:
        """How often it happened."""
        return self.counts.get(what, 0)

    @property
    def decided(self) -> int:
        """Decisions of any outcome."""
        return sum(self.of(outcome) for outcome in OUTCOMES)

    @property
    def late_share(self) -> float | None:
        """Which part of the decisions with a standard period came after its last day; None without any."""
        return share(self.of("late"), self.of("timed"))

    @property
    def correction_share(self) -> float | None:
        """Which part of the decisions came after a correction; None without any."""
        return share(self.of("corrected"), self.decided)

    @property
    def median(self) -> int | None:
        """Business days within which half of the decisions were made."""
        return percentile(self.working, MEDIAN)

    @property
    def ninth(self) -> int | None:
        """Business days within which nine of ten decisions were made."""
        return percentile(self.working, NINTH)

    @property
    def calendar_median(self) -> int | None:
        """The same in calendar days, the time with the applicant counted."""
        return percentile(self.calendar, MEDIAN)

    @property
    def calendar_ninth(self) -> int | None:
        """The same in calendar days, the time with the applicant counted."""
        return percentile(self.calendar, NINTH)


def figures_of(rows: Iterable[tuple[str, int, int]]) -> Figures:
    """From (what, value, count)."""
    counts: Counter[str] = Counter()
    days: dict[str, Counter[int]] = {"working": Counter(), "calendar": Counter()}
    for what, value, count in rows:
        if what in days:
            days[what][value] += count
        else:
            counts[what] += count
    return Figures(dict(counts), dict(days["working"]), dict(days["calendar"]))


def percentile(days: Mapping[int, int], percent: int) -> int | None:
    """The smallest number of days within which `percent` of them lie (nearest rank); None without any."""
    wanted, passed = sum(days.values()) * percent, 0
    for value in sorted(days):
        passed += days[value] * 100
        if passed >= wanted and passed:
            return value
    return None


def share(part: int, whole: int) -> float | None:
    """A part of a whole, 0 to 1; None of nothing."""
    return part / whole if whole else None
