"""Which office examines a case, and in how many business days: by name, or following from the answers."""

from decimal import Decimal

from engine.journey import Journey
from engine.model import Derived, Procedure


class NoOffice(Exception):
    """The answers lead to no office, or to no standard period: a stop, never a guess. `key` is the spec's."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"review.{key} gives nothing for these answers: add the row or the case that is missing")


def office_of(procedure: Procedure, journey: Journey) -> str | None:
    """The office; None for a procedure without an examination. Raises `NoOffice`."""
    if procedure.review is None:
        return None
    found = _value(procedure.review.office, journey)
    if not isinstance(found, str):
        raise NoOffice("office")
    return found


def standard_days(procedure: Procedure, journey: Journey) -> int | None:
    """標準処理期間 in business days of Tokyo; None for a procedure without an examination. Raises `NoOffice`."""
    if procedure.review is None:
        return None
    found = _value(procedure.review.standard_days, journey)
    if isinstance(found, int):
        return found
    if not isinstance(found, Decimal) or found < 1 or found != found.to_integral_value():
        raise NoOffice("standard_days")
    return int(found)


def usual_days(procedure: Procedure) -> tuple[int, int] | None:
    """The shortest and the longest standard period, as far as they are known before anything is answered."""
    days = procedure.review.standard_days if procedure.review else None
    if isinstance(days, int):
        return days, days
    outputs = days.outputs() if days is not None else None
    return (int(min(outputs)), int(max(outputs))) if outputs else None


def _value(derived: str | int | Derived, journey: Journey) -> object:
    return derived if isinstance(derived, str | int) else derived.evaluate(journey.scope)
