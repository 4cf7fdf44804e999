"""Which tests run which lines of a module, and how long each takes: so that only those are asked that could notice."""

import time
from collections.abc import Callable, Sequence

import pytest
from coverage import Coverage

from tests.mutants.mutation import Mutant


def passes(
    session: pytest.Session, items: Sequence[pytest.Item], before: Callable[[str], object] | None = None
) -> bool:
    """Whether each of these tests passes, asked until one fails.

    What whole sessions share stays set up for what is asked next, here or in a process forked from here.
    """
    if items:
        session._setupstate.teardown_exact(items[0])  # pytest has no word of its own for beginning elsewhere
    for place, item in enumerate(items):
        if before is not None:
            before(item.nodeid)
        after = items[(place + 1) % len(items)]
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        if session.testsfailed:
            return False
    return True


class Reach:
    """What was seen while all tests ran once, in order. `passed`: all of them did."""

    def __init__(self, session: pytest.Session, file: str) -> None:
        self._items = {item.nodeid: item for item in session.items}
        self._begun: dict[str, float] = {}
        watch = Coverage(data_file=None, include=[file], config_file=False, messages=False)
        watch.start()
        try:
            self.passed = passes(session, session.items, lambda name: self._begins(watch, name))
        finally:
            watch.stop()
        ends = [*list(self._begun.values())[1:], time.monotonic()]
        self.seconds = {name: end - begun for (name, begun), end in zip(self._begun.items(), ends, strict=True)}
        data = watch.get_data()
        self._by_line = data.contexts_by_lineno(file) if file in data.measured_files() else {}

    def _begins(self, watch: Coverage, name: str) -> None:
        self._begun[name] = time.monotonic()
        watch.switch_context(name)

    def tests(self, mutant: Mutant) -> list[pytest.Item]:
        """Those that run what was changed, the quickest first."""
        names = {name for line in range(mutant.line, mutant.last + 1) for name in self._by_line.get(line, ())}
        return [item for item in self.in_order() if item.nodeid in names]

    def in_order(self) -> list[pytest.Item]:
        """All of them, the quickest first."""
        return sorted(self._items.values(), key=lambda item: (self.seconds[item.nodeid], item.nodeid))

    def takes(self, items: Sequence[pytest.Item]) -> float:
        """Seconds for all of these."""
        return sum(self.seconds[item.nodeid] for item in items)
