"""Inside pytest: the tests once as they are, then each mutant in a process forked from there, its code swapped in."""

import json
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.mutants.mutation import Mutant
from tests.mutants.swapping import swap

LEAST = 20.0
"""Seconds for a mutant at least; beyond this, and several times what the tests take, it is caught in a circle."""
TIMES = 5
PAUSE = 0.005
UNHARMED = 3
"""What a process ends with whose mutant nobody noticed."""


class Trying:
    """A plugin that runs the tests itself. `told` is where it writes: which mutants (by place in the list) survived."""

    def __init__(self, file: str, mutants: Sequence[Mutant], told: Path, at_once: int) -> None:
        self.file, self.mutants, self.told, self.at_once = file, mutants, told, at_once

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """See the class."""
        begun = time.monotonic()
        if not session.items or not _passes(session):
            return True
        limit = max(LEAST, TIMES * (time.monotonic() - begun))
        survivors, waiting, running = [], list(range(len(self.mutants)))[::-1], {}
        while waiting or running:
            while waiting and len(running) < self.at_once:
                place = waiting.pop()
                running[self._fork(session, place)] = (place, time.monotonic())
            for pid, (place, since) in list(running.items()):
                ended, status = os.waitpid(pid, os.WNOHANG)
                if not ended and time.monotonic() - since > limit:
                    os.kill(pid, signal.SIGKILL)
                    ended, status = os.waitpid(pid, 0)
                if ended:
                    del running[pid]
                    if os.waitstatus_to_exitcode(status) == UNHARMED:
                        survivors.append(place)
            time.sleep(PAUSE)
        self.told.write_text(json.dumps(sorted(survivors)))
        return True

    def _fork(self, session: pytest.Session, place: int) -> int:
        pid = os.fork()
        if pid:
            return pid
        code = 1
        try:
            swap(self.mutants[place].text, self.file)
            code = UNHARMED if _passes(session) else 1
        finally:
            os._exit(code)


def _passes(session: pytest.Session) -> bool:
    """Whether every test passes. What whole sessions share stays set up for the process forked next."""
    for place, item in enumerate(session.items):
        after = session.items[(place + 1) % len(session.items)]
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        if session.testsfailed:
            return False
    return True
