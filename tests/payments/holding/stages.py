"""A furnished stage on either database, for commands and for tests that compare the two."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.conftest import NOW, PEOPLE, enrol
from tests.databases import Source, SqliteFiles, opened, postgresql
from tests.payments.holding.rehearsal import rehearsing
from tests.payments.holding.stage import Stage, staged
from tests.procedures.conftest import Desk, published


@contextmanager
def stage_from(source: Source) -> Iterator[Stage]:
    """An empty database with people and procedures; nothing of what happens on the stage is kept."""
    with opened(source) as database:
        enrol(database)
        desk = Desk(database, NOW, PEOPLE, published(database, NOW, PEOPLE["kimura"]))
        with rehearsing(database) as rehearsal:
            desk.database = rehearsal
            yield staged(rehearsal, desk, NOW)


@contextmanager
def both_stages() -> Iterator[tuple[Stage, Stage]]:
    """One on SQLite, one on PostgreSQL."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        sources = SqliteFiles(folder), stack.enter_context(postgresql())
        yield tuple(stack.enter_context(stage_from(source)) for source in sources)
