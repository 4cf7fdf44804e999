"""How long a page takes: counted in buckets, from which the median and the ninth tenth are read."""

from collections.abc import Mapping

BUCKETS = (5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 420, 600, 900, 1200, 1800, 3600)
"""Upper bounds in seconds. A longer stay is a cup of tea, and not counted."""


def bucket_of(seconds: float) -> int | None:
    """The bucket of a stay; None for one that is not counted: too long, or a clock that went backwards."""
    if seconds < 0:
        return None
    return next((bound for bound in BUCKETS if seconds <= bound), None)


def quantile(counts: Mapping[int, int], share: float) -> float | None:
    """Seconds within which `share` (0 to 1) of the stays ended, from counts by bucket; None without any.

    Within a bucket the stays are taken to be spread evenly.
    """
    wanted = sum(counts.values()) * share
    passed, lower = 0, 0
    for bound in BUCKETS:
        here = counts.get(bound, 0)
        if here and passed + here >= wanted:
            return lower + (bound - lower) * max(0.0, wanted - passed) / here
        passed, lower = passed + here, bound
    return None
