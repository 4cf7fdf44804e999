"""Every fee line has a rate on every day on which the procedure is open."""

from engine.checks.subject import Subject
from engine.problems import Code

NO_RATE = Code("no-rate", example="version: 2026-04-01 … yen: [{from: 2026-10-01, amount: 3000}]")


def check(subject: Subject) -> None:
    """A rate holds until the next one, so the first must be in force when the version opens."""
    fees = subject.procedure.fees
    for line in fees.lines if fees else ():
        opens = subject.procedure.version
        if line.rates and line.rates[0].start > opens:
            path = ("fees", "lines", line.id, "yen")
            subject.problem(NO_RATE, path, opens=opens, start=line.rates[0].start)
