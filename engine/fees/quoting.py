"""Prices a journey. No matching rate and an unknown count are a stop, never 0 yen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from engine.fees.asking import asking
from engine.fees.errors import NoRate, UnknownFee
from engine.fees.lines import limit, quoted
from engine.fees.quoted import Adjustment, FeeQuote, QuotedLine
from engine.fees.waiving import NOTHING, Granted, reduced
from engine.journey import Journey
from engine.model import FeeLine, Fees, Procedure
from engine.model.prices import Dated, NotInForce

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """The days (Tokyo) that select rates. One that has not come yet is taken to be the latest that has."""

    submitted: date
    paid: date | None = None
    issued: date | None = None

    def of(self, line: FeeLine) -> date:
        """The day that selects the rates of `line`."""
        known = {"submitted": self.submitted, "paid": self.paid, "issued": self.issued}
        return known[line.rate_on] or max(day for day in known.values() if day is not None)


def quote(procedure: Procedure, journey: Journey, on: date | Days, granted: Granted = NOTHING) -> FeeQuote | None:
    """The price on the day `on` (Tokyo), which selects the rates; None for a procedure without fees.

    Where a line's rate is that of the day of payment or issue and `on` does not say that day, the price holds only if
    it were that day: `FeeQuote.rate_days` tells.

    `granted` is what was decided on reductions that are asked for. Those that are not decided yet take nothing off, and
    are told apart in `FeeQuote.asked` if granting them would.

    A line whose condition rests on a question that these answers do not lead to is not charged; while the journey is
    unfinished, and for a count that is unknown, there is no price yet. Raises `NoRate` and `UnknownFee`.
    """
    if procedure.fees is None:
        return None
    days = on if isinstance(on, Days) else Days(on)
    lines = _lines(procedure.fees, journey, days)
    try:
        return asking(procedure.fees, journey, granted, partial(_bill, procedure.fees, journey, days.submitted, lines))
    except NotInForce:
        raise NoRate("minimum", days.submitted) from None


def pay_by(procedure: Procedure, journey: Journey, demanded_on: date) -> date:
    """The last day (Tokyo) to pay what is demanded on `demanded_on`. Raises `UnknownFee` without one.

    Where the day of payment selects a rate, that is at the latest the last day on which the rate of the demand holds:
    nobody pays the amount of another day.
    """
    if procedure.fees is None:
        raise UnknownFee("pay_by")
    day = procedure.fees.pay_by.evaluate(replace(journey.scope, today=demanded_on))
    if not isinstance(day, date):
        raise UnknownFee("pay_by")
    return min(day, _holds_until(procedure.fees, demanded_on))


def _holds_until(fees: Fees, day: date) -> date:
    """The last day on which every rate of the day of payment is that of `day`."""
    paid = [series for line in fees.lines if line.rate_on == "paid" for series in _series(line)]
    starts = [rate.start - DAY for series in paid for rate in series if rate.start > day]
    ends = [rate.end for series in paid for rate in series if rate.end is not None and rate.end >= day]
    return min([*starts, *ends], default=date.max)


def _series(line: FeeLine) -> list[Sequence[Dated]]:
    return [*(series for _, series in line.price.series()), line.least, line.most]


def _lines(fees: Fees, journey: Journey, days: Days) -> tuple[QuotedLine, ...]:
    """The lines in the author's order; each is priced after those that it is computed from."""
    yen: dict[str, int] = {}
    found: dict[str, tuple[QuotedLine, ...]] = {}
    for line in in_order(fees.lines):
        found[line.id] = quoted(line, journey, days.of(line), yen)
        yen[line.id] = sum(one.yen for one in found[line.id])
    return tuple(one for line in fees.lines for one in found[line.id])


def in_order(lines: tuple[FeeLine, ...]) -> Iterator[FeeLine]:
    """Each line after those that it rests on. A compiled procedure has no circles; what is in one is left out."""
    done: set[str] = set()
    waiting = list(lines)
    while ready := [line for line in waiting if done.issuperset(line.price.rests_on())]:
        yield from ready
        done.update(line.id for line in ready)
        waiting = [line for line in waiting if line.id not in done]


def _bill(fees: Fees, journey: Journey, day: date, lines: tuple[QuotedLine, ...], granted: Granted) -> FeeQuote:
    """Limits, then reductions, then the rounding of the whole."""
    gross = sum(line.yen for line in lines)
    due, adjustments = gross, []
    least, most = limit(fees.least, day), limit(fees.most, day)
    if most is not None and gross > most:
        due = most
        adjustments.append(Adjustment(kind="maximum", yen=most - gross))
    elif least is not None and 0 < gross < least:
        due = least
        adjustments.append(Adjustment(kind="minimum", yen=least - gross))
    after = reduced(fees, journey, day, lines, due, granted)
    total = rest = due - after.yen
    if fees.rounding is not None and rest % fees.rounding.to:
        total = fees.rounding.apply(Decimal(rest))
        adjustments.append(Adjustment(kind="rounding", yen=total - rest))
    return FeeQuote(after.lines, after.yen, total, after.waivers, tuple(adjustments))


__all__ = ["Days", "NoRate", "UnknownFee", "in_order", "pay_by", "quote"]
