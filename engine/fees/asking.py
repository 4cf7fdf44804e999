"""Reductions that are asked for: which wait for a decision, what is at stake, and who could still ask."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from engine.fees.quoted import AskedWaiver, FeeQuote
from engine.fees.waiving import Granted, is_asked
from engine.journey import Journey, holds
from engine.model import Fees, Procedure, Waiver


@dataclass(frozen=True, slots=True)
class Offered:
    """A reduction that could be asked for with these answers, and is not: by a yes to the field `asked`."""

    waiver: Waiver
    asked: str


def offered(procedure: Procedure, journey: Journey) -> tuple[Offered, ...]:
    """What could be asked for: the question is on the path, the condition holds, and the answer is not yes."""
    found = []
    for waiver in procedure.fees.waivers if procedure.fees else ():
        decision = waiver.decision
        if decision is None or decision.asked not in journey.shown or is_asked(waiver, journey):
            continue
        if holds(decision.who, journey.scope):
            found.append(Offered(waiver, decision.asked))
    return tuple(found)


def asking(fees: Fees, journey: Journey, granted: Granted, bill: Callable[[Granted], FeeQuote]) -> FeeQuote:
    """The bill by what was decided, with what waits for a decision and the total if all of that is granted.

    What would take nothing off, because others already do, waits for nobody.
    """
    now = bill(granted)
    waiting = [waiver for waiver in fees.waivers if waiver.id not in granted and is_asked(waiver, journey)]
    if not waiting:
        return now
    asked = []
    for waiver in waiting:
        less = now.total - bill({**granted, waiver.id: waiver.whole}).total
        if less > 0:
            asked.append(_told(waiver, less))
    if not asked:
        return now
    whole = {waiver.id: waiver.whole for waiver in waiting}
    return replace(now, asked=tuple(asked), if_granted=bill({**granted, **whole}).total)


def _told(waiver: Waiver, yen: int) -> AskedWaiver:
    return AskedWaiver(id=waiver.id, title=waiver.title, law=waiver.law, yen=yen, why=waiver.why, needs=waiver.needs)
