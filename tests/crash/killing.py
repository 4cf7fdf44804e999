"""Kills one process after another at points that are known, and asks after each whether every promise holds."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from tests.crash.invariants import Numbers, equals_provider, holds, mails_once
from tests.crash.play import Play
from tests.crash.stories import STORIES
from tests.crash.system import System

SKIPS = (0, 0, 0, 0, 1, 1, 2)
AT_A_TIME = 4
LATELY = 60
BETWEEN = 10
"""After so many stories everything is let come to rest, and compared with the provider."""
SWEPT, AWHILE = timedelta(minutes=61), 0.5
"""Longer than any sweep waits; and long enough for the worker to notice."""


@dataclass
class Tally:
    """What came of it."""

    kills: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)
    stories: int = 0
    lost_answers: int = 0
    acknowledged: int = 0
    seconds: float = 0.0

    @property
    def killed(self) -> int:
        """How many processes."""
        return self.kills.total()


def reached(system: System, seed: int, stories: Sequence[str] = tuple(STORIES)) -> dict[str, list[str]]:
    """The points that each story passes when nobody dies."""
    found: dict[str, list[str]] = {}
    for name in stories:
        play = Play(system, Random(f"{seed} {name}"))
        with system.control.watching() as passed:
            STORIES[name](play)
            play.calm()
        found[name] = list(dict.fromkeys(passed))
    return found


@dataclass
class Killing:
    """One system, killed again and again."""

    system: System
    points: Mapping[str, Sequence[str]]
    chance: Random
    tally: Tally = field(default_factory=Tally)
    numbers: Numbers = field(default_factory=Numbers)
    missed: Counter[str] = field(default_factory=Counter)
    wanted: int = 0

    def run(self, kills: int) -> Tally:
        """Until so many have died, or a promise was broken. The tally says which."""
        began, self.wanted = time.monotonic(), kills
        play = Play(self.system, self.chance)
        try:
            while self.tally.killed < kills:
                self._story(play)
                if self.tally.stories % BETWEEN == 0:
                    self._rest(play)
            self._rest(play)
        except AssertionError as broken:
            where = self.system.control.killed()[-3:]
            self.tally.violations.append(f"{broken} (killed last: {where})")
        self.system.control.disarm()
        self.tally.lost_answers, self.tally.acknowledged = play.lost, len(play.kept)
        self.tally.seconds = time.monotonic() - began
        return self.tally

    def _story(self, play: Play) -> None:
        """The one that leads to where the fewest have died; its points wait for somebody one after the other."""
        name = min(self.points, key=lambda one: (min(map(self._deaths, self.points[one])), self.chance.random()))
        fewest = sorted(self.points[name], key=lambda point: (self._deaths(point), self.chance.random()))[:AT_A_TIME]
        waiting = [point for point in self.points[name] if point in fewest]
        play.watch = lambda: self._look(waiting)
        self._arm(waiting)
        STORIES[name](play)
        play.calm()
        self._look([])
        for point in fewest if self.system.control.armed else ():
            self.missed[point] += 1  # passed over this time: others first
        self.system.control.disarm()
        self.tally.stories += 1
        play.check_kept(last=LATELY)
        self.holds()

    def _deaths(self, point: str) -> int:
        return self.tally.kills[point] + self.missed[point]

    def _arm(self, waiting: list[str]) -> None:
        if waiting and self.tally.killed < self.wanted:
            self.system.control.arm(waiting.pop(0), self.chance.choice(SKIPS))

    def _look(self, waiting: list[str]) -> None:
        """Whether somebody died; then everything must hold at that very moment, and the next point is armed."""
        dead = self.system.control.killed()[self.tally.killed :]
        if dead:
            self.tally.kills.update(dead)
            self.holds()
            self._arm(waiting)

    def holds(self) -> None:
        """See `tests.crash.invariants`."""
        holds(self.system, self.numbers)

    def _rest(self, play: Play) -> None:
        """The sweeps go round, what can be done is done; then the books equal the provider's."""
        self.system.control.disarm()
        for _ in range(2):
            play.later(SWEPT)
            time.sleep(AWHILE)
            play.calm()
        equals_provider(play)
        mails_once(self.system)
        play.check_kept()
        self.holds()
