"""What happens in offices is counted."""

from collections.abc import Sequence
from datetime import timedelta

from procedures.periodics import Means, Periodic
from procedures.statistics.counting import count_days


def tasks(_means: Means) -> Sequence[Periodic]:
    """Every quarter of an hour, so that a page is never older."""
    return (Periodic("statistics.count", timedelta(minutes=15), count_days),)
