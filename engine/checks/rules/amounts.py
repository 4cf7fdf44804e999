"""Amounts can be charged: whole or rounded by name, never below 0, and there for every quantity."""

from decimal import Decimal

from engine.checks.reasoning.ranges import Range, Ranges
from engine.checks.subject import Path, Subject
from engine.expressions import Expression
from engine.fees.forms import Percentage, Tiered
from engine.model import FeeLine
from engine.problems import Code
from engine.tables import Table

NO_ROUNDING = Code("no-rounding", example="percent: {of: value, rate: 5}      # no round")
NEGATIVE = Code("negative-amount", example="amount: income - 430000      # and income begins at 0")
TIERS_END = Code("tiers-end", example="tiers: [{each: 1, up_to: 10, yen: 50}]      # and copies may be 11")


def check(subject: Subject) -> None:
    """Look at each expression of each line as far as the limits of the answers tell."""
    fees, named = subject.procedure.fees, _named(subject)
    for line in fees.lines if fees else ():
        if isinstance(line.price, Percentage) and line.rounding is None:
            subject.problem(NO_ROUNDING, ("fees", "lines", line.id, "percent"))
        ranges = Ranges(subject.seen_by(line), named)
        for below, expression in line.price.expressions():
            if below[0] == "table":
                continue  # what its rows are chosen by is no amount
            path = ("fees", "lines", line.id, *below)
            found = ranges.of(expression)
            if found.low is not None and found.low < 0:
                subject.problem(NEGATIVE, path, low=f"{found.low:,}")
            counts_begun = isinstance(
                line.price, Tiered
            )  # units that are begun, so that it is whole whatever is counted
            if not found.whole and line.rounding is None and below[0] != "percent" and not counts_begun:
                subject.problem(NO_ROUNDING, path)
            if isinstance(line.price, Tiered) and below == ("count",):
                _covered(subject, line, line.price, found)


def _named(subject: Subject) -> dict[str, Expression | Table]:
    values = {name: calculated.value for name, calculated in subject.procedure.calculated.items()}
    return {**values, **subject.procedure.conditions}


def _covered(subject: Subject, line: FeeLine, price: Tiered, count: Range) -> None:
    """The last tier is without end, or nothing that can be answered lies beyond it."""
    ends = [tier.up_to for tier in price.tiers if tier.up_to is not None]
    last = max(ends, default=0)
    if len(ends) == len(price.tiers) and (count.high is None or count.high > Decimal(last)):
        path: Path = ("fees", "lines", line.id, "tiers", len(price.tiers) - 1)
        subject.problem(TIERS_END, path, last=last)
