"""Prices a journey. No matching rate and an unknown count are a stop, never 0 yen."""

from dataclasses import replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from engine.expressions import UNKNOWN, Expression
from engine.fees.quoted import FeeQuote, QuotedLine
from engine.journey import Journey
from engine.model import FeeLine, Fees, Procedure

PERCENT = 100


class NoRate(Exception):
    """No rate is in force on the day; the procedure needs one before anybody can be charged."""

    def __init__(self, line: str, day: date) -> None:
        self.line, self.day = line, day
        super().__init__(
            f"fee line {line} has no rate in force on {day.isoformat()}: add one under fees.lines.{line}.yen"
        )


class UnknownFee(Exception):
    """The answers do not say yet how much is to be paid."""

    def __init__(self, line: str) -> None:
        self.line = line
        super().__init__(f"fee line {line} cannot be counted from these answers")


def quote(procedure: Procedure, journey: Journey, on: date) -> FeeQuote | None:
    """The price on the day `on` (Tokyo), which selects the rates; None for a procedure without fees.

    A line whose condition rests on a question that these answers do not lead to is not charged; while the journey is
    unfinished, and for a count that is unknown, there is no price yet. Raises `NoRate` and `UnknownFee`.
    """
    if procedure.fees is None:
        return None
    lines = [_line(line, journey, on) for line in procedure.fees.lines]
    due = tuple(line for line in lines if line is not None and line.count > 0)
    gross = sum(line.yen for line in due)
    waived = _waived(procedure.fees, journey, gross)
    return FeeQuote(due, waived, gross - waived)


def pay_by(procedure: Procedure, journey: Journey, demanded_on: date) -> date:
    """The last day (Tokyo) to pay what is demanded on `demanded_on`. Raises `UnknownFee` without one."""
    if procedure.fees is None:
        raise UnknownFee("pay_by")
    day = procedure.fees.pay_by.evaluate(replace(journey.scope, today=demanded_on))
    if not isinstance(day, date):
        raise UnknownFee("pay_by")
    return day


def _line(line: FeeLine, journey: Journey, on: date) -> QuotedLine | None:
    if not _applies(line, journey):
        return None
    count = _count(line.id, line.count, journey)
    unit = _rate(line, on)
    return QuotedLine(
        id=line.id,
        title=line.title,
        law=line.law,
        account=line.account,
        count=count,
        unit_yen=unit,
        yen=count * unit,
    )


def _applies(line: FeeLine, journey: Journey) -> bool:
    applies = True if line.when is None else line.when.evaluate(journey.scope)
    if applies is UNKNOWN and journey.first_unfinished() is not None:
        raise UnknownFee(line.id)
    return applies is True


def _count(line: str, expression: Expression, journey: Journey) -> int:
    count = expression.evaluate(journey.scope)
    if not isinstance(count, Decimal) or count < 0 or count != count.to_integral_value():
        raise UnknownFee(line)
    return int(count)


def _rate(line: FeeLine, on: date) -> int:
    in_force = [rate.amount for rate in line.rates if rate.start <= on]
    if not in_force:
        raise NoRate(line.id, on)
    return in_force[-1]


def _waived(fees: Fees, journey: Journey, gross: int) -> int:
    """What the largest waiver that is known to apply takes off, rounded down to a whole yen."""
    percents = [waiver.percent for waiver in fees.waivers if waiver.when.evaluate(journey.scope) is True]
    share = Decimal(gross) * max(percents, default=0) / PERCENT
    return int(share.to_integral_value(ROUND_FLOOR))
