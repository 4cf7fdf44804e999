"""Buckets of seconds, and what is read from them."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.insight.durations import BUCKETS, bucket_of, quantile


@pytest.mark.parametrize(
    ("seconds", "bucket"), [(0, 5), (5, 5), (5.1, 10), (61, 90), (3600, 3600), (3601, None), (-1, None)]
)
def test_a_stay_falls_into_the_first_bucket_that_holds_it(seconds: float, bucket: int | None) -> None:
    assert bucket_of(seconds) == bucket


def test_nothing_is_known_of_no_stays() -> None:
    assert quantile({}, 0.5) is None


@given(st.lists(st.integers(0, 3600), min_size=1, max_size=200), st.sampled_from([0.1, 0.5, 0.9, 1.0]))
def test_a_quantile_lies_in_the_bucket_of_the_true_one(stays: list[int], share: float) -> None:
    counts = Counter(bucket for stay in stays if (bucket := bucket_of(stay)) is not None)
    found = quantile(counts, share)
    rank = max(0, -(-len(stays) * share // 1) - 1)
    true = sorted(stays)[int(rank)]
    upper = bucket_of(true)
    lower = ([0, *BUCKETS])[BUCKETS.index(upper)]
    assert lower <= found <= upper
