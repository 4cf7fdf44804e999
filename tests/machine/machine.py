"""The state machine: a rule for each act, of which Hypothesis chooses; invariants after each, everything at the end."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.machine.acts import Act, acts
from tests.machine.ground import Ground
from tests.machine.playing import BY_NAME, Move, Tally, Worlds, worlds_on

NUMBERS = st.integers(0, 59)
OFTEN = 3  # of an act's weight for each time that it stands among the rules
BEGINNING = st.lists(st.tuples(NUMBERS, NUMBERS, st.integers(0, 3)), min_size=2, max_size=4)
BEGUN = ("starts", "answers", "answers_the_rest", "sends")
FURTHER = (("pays", "all_webhooks_come", "claims"), ("proposes",), ("approves",))
"""What may have happened to it since."""


class WentWrong(AssertionError):
    """A promise was broken; `moves` led there in the world of `seed`."""

    def __init__(self, seed: str, moves: Sequence[Move]) -> None:
        self.seed, self.moves = seed, list(moves)
        super().__init__(f"seed {seed}: {self.moves}")


class Everybody(RuleBasedStateMachine):
    """One run is a world of its own. `ground` says on what: those of one run must stay alike."""

    ground: ClassVar[Sequence[Ground]]
    seal: ClassVar[Path]
    world_seed: ClassVar[str]
    tally: ClassVar[Tally]

    def __init__(self) -> None:
        super().__init__()
        self.broken = False
        self.open = worlds_on(self.ground, self.seal, self.world_seed, self.tally)
        self.worlds: Worlds = self.open.__enter__()

    def do(self, act: Act, which: int, how: int) -> None:
        """Play it; a failure is told with the moves that led to it."""
        try:
            self.worlds.play(act, which, how)
        except Exception as wrong:
            self.broken = True
            raise WentWrong(self.world_seed, self.worlds.moves) from wrong

    @initialize(first=BEGINNING)
    def begins(self, first: list[tuple[int, int, int]]) -> None:
        """Some people have begun something, and some of it has been examined, or decided."""
        for which, how, further in first:
            for name in (*BEGUN, *chain.from_iterable(FURTHER[:further])):
                if self.worlds.possible(BY_NAME[name]):
                    self.do(BY_NAME[name], which, how)

    @invariant()
    def is_alike(self) -> None:
        """Every case stands at the same status in all worlds."""
        first, *others = [world.standing() for world in self.worlds.worlds]
        assert all(other == first for other in others)

    def teardown(self) -> None:
        """Everything calms down, and must be well then."""
        try:
            if not self.broken:
                self.worlds.calm_down()
                self.worlds.count()
        except Exception as wrong:
            raise WentWrong(self.world_seed, self.worlds.moves) from wrong
        finally:
            self.open.__exit__(None, None, None)


def machine(ground: Sequence[Ground], seal: Path, seed_of_worlds: str, tally: Tally) -> type[RuleBasedStateMachine]:
    """With a rule for each act, and more than one for those that are to happen often."""
    facts = {"ground": ground, "seal": seal, "world_seed": seed_of_worlds, "tally": tally}
    rules = {
        f"{act.name}_{number}" if number else act.name: _rule(act)
        for act in acts()
        for number in range(1 + act.weight // OFTEN)
    }
    return type("Machine", (Everybody,), {**facts, **rules})


def _rule(act: Act) -> Callable[..., Any]:
    def does(self: Any, which: int, how: int) -> None:
        self.do(act, which, how)

    does.__name__ = act.name
    does.__doc__ = act.do.__doc__
    return precondition(lambda self: self.worlds.possible(act))(rule(which=NUMBERS, how=NUMBERS)(does))


def _single(wrong: BaseException) -> Iterator[BaseException]:
    """Those that are no group."""
    if isinstance(wrong, BaseExceptionGroup):
        for inner in wrong.exceptions:
            yield from _single(inner)
    else:
        yield wrong


def run(grounds: Sequence[Ground], seal: Path, number: int, tally: Tally, *, runs: int, length: int) -> None:
    """So many runs of so many steps. Raises `WentWrong`."""
    chosen = settings(
        max_examples=runs,
        stateful_step_count=length,
        deadline=None,
        database=None,
        print_blob=False,
        report_multiple_bugs=False,
        phases=[Phase.generate],  # what is found is made shorter by `fewest`, from the moves that are told
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(seed(number)(machine(grounds, seal, str(number), tally)), settings=chosen)
    except Exception as wrong:  # a group, where it did not go wrong again when it was tried again
        found = [one for one in _single(wrong) if isinstance(one, WentWrong)]
        if not found:
            raise
        raise found[0] from found[0].__cause__
