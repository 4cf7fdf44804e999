"""An upgrade without downtime as docs/operating.md describes it, under load, from its first step to its last."""

import sys
import time
from dataclasses import dataclass, field

from tests.operating.installation import Process
from tests.operating.versions.both import PATIENCE, Both, await_
from tests.operating.versions.people import Work

Running = tuple[Process, Process]


@dataclass
class Found:
    """What came of it: what was said of each step, and what should not have been."""

    wrong: list[str] = field(default_factory=list)

    def say(self, line: str) -> None:
        """One line for whoever looks on."""
        sys.stdout.write(f"  {line}\n")
        sys.stdout.flush()


def upgrade(both: Both, work: Work, seconds: float, found: Found) -> None:
    """All of it while people are at work; each state lasts so many seconds, or until something was done in it."""
    before = both.begin(both.old, "old")
    with work.going_on():
        _go_on(work, seconds, "the release before", found)
        began = time.monotonic()
        both.new.run("migrate")
        found.say(f"migrated in {time.monotonic() - began:.1f} s, while the release before served")
        _go_on(work, seconds, "the release before, on the new shape", found)
        both.begin(both.new, "new")
        _go_on(work, seconds, "both", found)
        _stop(both, before, found)
        before = both.begin(both.old, "old")  # as after a crash, or when somebody goes back
        _go_on(work, seconds, "both, the release before started again", found)
        _stop(both, before, found)
        _go_on(work, seconds, "the new one", found)
        both.new.run("encrypt")
        _go_on(work, seconds, "the new one, all of it sealed", found)


def _stop(both: Both, processes: Running, found: Found) -> None:
    """The release before is told to; it finishes what it has."""
    for process in processes:
        process.terminate()
    for process, name in zip(processes, ("website", "worker"), strict=True):
        if code := process.wait(PATIENCE):
            found.wrong.append(f"the {name} of the release before ended with {code}")
    both.balancer.doors.pop("old")


def _go_on(work: Work, seconds: float, what: str, found: Found) -> None:
    files, cases, troubles = len(work.files), len(work.cases), len(work.troubles)
    time.sleep(seconds)
    await_(lambda: len(work.cases) > cases and len(work.files) > files, lambda: f"{what}: {work.troubles[-3:]}")
    done = f"{len(work.files) - files} files kept, {len(work.cases) - cases} cases decided"
    found.say(f"{what}: {done}, {len(work.troubles) - troubles} troubles")
