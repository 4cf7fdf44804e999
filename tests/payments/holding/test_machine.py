"""A machine that does to money whatever can be done, while processes die and answers get lost: every promise holds."""

from collections import Counter
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from payments.models import Discrepancy
from tests.payments.holding.playing import BEFALLS, Towns, at_the_beginning, fewest, goes_wrong, plays_on
from tests.payments.holding.stage import Stage
from tests.payments.holding.town import Act, Misfortune, Town

NONE = st.none()
MISFORTUNE = NONE | NONE | st.builds(Misfortune, st.sampled_from(BEFALLS), st.integers(1, 3), st.booleans())
QUICK = settings(
    max_examples=3,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # what is found is made shorter by `fewest`, from the acts that are printed
    suppress_health_check=list(HealthCheck),
)
ALIKE = settings(QUICK, max_examples=2, stateful_step_count=12)


def machine(*stages: Stage) -> type[RuleBasedStateMachine]:
    """On these stages; all must stay alike."""

    class Money(RuleBasedStateMachine):
        """Acts as `possible` has them; Hypothesis chooses, and finds the shortest way to what is wrong."""

        def __init__(self) -> None:
            super().__init__()
            self.beginning = at_the_beginning(stages)
            self.towns: Towns = self.beginning.__enter__()

        @initialize(kinds=st.lists(st.integers(0, 2), min_size=1, max_size=3))
        def begins(self, kinds: list[int]) -> None:
            for kind in kinds:
                self.towns.play(Act("owes", kind))
                self.towns.play(Act("presses", kind))

        @rule(choice=st.integers(0, 99), which=st.integers(0, 59), misfortune=MISFORTUNE)
        def goes_on(self, choice: int, which: int, misfortune: Misfortune | None) -> None:
            possible = self.towns.possible()
            self.towns.play(Act(possible[choice % len(possible)], which, misfortune))

        @precondition(lambda self: self.towns.towns[0].notices)
        @rule(which=st.integers(0, 9), misfortune=MISFORTUNE)
        def is_told(self, which: int, misfortune: Misfortune | None) -> None:
            self.towns.play(Act("hears", which, misfortune))
            self.towns.play(Act("works", 0, misfortune))

        def teardown(self) -> None:
            try:
                self.towns.calm_down()
            finally:
                self.beginning.__exit__(None, None, None)

    return Money


def test_every_promise_holds_whatever_happens(stage: Stage) -> None:
    """`python -m tests.benchmarks.money_machine` goes on for longer."""
    run_state_machine_as_test(machine(stage), settings=QUICK)


def test_both_databases_come_to_the_same(stage: Stage, other_stage: Stage) -> None:
    run_state_machine_as_test(machine(stage, other_stage), settings=ALIKE)


def test_a_machine_that_is_robbed_says_so_with_the_fewest_acts(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sabotage: whoever withdraws is given a row of the worklist less; the acts that show it are found."""
    honest = Town.calms_down

    def robbed(town: Town) -> None:
        honest(town)
        with town.stage.database.write() as session:
            session.query(Discrepancy).delete()

    monkeypatch.setattr(Town, "calms_down", robbed)
    acts = [Act("owes"), Act("presses"), Act("withdraws"), Act("works"), Act("pays_though_closed")]
    assert goes_wrong([stage], acts) is not None
    assert fewest([stage], acts) == [Act("owes"), Act("presses"), Act("withdraws"), Act("pays_though_closed")]


def test_what_is_played_by_chance_can_be_played_again(stage: Stage) -> None:
    first, again = (plays_on([stage], Random(7), 12, Counter()) for _ in range(2))
    assert first == again
    assert first[1]
