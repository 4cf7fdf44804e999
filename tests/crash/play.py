"""People who do things, and do them again when no answer came; what was acknowledged is kept and asked for again."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

import requests
from sqlalchemy import select
from sqlalchemy.orm import Session

from procedures.models import Job
from tests.crash.person import Answer, Broken, Died, File, Person
from tests.crash.system import System

TRIES = 8
LOOK = 0.02
DULL = 0.4
"""After so many seconds in which nothing came, time is moved to when the next thing is due."""
NUDGES = 40
RETRY = timedelta(minutes=6)
"""Longer than a lease, than the first pause of a job, than the pause before a webhook is sent again."""
SIGN_IN = "/sign-in"

Holds = Callable[[Session], bool]


class Violated(AssertionError):
    """A promise does not hold."""


@dataclass(frozen=True)
class Kept:
    """Something that was acknowledged, and how to see that it is there."""

    what: str
    holds: Holds


@dataclass
class Play:
    """Everybody, and all that they were told has been done."""

    system: System
    chance: Random
    people: dict[str, Person] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    lost: int = 0
    watch: Callable[[], None] = lambda: None  # called whenever somebody may have died

    def person(self, name: str) -> Person:
        """Signed in when first asked for."""
        if name not in self.people:
            self.people[name] = Person(self.system.site, name)
        return self.people[name]

    def true(self, holds: Holds) -> bool:
        """Whether it is so at this moment."""
        with self.system.database.read() as session:
            return holds(session)

    def find(self, query: Any) -> Any:
        """The one value of a query, or None."""
        with self.system.database.read() as session:
            return session.execute(query).scalars().first()

    def keep(self, what: str, holds: Holds) -> None:
        """It was acknowledged: so it is there, now and ever after."""
        if not self.true(holds):
            raise Violated(f"{what} was acknowledged, and is not there")
        self.kept.append(Kept(what, holds))

    def do(
        self,
        what: str,
        who: str,
        page: str,
        answers: Mapping[str, Any],
        *,
        holds: Holds,
        form: str = "",
        files: Sequence[File] = (),
    ) -> None:
        """Open the page, fill in its form, press the button; again, as people do, until it is done."""
        shown: Answer | None = None

        def attempt(person: Person) -> Answer:
            nonlocal shown
            if person.page is None or person.page.path != page or person.page is not shown:
                shown = person.get(page)
            if not person.has_form(form):
                return person.page or person.get(page)
            return person.send(answers, form, files)

        self.ask(what, who, attempt, holds=holds)

    def ask(self, what: str, who: str, attempt: Callable[[Person], Answer], *, holds: Holds) -> Answer | None:
        """`attempt` until it is acknowledged, or found done after an answer was lost."""
        person, said = self.person(who), "nothing"
        for _ in range(TRIES):
            try:
                answer = attempt(person)
            except Died:
                self.lost += 1
                self.watch()
                if self.chance.random() < 0.5:
                    continue
                if self.true(holds):  # or somebody looks first
                    return None
                person.page = None
                continue
            if self._sent_to_sign_in(person, answer):
                continue
            if answer.done and self._is_answer(answer, person):
                self.keep(what, holds)
                return answer
            said, person.page = f"{answer.status} {answer.text[:200]}", None
            if self.true(holds):
                return None
        raise Violated(f"{what} could not be done: {said}")

    def _is_answer(self, answer: Answer, person: Person) -> bool:
        """Whether it answers what was sent, and is not only the page that was opened for it."""
        return answer is not person.page

    def _sent_to_sign_in(self, person: Person, answer: Answer) -> bool:
        at = next((at for at in (answer.location, answer.path) if at.startswith(SIGN_IN)), None)
        if at is None:
            return False
        self.sign_in(person, at)
        return True

    def sign_in(self, person: Person, at: str = SIGN_IN) -> None:
        """As often as it takes."""
        for _ in range(TRIES):
            with suppress(Died):
                person.sign_in(at)
                person.page = None
                return
            self.lost += 1
        raise Violated(f"{person.name} cannot sign in")

    def get(self, who: str, path: str) -> Answer:
        """A page, as often as it takes."""
        person = self.person(who)
        for _ in range(TRIES):
            with suppress(Died):
                answer = person.get(path)
                if not self._sent_to_sign_in(person, answer):
                    return answer
                continue
            self.lost += 1
        raise Violated(f"{path} cannot be opened")

    def await_(self, what: str, holds: Holds) -> None:
        """Until workers have done it; time is moved when nothing else can happen."""
        for _ in range(NUDGES):
            until = time.monotonic() + DULL
            while time.monotonic() < until:
                self.watch()
                if self.true(holds):
                    return
                time.sleep(LOOK)
            self.nudge()
        raise Violated(f"{what} never came: {self.waiting()}")

    def nudge(self) -> None:
        """To when the next job is due, unless somebody is at work."""
        now = self.system.control.now()
        with self.system.database.read() as session:
            jobs = session.execute(select(Job.state, Job.run_at, Job.lease_until, Job.worker)).all()
        if any(job.state == "running" and _alive(job.worker) for job in jobs):
            return
        due = [job.lease_until if job.state == "running" else job.run_at for job in jobs if job.state in _OPEN]
        ahead = [moment - now for moment in due if moment and moment > now]
        self.later(min([RETRY, *ahead]) + timedelta(seconds=1))

    def later(self, span: timedelta) -> None:
        """Time passes, at the provider's too."""
        self.system.control.move(span)
        self.order("clock", seconds=int(span.total_seconds()) + 1)

    def order(self, what: str, **body: Any) -> requests.Response:
        """Order something of the local Stripe."""
        return requests.post(f"{self.system.sandbox.base_url}/_sandbox/{what}", json=body, timeout=60)

    def calm(self) -> None:
        """Until nothing waits that will come by itself."""
        self.await_("calm", lambda session: session.execute(_WAITING).first() is None)

    def waiting(self) -> list[str]:
        """Jobs that are not done, for a message."""
        with self.system.database.read() as session:
            return [
                f"{row.kind} {row.state} {row.error}" for row in session.scalars(select(Job)) if row.state != "done"
            ]

    def check_kept(self, last: int | None = None) -> None:
        """Everything that was acknowledged is still there; or the `last` so many."""
        for one in self.kept[-last:] if last else self.kept:
            if not self.true(one.holds):
                raise Violated(f"{one.what} was acknowledged, and is gone")


_OPEN = ("waiting", "running")
_WAITING = select(Job.id).where(Job.state.in_(_OPEN)).limit(1)


def _alive(worker: str | None) -> bool:
    pid = int((worker or ":0").rpartition(":")[2])
    if not pid:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


__all__ = ["Broken", "Play", "Violated"]
