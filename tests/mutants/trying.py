"""Inside pytest: the tests once as they are, then each mutant in a process forked from there, its code swapped in."""

import json
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from types import FunctionType

import pytest

from tests.mutants.mutation import Mutant
from tests.mutants.reaching import Reach, passes
from tests.mutants.swapping import loaded, swap

LEAST = 8.0
"""Seconds for a mutant at least. What takes longer than this, and than twice what its tests take, is caught in a circle
or waits for a thread that did not come along when it was forked: only from the beginning can that be told."""
TIMES = 2
PAUSE = 0.002
UNHARMED = 3
"""What a process ends with whose mutant nobody noticed."""


class Trying:
    """A plugin that runs the tests itself. `told` is where it writes which mutants (by place) were not noticed."""

    def __init__(self, file: str, mutants: Sequence[Mutant], told: Path, at_once: int) -> None:
        self.file, self.mutants, self.told, self.at_once = file, mutants, told, at_once

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """See the class."""
        if not session.items:
            return True
        reach = Reach(session, self.file)
        # Once more in the order in which mutants meet them, which must not matter.
        if reach.passed and passes(session, reach.in_order()) and self._stays_whole(session, reach):
            self.told.write_text(json.dumps(sorted(self._survivors(session, reach))))
        return True

    def _stays_whole(self, session: pytest.Session, reach: Reach) -> bool:
        """Whether all pass in a forked process, too, where what is swapped in is what was there."""
        whole = Path(self.file).read_text(encoding="utf-8")
        _, status = os.waitpid(self._fork(session, whole, reach.in_order(), loaded(self.file)), 0)
        return os.waitstatus_to_exitcode(status) == UNHARMED

    def _survivors(self, session: pytest.Session, reach: Reach) -> list[int]:
        functions = loaded(self.file)
        found, waiting, running = [], list(range(len(self.mutants)))[::-1], {}
        while waiting or running:
            while waiting and len(running) < self.at_once:
                place = waiting.pop()
                tests = reach.tests(self.mutants[place])
                pid = self._fork(session, self.mutants[place].text, tests, functions)
                running[pid] = (place, time.monotonic() + max(LEAST, TIMES * reach.takes(tests)))
            for pid, (place, until) in list(running.items()):
                ended, status = os.waitpid(pid, os.WNOHANG)
                late = not ended and time.monotonic() > until
                if late:
                    os.kill(pid, signal.SIGKILL)
                    os.waitpid(pid, 0)
                if ended or late:
                    del running[pid]
                    if late or os.waitstatus_to_exitcode(status) == UNHARMED:
                        found.append(place)
            time.sleep(PAUSE)
        return found

    def _fork(
        self, session: pytest.Session, text: str, tests: Sequence[pytest.Item], functions: Sequence[FunctionType]
    ) -> int:
        pid = os.fork()
        if pid:
            return pid
        code = 1
        try:
            swap(text, self.file, functions)
            code = UNHARMED if passes(session, tests) else 1
        finally:
            os._exit(code)
