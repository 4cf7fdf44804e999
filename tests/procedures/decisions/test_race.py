"""A small race of clerks and approvers; the big one is `python -m tests.benchmarks.race`."""

from tests.benchmarks.race import race
from tests.procedures.conftest import Desk


def test_exactly_one_decision_a_case_and_the_others_told_who(desk: Desk) -> None:
    result = race(desk, 8, clerks=6, approvers=2, seed=7)
    assert sum(result.decided.values()) == 8
    assert result.told, "nobody came second: this was no race"
