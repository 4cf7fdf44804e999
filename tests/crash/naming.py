"""Where a process is: what it is doing (an endpoint, a kind of job), and which step of that it has come to."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

BEFORE, AFTER = "before", "after"
MANY = 3
"""From the third of a kind on, steps of one doing share a name."""


@dataclass
class Doing:
    """One request, job or task; `next_commit` is what its next commit is called."""

    name: str
    counted: bool = True
    next_commit: str = ""
    seen: Counter[str] = field(default_factory=Counter)

    def step(self, what: str) -> str:
        """The name of a step; the second and following of a kind are numbered where that is always the same."""
        self.seen[what] += 1
        number = self.seen[what]
        if not self.counted or number == 1:
            return what
        return f"{what} {number}" if number < MANY else f"{what} {MANY} and on"


class Place(threading.local):
    """What this thread is doing; None: nothing that has points."""

    doing: Doing | None = None


class Points:
    """Tells `passing` of every step that is wrapped."""

    def __init__(self, passing: Callable[[str], None]) -> None:
        self.place = Place()
        self._passing = passing

    @contextmanager
    def doing(self, name: str, *, counted: bool = True) -> Iterator[Doing]:
        """While the block lasts, steps belong to `name`."""
        former, self.place.doing = self.place.doing, Doing(name, counted)
        try:
            yield self.place.doing
        finally:
            self.place.doing = former

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """A step with a point before and a point after it; what raises has no point after."""
        doing = self.place.doing
        if doing is None or not doing.name:
            yield
            return
        name = f"{doing.name} : {doing.step(what)}"
        self._passing(f"{name} : {BEFORE}")
        yield
        self._passing(f"{name} : {AFTER}")

    @contextmanager
    def commit(self) -> Iterator[None]:
        """A commit, under the name that was given to it."""
        doing = self.place.doing
        what = "commit" if doing is None else doing.next_commit or "commit"
        if doing is not None:
            doing.next_commit = ""
        with self.step(what):
            yield

    def name_commit(self, what: str) -> None:
        """The next commit of this thread is called `what`."""
        if self.place.doing is not None:
            self.place.doing.next_commit = what
