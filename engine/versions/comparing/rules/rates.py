"""What something costs from which day, and by which form of price."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from engine.model import FeeLine, Procedure, Rate, Text
from engine.model.prices import NotInForce, Price, Share
from engine.versions.comparing.changes import Change, Spot
from engine.versions.comparing.naming import label
from engine.versions.comparing.sayings import NOTHING, Plain, Said, Sayable
from engine.versions.comparing.walking import Rule, Walk
from engine.words import say


def _dated(attribute: str, key: str) -> Rule:
    """Compares the series of that attribute, written under that key, day by day."""

    def compare(_walk: Walk, spot: Spot, old: Any, new: Any) -> Iterator[Change]:
        yield from series_of(spot, key, getattr(old, attribute), getattr(new, attribute))

    return compare


def series_of(spot: Spot, key: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Change]:
    """Two series of amounts by date."""
    before, after = ({rate.start: rate for rate in one} for one in (old, new))
    for start in sorted({*before, *after}):
        here = spot.below(key).below(start.isoformat())
        was, now = before.get(start), after.get(start)
        if was is None and now is not None:
            in_force = [rate for rate in old if rate.start < start]
            yield Change("rate_added", here, "fee", _told(now, in_force[-1] if in_force else None, now))
        elif now is None and was is not None:
            yield Change("rate_removed", here, "fee", _told(was, was, None))
        elif was is not None and now is not None and was != now:
            yield Change("rate_changed", here, "fee", _told(now, was, now))


def _price(walk: Walk, spot: Spot, old: FeeLine, new: FeeLine) -> Iterator[Change]:
    """Of the same form, part by part; else what either says."""
    if type(old.price) is type(new.price):
        yield from walk.record(spot, old.price, new.price)
        return
    told = {"before": _tag(old.price, walk.old), "after": _tag(new.price, walk.new)}
    yield Change("value", spot, "fee", {"label": label(old, "price"), **told})


def _tag(price: Price, procedure: Procedure) -> Sayable:
    try:
        tag = price.tag(procedure.version)
    except NotInForce:
        return NOTHING
    return tag if isinstance(tag, Text) else Yen(tag)


def _told(rate: Rate | Share, before: Rate | Share | None, after: Rate | Share | None) -> dict[str, Sayable]:
    return {"day": Plain(rate.start.isoformat()), "before": amount(before), "after": amount(after)}


def amount(rate: Rate | Share | None) -> Sayable:
    """Yen or per cent, with the last day where there is one."""
    if rate is None:
        return NOTHING
    worth: Sayable = Yen(rate.amount) if isinstance(rate, Rate) else Plain(f"{rate.percent.normalize():f}%")
    if rate.end is None:
        return worth
    return Said("versions.until", {"amount": worth, "day": Plain(rate.end.isoformat())})


class Yen:
    """An amount of money."""

    def __init__(self, amount: int) -> None:
        self._amount = amount

    def say(self, language: str) -> str:
        """With thousands apart."""
        return say("versions.yen", language, amount=f"{self._amount:,}")


RULES: dict[tuple[str, str], Callable[..., Iterator[Change]]] = {
    ("FeeLine", "price"): _price,
    ("Counted", "rates"): _dated("rates", "yen"),
    ("Tier", "rates"): _dated("rates", "yen"),
    ("Percentage", "shares"): _dated("shares", "rate"),
    ("FeeLine", "least"): _dated("least", "minimum"),
    ("FeeLine", "most"): _dated("most", "maximum"),
    ("Fees", "least"): _dated("least", "minimum"),
    ("Fees", "most"): _dated("most", "maximum"),
    ("Waiver", "yen"): _dated("yen", "yen"),
}
