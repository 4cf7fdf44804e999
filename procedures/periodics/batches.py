"""Batches that nobody confirmed, or whose results have been there long enough, are forgotten."""

from collections.abc import Sequence
from datetime import timedelta

from procedures.batches.forgetting import forget
from procedures.periodics import Means, Periodic, in_portions


def tasks(_means: Means) -> Sequence[Periodic]:
    """Forgetting."""
    return (Periodic("batch.forget", timedelta(hours=6), in_portions(forget)),)
