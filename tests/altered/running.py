"""Tests run in a copy of the tree by a process forked from this one, which has loaded what is not our own."""

import importlib
import os
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.house.tree import ROOT

OURS = ("engine", "procedures", "payments", "web", "migrations", "tests")
Verdict = Literal["passed", "failed", "broken", "hung"]
"""`broken`: no test ran to an end: it could not be collected, or the run was interrupted."""
VERDICTS: dict[int, Verdict] = {0: "passed", 1: "failed"}
ARGUMENTS = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-header", "--tb=line", "-W", "ignore")
PROBE = """
import sys
import pytest, tests.conftest, tests.web.conftest, payments.models, web.worker, migrations
print(*(name for name in sys.modules if name.split(".")[0] not in {ours!r}))
"""


@dataclass(frozen=True)
class Result:
    """What came of a run: how it ended, what it printed, and how many seconds it took."""

    verdict: Verdict
    printed: str
    seconds: float


@dataclass
class Running:
    """A process at work."""

    pid: int
    printed: Path
    begun: float
    limit: float

    def result(self) -> Result | None:
        """What came of it; None while it runs within its time. One that takes longer is ended."""
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        seconds = time.monotonic() - self.begun
        if not pid:
            if seconds < self.limit:
                return None
            os.killpg(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            return Result("hung", self._text(), seconds)
        verdict = VERDICTS.get(os.waitstatus_to_exitcode(status), "broken")
        return Result(verdict, self._text(), seconds)

    def _text(self) -> str:
        return self.printed.read_text(encoding="utf-8", errors="replace")


def preload() -> None:
    """Load the modules of others that our tests load, so that a forked process need not."""
    probe = PROBE.format(ours=OURS)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    listed = subprocess.run(
        [sys.executable, "-c", probe], cwd=ROOT, env=environment, capture_output=True, check=True, text=True
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in listed.stdout.split():
            if name not in sys.modules and not name.startswith("__"):
                try:
                    importlib.import_module(name)
                except ImportError:
                    continue


def begin(tree: Path, printed: Path, limit: float, work: Callable[[], int]) -> Running:
    """Fork a process that lives in `tree` and ends with what `work` answers."""
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return Running(pid, printed, time.monotonic(), limit)
    code = 70
    try:
        os.setsid()
        _live_in(tree, printed)
        code = work()
    finally:
        sys.stdout.flush()
        os._exit(code)


def pytest_of(tests: Sequence[str], more: Sequence[str] = (), plugins: Sequence[object] = ()) -> int:
    """Run these tests here, until one fails; pytest's own exit code."""
    import pytest

    return int(pytest.main([*ARGUMENTS, *more, *tests], plugins=list(plugins)))


def _live_in(tree: Path, printed: Path) -> None:
    target = os.open(printed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(target, 1)
    os.dup2(target, 2)
    for name in [name for name in sys.modules if name.split(".")[0] in OURS]:
        del sys.modules[name]
    sys.path[:] = [str(tree), *(path for path in sys.path if path not in {str(ROOT), ""})]
    sys.dont_write_bytecode = True
    os.environ |= {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    os.environ.pop("PYTEST_DEBUG_TEMPROOT", None)
    os.chdir(tree)
    importlib.invalidate_caches()
