"""What the forms of price share: amounts that can be charged, the rate of a day, and what most do not have."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from engine.expressions import Expression
from engine.model.prices import D, Dated, Look, NoPrice, NotInForce, Path, in_force


class Form:
    """The usual: nothing computed, nothing dated, one way only, and no other line."""

    __slots__ = ()

    def expressions(self) -> Iterable[tuple[Path, Expression]]:
        """None."""
        return ()

    def series(self) -> Iterable[tuple[Path, Sequence[Dated]]]:
        """None."""
        return ()

    def rows(self) -> Iterable[Path]:
        """One way only."""
        return ()

    def rests_on(self) -> Sequence[str]:
        """No other line."""
        return ()


def known(expression: Expression, look: Look) -> Decimal:
    """The number, at least 0. Raises `NoPrice` for one that is unknown or below 0."""
    value = expression.evaluate(look.scope)
    if not isinstance(value, Decimal) or value < 0:
        raise NoPrice
    return value


def rate(series: Sequence[D], day: date) -> D:
    """What is in force on the day. Raises `NotInForce`."""
    found = in_force(series, day)
    if found is None:
        raise NotInForce
    return found


def whole(value: Decimal) -> int | None:
    """The value as a whole number, where it is one."""
    return int(value) if value == value.to_integral_value() else None
