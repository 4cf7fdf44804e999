"""Plays acts in a town, on one database or on two that must stay alike; and the fewest acts that still go wrong."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from random import Random

from tests.payments.holding.promises import has_calmed_down, holds
from tests.payments.holding.snapshot import books
from tests.payments.holding.stage import Stage
from tests.payments.holding.town import Act, Misfortune, Town

BEFALLS = ("dies", "unheard", "unanswered")


class Towns:
    """The same town on each stage; what is played in one is played in all."""

    def __init__(self, stages: Sequence[Stage]) -> None:
        self.towns = [Town(stage) for stage in stages]
        self.done = Counter[str]()

    def play(self, act: Act) -> None:
        """Play it, and look whether everything holds."""
        for town in self.towns:
            self.done[act.name] += town.play(act)
            holds(town.stage)
        self.are_alike()

    def possible(self) -> list[str]:
        """What is not idle now."""
        return self.towns[0].possible()

    def calm_down(self) -> None:
        """The end."""
        for town in self.towns:
            town.calms_down()
            has_calmed_down(town.stage)
        self.are_alike()

    def are_alike(self) -> None:
        """The same stands in the books of all."""
        first, *others = [books(town.stage.database.connection) for town in self.towns]
        for other in others:
            for mine, theirs in zip(first, other, strict=True):
                assert mine == theirs, "the databases differ"


def at_random(chance: Random, possible: Sequence[str]) -> Act:
    """One of these; one in four ends badly."""
    misfortune = None
    if chance.random() < 0.25:
        misfortune = Misfortune(chance.choice(BEFALLS), chance.randint(1, 3), after=chance.random() < 0.5)
    return Act(chance.choice(possible), chance.randrange(60), misfortune)


def plays_on(stages: Sequence[Stage], chance: Random, length: int, done: Counter[str]) -> tuple[list[Act], bool]:
    """So many acts by chance, each of what is possible then, and whether everything held.

    `done` counts what took place. The stages are as before when it is over.
    """
    acts: list[Act] = []
    with at_the_beginning(stages) as towns:
        try:
            for _ in range(length):
                acts.append(at_random(chance, towns.possible()))
                towns.play(acts[-1])
            towns.calm_down()
        except Exception:  # noqa: BLE001 - whatever it is, it is what was looked for
            return acts, False
        finally:
            done.update(towns.done)
    return acts, True


def goes_wrong(stages: Sequence[Stage], acts: Sequence[Act]) -> Exception | None:
    """What goes wrong when just these are played."""
    with at_the_beginning(stages) as towns:
        try:
            for act in acts:
                towns.play(act)
            towns.calm_down()
        except Exception as wrong:  # noqa: BLE001 - whatever it is, it is what was looked for
            return wrong
    return None


@contextmanager
def at_the_beginning(stages: Sequence[Stage]) -> Iterator[Towns]:
    """Empty towns whose worker has looked at the provider's list; the stages are as before when the block ends."""
    with ExitStack() as back:
        for stage in stages:
            back.enter_context(stage.going_back())
            stage.imports()
        yield Towns(stages)


def fewest(stages: Sequence[Stage], acts: list[Act]) -> list[Act]:
    """Fewer acts that still go wrong: what can be left out is left out, in halves, then one by one."""
    size = len(acts) // 2
    while size:
        place = 0
        while place < len(acts):
            fewer = acts[:place] + acts[place + size :]
            if goes_wrong(stages, fewer) is not None:
                acts = fewer
            else:
                place += size
        size //= 2
    return acts
