"""Every order of a handful of events, each in every mode, from every moment that they can lead to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from tests.payments.holding.stage import Stage, ids_of

Do = Callable[[Stage], object]


@dataclass(frozen=True)
class Happening:
    """One event; it may never come. One that `may_be_late` comes when all others are over, or amid another.

    `seldom`: of two such in a play the one that is late only where the explorer goes deep.
    """

    name: str
    do: Do = field(compare=False)
    may_be_late: bool = False
    seldom: bool = False


@dataclass(frozen=True)
class Play:
    """Where it begins, what happens in any order, and what must be so when everything has calmed down."""

    name: str
    begins: Do
    happenings: tuple[Happening, ...]
    ends: Do


@dataclass(frozen=True)
class Act:
    """A step from a moment to the next."""

    name: str
    do: Do


@dataclass
class Explorer:
    """Follows every order from moment to moment; where two lead to the same moment, what comes is followed once.

    `runs` are orders from the beginning to the end, `steps` the acts that were really done for them, `moments` the
    different ones that were seen. `merge=False` follows each order by itself. `deep`: processes die before and after
    every commit, not only before the last, and whatever is still to come may come between an answer of the provider
    and our commit, not only webhooks.
    """

    stage: Stage
    play: Play
    deep: bool = False
    merge: bool = True
    runs: int = 0
    steps: int = 0
    ends: int = 0
    moments: dict[object, int] = field(default_factory=dict)
    _known: dict[tuple[int, frozenset[Happening]], int] = field(default_factory=dict)
    _leads: dict[tuple[int, str], int] = field(default_factory=dict)
    _counted: dict[tuple[int, str], tuple[int, ...]] = field(default_factory=dict)
    _way: list[str] = field(default_factory=list)

    def explore(self) -> int:
        """How many runs there are. One that ends wrongly raises, with the way that led there."""
        with ids_of(Random(1)):
            self.play.begins(self.stage)
            try:
                self.runs = self._from(self._here(), frozenset(self.play.happenings))
            except BaseException as wrong:
                wrong.add_note(f"{self.play.name}: " + "; ".join(self._way))
                raise
        return self.runs

    def summary(self) -> str:
        """What was done, as a line."""
        return (
            f"{self.play.name}: {self.runs:,} orders, by {self.steps:,} acts between {len(self.moments):,} moments"
            f" to {self.ends:,} ends\n"
        )

    def _here(self) -> int:
        if not self.merge:
            return len(self.moments) + self.steps  # never the same twice
        return self.moments.setdefault(self.stage.moment(), len(self.moments))

    def _from(self, moment: int, left: frozenset[Happening]) -> int:
        if (moment, left) not in self._known:
            runs = 0 if left else self._end()
            for one in sorted(left, key=lambda happening: happening.name):
                runs += self._next(moment, one, left - {one})
            self._known[moment, left] = runs
        return self._known[moment, left]

    def _next(self, moment: int, one: Happening, others: frozenset[Happening]) -> int:
        once = Act(one.name, lambda stage: _done(stage, one))
        runs = self._from(moment, others)  # it never comes
        runs += self._follow(moment, [once], others)
        runs += self._follow(moment, [once, once], others)
        if one.may_be_late and (self.deep or not one.seldom):
            late = Act(f"{one.name} late", lambda stage: stage.keeps_for_later(one.name))
            runs += self._follow(moment, [late], others)
        runs += sum(self._follow(moment, [act, once], others) for act in self._deaths(moment, one))
        return runs + self._meetings(moment, one, others)

    def _deaths(self, moment: int, one: Happening) -> list[Act]:
        commits = self._counted[moment, one.name][0]
        if not self.deep:
            return [_dying(one, commits, after=False)] if commits else []
        numbers = range(1, commits + 1)
        return [_dying(one, number, after=after) for number in numbers for after in (False, True)]

    def _meetings(self, moment: int, one: Happening, others: frozenset[Happening]) -> int:
        runs = 0
        answers = range(1, self._counted[moment, one.name][1] + 1)
        for other in sorted(others, key=lambda happening: happening.name):
            if self.deep or (other.may_be_late and not other.seldom):
                acts = [_meeting(one, other, number) for number in answers]
                runs += sum(self._follow(moment, [act], others - {other}) for act in acts)
        return runs

    def _follow(self, moment: int, acts: Sequence[Act], left: frozenset[Happening]) -> int:
        """The runs that go on with these acts; done only as far as it is not known where they lead."""
        at: int | None = moment if self.merge else None
        for act in acts:
            at = self._leads.get((at, act.name)) if at is not None else None
        if at is not None and (at, left) in self._known:
            return self._known[at, left]
        act, rest = acts[0], acts[1:]
        self._way.append(act.name)
        with self.stage.going_back():
            self.steps += 1
            with self.stage.counting() as counted:
                act.do(self.stage)
            self._counted[moment, act.name] = tuple(counted)
            here = self._leads[moment, act.name] = self._here()
            runs = self._follow(here, rest, left) if rest else self._from(here, left)
        self._way.pop()
        return runs

    def _end(self) -> int:
        self.ends += 1
        by_name = {happening.name: happening.do for happening in self.play.happenings}
        self._way.append("calm")
        with self.stage.going_back():
            self.stage.calms_down(lambda stage, name: by_name[name](stage))
            self.play.ends(self.stage)
        self._way.pop()
        return 1


def _done(stage: Stage, one: Happening) -> None:
    stage.passes()
    one.do(stage)


def _dying(one: Happening, number: int, *, after: bool) -> Act:
    """The process dies at its commit of this number; another takes its place."""

    def do(stage: Stage) -> None:
        with stage.at_commit(number, after=after):
            _done(stage, one)

    return Act(f"{one.name} dying {'after' if after else 'before'} its commit {number}", do)


def _meeting(one: Happening, other: Happening, number: int) -> Act:
    """Another event comes when the provider has answered and nothing of the answer is committed."""

    def do(stage: Stage) -> None:
        with stage.at_answer(number, lambda: other.do(stage)):
            _done(stage, one)

    return Act(f"{one.name} with {other.name} after answer {number}", do)
