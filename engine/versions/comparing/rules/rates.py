"""What one unit costs from which day."""

from collections.abc import Iterator

from engine.model import FeeLine, Rate
from engine.versions.comparing.changes import Change, Spot
from engine.versions.comparing.sayings import NOTHING, Plain, Sayable
from engine.versions.comparing.walking import Walk
from engine.words import say


def _rates(_walk: Walk, spot: Spot, old: FeeLine, new: FeeLine) -> Iterator[Change]:
    before, after = ({rate.start: rate for rate in line.rates} for line in (old, new))
    for start in sorted({*before, *after}):
        here = spot.below("yen").below(start.isoformat())
        was, now = before.get(start), after.get(start)
        if was is None and now is not None:
            in_force = [rate for rate in old.rates if rate.start < start]
            yield Change("rate_added", here, "fee", _told(now, in_force[-1] if in_force else None, now))
        elif now is None and was is not None:
            yield Change("rate_removed", here, "fee", _told(was, was, None))
        elif was is not None and now is not None and was != now:
            yield Change("rate_changed", here, "fee", _told(now, was, now))


def _told(rate: Rate, before: Rate | None, after: Rate | None) -> dict[str, Sayable]:
    return {"day": Plain(rate.start.isoformat()), "before": _yen(before), "after": _yen(after)}


def _yen(rate: Rate | None) -> Sayable:
    return NOTHING if rate is None else Yen(rate)


class Yen:
    """An amount of money."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate

    def say(self, language: str) -> str:
        """With thousands apart."""
        return say("versions.yen", language, amount=f"{self._rate.amount:,}")


RULES = {("FeeLine", "rates"): _rates}
