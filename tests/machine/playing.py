"""Plays acts in a world, or in two at once that must stay alike; and the fewest acts that still go wrong."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from tests.machine.acts import Act, acts
from tests.machine.acts.operating import given_up, gives_a_new_start
from tests.machine.ground import Ground
from tests.machine.holds import has_calmed_down, holds, reached
from tests.machine.snapshot import differences, snapshot
from tests.machine.world import World, world_on

Move = tuple[str, int, int]
"""An act by its name, which of those it can be done to, and how."""

PATIENCE = 60.0
BY_NAME = {one.name: one for one in acts()}


@dataclass
class Tally:
    """What was reached, over all worlds: acts and what came of them, statuses, transitions, routes, answers."""

    acts: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    transitions: Counter[str] = field(default_factory=Counter)
    answers: Counter[int] = field(default_factory=Counter)
    routes: set[str] = field(default_factory=set)

    @property
    def never(self) -> list[str]:
        """Acts that never took place."""
        return sorted(set(BY_NAME) - {name for name, times in self.acts.items() if times})


class Worlds:
    """The same world on each ground; what is done in one is done in all."""

    def __init__(self, worlds: Sequence[World], tally: Tally) -> None:
        self.worlds, self.tally, self.moves = worlds, tally, list[Move]()
        self._possible: dict[str, bool] = {}

    def possible(self, act: Act) -> bool:
        """Whether there is anything to do it to; asked once until something is done."""
        if act.name not in self._possible:
            self._possible[act.name] = bool(act.possible(self.worlds[0]))
        return self._possible[act.name]

    def play(self, act: Act, which: int, how: int) -> None:
        """Do it in each, look whether everything holds, and whether the same came of it."""
        self.moves.append((act.name, which, how))
        self._possible.clear()
        came = []
        for world in self.worlds:
            with world.acting():
                came.append(act.do(world, which, how))
            holds(world, act)
        assert len(set(came)) == 1, f"{act.name} comes to {came}"
        self.tally.acts[act.name] += not came[0].startswith("idle")
        self.tally.outcomes[f"{act.name}: {came[0]}"] += 1
        self.tally.statuses.update(case.status for case in self.worlds[0].cases)

    def calm_down(self) -> None:
        """Stripe answers, everything due is done for two days, and then everything must be well and alike."""
        for world in self.worlds:
            with world.acting():
                calms_down(world)
            has_calmed_down(world)
        first, *others = [snapshot(world) for world in self.worlds]
        for other in others:
            found = list(differences(first, other))
            assert not found, "the databases differ:\n" + "\n".join(found)

    def count(self) -> None:
        """Keep what was reached."""
        world = self.worlds[0]
        self.tally.transitions += reached(world)
        self.tally.answers += world.answers
        self.tally.routes |= world.served


def calms_down(world: World) -> None:
    """Stripe answers again, and what was given up gets a new start; webhooks not lost come; every job is done."""
    world.stripe.provider.line.down = False
    if given_up(world):
        gives_a_new_start(world, 0, 0)
    for _ in range(3):
        for delivery in world.stripe.deliveries("waiting"):
            world.stripe.tells(delivery, world.app.test_client())
        world.works()
        world.moves(timedelta(hours=7))
    world.works()
    for delivery in world.stripe.deliveries("waiting"):
        world.stripe.tells(delivery, world.app.test_client())
    world.works()


@contextmanager
def worlds_on(grounds: Sequence[Ground], seal: Path, seed: str, tally: Tally) -> Iterator[Worlds]:
    """New worlds; nothing of them is left."""
    with ExitStack() as stack:
        worlds = [stack.enter_context(world_on(ground, seal, seed)) for ground in grounds]
        yield Worlds(worlds, tally)


def goes_wrong(grounds: Sequence[Ground], seal: Path, seed: str, moves: Sequence[Move]) -> Exception | None:
    """What goes wrong when just these are made."""
    with worlds_on(grounds, seal, seed, Tally()) as worlds:
        try:
            for name, which, how in moves:
                if worlds.possible(BY_NAME[name]):
                    worlds.play(BY_NAME[name], which, how)
            worlds.calm_down()
        except Exception as wrong:  # noqa: BLE001 - whatever it is, it is what was looked for
            return wrong
    return None


def fewest(
    grounds: Sequence[Ground], seal: Path, seed: str, moves: list[Move], patience: float = PATIENCE
) -> list[Move]:
    """Fewer moves that still go wrong: what can be left out is left out, in halves, then one by one.

    After `patience` seconds those that were found by then.
    """
    size, until = len(moves) // 2, time.monotonic() + patience
    while size and time.monotonic() < until:
        place = 0
        while place < len(moves) and time.monotonic() < until:
            fewer = moves[:place] + moves[place + size :]
            if goes_wrong(grounds, seal, seed, fewer) is not None:
                moves = fewer
            else:
                place += size
        size //= 2
    return moves
