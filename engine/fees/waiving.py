"""Reductions (減免): which apply, what each takes off, and from which lines; never more than is due."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from engine.fees.lines import limit
from engine.fees.quoted import QuotedLine, QuotedWaiver
from engine.journey import Journey
from engine.model import Fees, Waiver

PERCENT = 100

Granted = Mapping[str, int]
"""What was decided on reductions that were asked for: by id how many per cent were granted, 0 for a refusal."""
NOTHING: Granted = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reduced:
    """The lines with what reductions of named lines take from each, and the reductions that count."""

    lines: tuple[QuotedLine, ...]
    waivers: tuple[QuotedWaiver, ...]

    @property
    def yen(self) -> int:
        """What all of them take off."""
        return sum(waiver.yen for waiver in self.waivers)


def reduced(
    fees: Fees, journey: Journey, day: date, lines: tuple[QuotedLine, ...], due: int, granted: Granted = NOTHING
) -> Reduced:
    """What waivers take from `due` yen, the bill within its limits. A waiver counts if it is known to apply."""
    applying = [waiver for waiver in fees.waivers if _applies(waiver, journey, granted)]
    found = Reduced(lines, ())
    if fees.several == "largest":
        worth = [_take(waiver, day, lines, due, granted) for waiver in applying]
        applying = [applying[worth.index(max(worth))]] if any(worth) else []
    for waiver in applying:
        taken = _take(waiver, day, found.lines, due - found.yen, granted)
        if taken:
            found = Reduced(_borne(waiver, found.lines, taken), (*found.waivers, _told(waiver, taken, granted)))
    return found


def is_asked(waiver: Waiver, journey: Journey) -> bool:
    """Whether it is asked for, by somebody who may."""
    decision = waiver.decision
    if decision is None or waiver.when.evaluate(journey.scope) is not True:
        return False
    return journey.scope.look_up(decision.asked) is True


def _applies(waiver: Waiver, journey: Journey, granted: Granted) -> bool:
    """Of one that is asked for, whether some of it was granted; of any other, whether its condition holds."""
    if waiver.decision is None:
        return waiver.when.evaluate(journey.scope) is True
    return granted.get(waiver.id, 0) > 0 and is_asked(waiver, journey)


def _told(waiver: Waiver, taken: int, granted: Granted) -> QuotedWaiver:
    return QuotedWaiver(
        id=waiver.id,
        title=waiver.title,
        law=waiver.law,
        yen=taken,
        why=waiver.why,
        needs=waiver.needs,
        granted=None if waiver.decision is None else granted[waiver.id],
    )


def _take(waiver: Waiver, day: date, lines: Sequence[QuotedLine], due: int, granted: Granted) -> int:
    """What it takes off, rounded as it says and never more than is left."""
    left = min(due, sum(line.yen - line.less for line in _named(waiver, lines))) if waiver.lines else due
    if waiver.percent is not None:
        percent = waiver.percent if waiver.decision is None else granted[waiver.id]
        return min(left, waiver.rounding.apply(Decimal(left) * percent / PERCENT))
    return min(left, limit(waiver.yen, day) or 0)


def _named(waiver: Waiver, lines: Iterable[QuotedLine]) -> list[QuotedLine]:
    return [line for line in lines if line.id in waiver.lines]


def _borne(waiver: Waiver, lines: tuple[QuotedLine, ...], taken: int) -> tuple[QuotedLine, ...]:
    """Each named line bears its part, in proportion; what rounding leaves over goes to the largest remainders."""
    if not waiver.lines:
        return lines
    weights = [line.yen - line.less if line.id in waiver.lines else 0 for line in lines]
    return tuple(replace(line, less=line.less + part) for line, part in zip(lines, spread(taken, weights), strict=True))


def spread(yen: int, weights: Sequence[int]) -> list[int]:
    """`yen` in proportion to `weights`, which are not all 0; the parts add up to it, the earlier one first."""
    whole = sum(weights)
    parts = [divmod(weight * yen, whole) for weight in weights]
    left = yen - sum(part for part, _ in parts)
    favoured = sorted(range(len(parts)), key=lambda place: (-parts[place][1], place))[:left]
    return [part + (place in favoured) for place, (part, _) in enumerate(parts)]
