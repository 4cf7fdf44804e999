"""The clock of a case as both sides read it: how its expected day came about."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from engine.calendar import add_business_days, business_days_between
from engine.lifecycle import Status
from procedures.days import tokyo_day
from procedures.reading.casefile import Happening
from procedures.standard_period import standstills


@dataclass(frozen=True, slots=True)
class Standstill:
    """From the day after `since` up to and including `until` no day counted: `days` business days so far.

    `until` is None while it lasts; `corrected`: it was with its applicant; else it had been decided.
    """

    since: date
    until: date | None
    days: int
    corrected: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """How the expected day came about; all days are days of Tokyo, all numbers business days.

    The period of `days` begins with `begins_on`, the first business day after `received_on`. `used` are those that the
    office has had, today among them; `last_day` is the expected day: while the case is with its applicant, the one that
    holds if it comes back today. `stopped_on` is when the case was decided or otherwise ended.
    """

    received_on: date
    begins_on: date
    days: int
    standstills: tuple[Standstill, ...]
    used: int
    last_day: date
    stopped_on: date | None

    @property
    def left(self) -> int:
        """What remains of the period; negative by how much it is late."""
        return self.days - self.used

    @property
    def paused(self) -> bool:
        """Whether it is with its applicant."""
        return bool(self.standstills) and self.standstills[-1].until is None

    @property
    def stood(self) -> int:
        """On how many business days it stood still."""
        return sum(one.days for one in self.standstills)


def clock_of(timeline: Sequence[Happening], due_on: date | None, today: date) -> Clock | None:
    """The clock of a case with this history and this last day; None where it has none, or was never received.

    The length of the period follows from the day that was given, so that what is shown always adds up to it.
    """
    started = [place for place, one in enumerate(timeline) if one.target is Status.RECEIVED]
    if due_on is None or not started:
        return None
    since = timeline[started[-1] :]
    received_on = tokyo_day(since[0].at)
    whole = [*_standstills(since, today)]
    ended = whole[-1] if whole and whole[-1].until is None and not whole[-1].corrected else None
    stood = tuple(one for one in whole if one is not ended)
    still = stood[-1].days if stood and stood[-1].until is None else 0
    lost = sum(one.days for one in stood)
    return Clock(
        received_on=received_on,
        begins_on=add_business_days(received_on, 1),
        days=business_days_between(received_on, due_on) - (lost - still),
        standstills=stood,
        used=business_days_between(received_on, ended.since if ended else max(today, received_on)) - lost,
        last_day=due_on if ended else add_business_days(due_on, still),
        stopped_on=ended.since if ended else None,
    )


def _standstills(since: Sequence[Happening], today: date) -> list[Standstill]:
    """Those of one period. What follows a decision, such as its fee being paid, is one standstill with it."""
    found: list[Standstill] = []
    for began, until, where in standstills((one.at, one.source, one.target) for one in since):
        days = business_days_between(began, max(until or today, began))
        one = Standstill(began, until, days, where is Status.CORRECTION_REQUESTED)
        if found and not one.corrected and not found[-1].corrected and found[-1].until == began:
            earlier = found.pop()
            one = replace(one, since=earlier.since, days=earlier.days + days)
        found.append(one)
    return found
