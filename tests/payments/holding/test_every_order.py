"""Whatever order five events come in, doubled, lost, late, through dying processes: the same end, and zero-sum."""

import sys
from random import Random

import pytest

from tests.payments.holding.afterwards import AFTERWARDS
from tests.payments.holding.exploring import Explorer, Happening, Play
from tests.payments.holding.plays import PLAYS as AROUND
from tests.payments.holding.plays import paid_or_lapsed
from tests.payments.holding.stage import Stage
from tests.payments.holding.wandering import wander

PLAYS = (*AROUND, *AFTERWARDS)


@pytest.mark.parametrize("play", PLAYS, ids=lambda play: play.name)
def test_every_order_ends_as_it_must(stage: Stage, play: Play) -> None:
    """`python -m tests.benchmarks.orders` goes deeper, on both databases."""
    explorer = Explorer(stage, play)
    explorer.explore()
    sys.stdout.write(explorer.summary())
    assert explorer.runs > 70_000


@pytest.mark.parametrize("play", PLAYS, ids=lambda play: play.name)
def test_both_databases_end_alike_on_orders_walked_in_full(stage: Stage, other_stage: Stage, play: Play) -> None:
    for seed in range(2):
        assert wander(stage, play, Random(seed)) == wander(other_stage, play, Random(seed)), f"seed {seed}"


def test_merging_loses_no_order(stage: Stage) -> None:
    """With two events: each order by itself, and merged; the count is the same, and so are the ends that are seen."""
    play = Play("short", PLAYS[0].begins, PLAYS[0].happenings[:2], paid_or_lapsed)
    with stage.going_back():
        alone = Explorer(stage, play, merge=False)
        alone.explore()
    merged = Explorer(stage, play)
    assert merged.explore() == alone.runs
    assert merged.steps < alone.steps


def test_an_order_that_ends_wrongly_is_told_with_its_way(stage: Stage) -> None:
    """A thief among the events: money leaves the provider and nobody records it."""
    thief = Happening("thief", lambda stage: stage.provider.move("payout", -1, 0, "txn_thief"))
    play = Play("robbed", PLAYS[0].begins, (PLAYS[0].happenings[0], thief), paid_or_lapsed)
    with pytest.raises(AssertionError) as wrong:
        Explorer(stage, play).explore()
    assert "thief" in " ".join(wrong.value.__notes__)
