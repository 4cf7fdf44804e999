"""Offices whose opinion is overdue are reminded once."""

from collections.abc import Sequence
from datetime import timedelta

from procedures.asides.telling import remind
from procedures.periodics import Means, Periodic, in_portions


def tasks(_means: Means) -> Sequence[Periodic]:
    """Looking every hour."""
    return (Periodic("opinions.remind", timedelta(hours=1), in_portions(remind)),)
