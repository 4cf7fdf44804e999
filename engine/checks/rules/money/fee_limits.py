"""Fees leave room too: on no day is the minimum above the maximum."""

from collections.abc import Iterator

from engine.checks.rules.limits import NO_ROOM
from engine.checks.subject import Path, Subject
from engine.model.prices import Series, in_force


def check(subject: Subject) -> None:
    """Report the first day of each pair on which nothing fits."""
    for path, least, most in _limits(subject):
        for day in sorted({one.start for one in (*least, *most)}):
            bottom, top = in_force(least, day), in_force(most, day)
            if bottom and top and bottom.amount > top.amount:
                found = {"low": bottom.amount, "high": top.amount}
                subject.problem(NO_ROOM, (*path, "minimum"), least="minimum", most="maximum", **found)
                break


def _limits(subject: Subject) -> Iterator[tuple[Path, Series, Series]]:
    fees = subject.procedure.fees
    if fees is not None:
        yield ("fees",), fees.least, fees.most
        yield from ((("fees", "lines", line.id), line.least, line.most) for line in fees.lines)
