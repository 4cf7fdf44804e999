"""Whatever order five events come in, doubled, lost, late, through dying processes: the same end, and zero-sum."""

import sys

import pytest

from tests.payments.holding.exploring import Explorer, Play
from tests.payments.holding.plays import PLAYS
from tests.payments.holding.stage import Stage


@pytest.mark.sqlite_only
@pytest.mark.parametrize("play", PLAYS, ids=lambda play: play.name)
def test_every_order_ends_as_it_must(stage: Stage, play: Play) -> None:
    explorer = Explorer(stage, play)
    explorer.explore()
    sys.stdout.write(explorer.summary())
    assert explorer.runs > 100_000
