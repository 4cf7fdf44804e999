"""Every amount has a rate on every day on which the procedure is open."""

from collections.abc import Iterator, Sequence

from engine.checks.subject import Path, Subject
from engine.model.prices import Dated
from engine.problems import Code

NO_RATE = Code("no-rate", example="version: 2026-04-01 … yen: [{from: 2026-10-01, amount: 3000}]")
ENDED = Code("rates-ended", example="version: 2026-04-01 … yen: [{from: 2020-04-01, until: 2026-03-31, amount: 3000}]")
WILL_END = Code("rates-end", example="yen: [{from: 2026-04-01, until: 2027-03-31, amount: 3000}]", severity="warning")


def check(subject: Subject) -> None:
    """A rate holds until the next one or its own end, so the first must be in force when the version opens."""
    opens = subject.procedure.version
    for path, series in _all(subject):
        if series[0].start > opens:
            subject.problem(NO_RATE, path, opens=opens, start=series[0].start)
        last = series[-1].end
        if last is not None:
            subject.problem(ENDED if last < opens else WILL_END, path, opens=opens, until=last)


def _all(subject: Subject) -> Iterator[tuple[Path, Sequence[Dated]]]:
    fees = subject.procedure.fees
    if fees is None:
        return
    found: list[tuple[Path, Sequence[Dated]]] = [(("minimum",), fees.least), (("maximum",), fees.most)]
    for line in fees.lines:
        limits = [(("minimum",), line.least), (("maximum",), line.most)]
        found += [(("lines", line.id, *path), series) for path, series in [*line.price.series(), *limits]]
    found += [(("waivers", waiver.id, "yen"), waiver.yen) for waiver in fees.waivers]
    yield from ((("fees", *path), series) for path, series in found if series)
