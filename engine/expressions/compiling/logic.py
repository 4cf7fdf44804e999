"""Kleene's three-valued logic."""

from collections.abc import Iterable

from engine.expressions.scope import UNKNOWN, Unknown

Truth = bool | Unknown


def both(values: Iterable[Truth]) -> Truth:
    """False as soon as one is false; true when all are; else unknown."""
    result: Truth = True
    for value in values:
        if value is False:
            return False
        if value is UNKNOWN:
            result = UNKNOWN
    return result


def either(values: Iterable[Truth]) -> Truth:
    """True as soon as one is true; false when all are; else unknown."""
    result: Truth = False
    for value in values:
        if value is True:
            return True
        if value is UNKNOWN:
            result = UNKNOWN
    return result


def opposite(value: Truth) -> Truth:
    """True and false change places; unknown stays."""
    return UNKNOWN if value is UNKNOWN else not value
