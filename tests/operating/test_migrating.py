"""A migration that is killed leaves the database as it was, and two at once wait for each other; on both databases."""

import os
import signal
import warnings
from collections.abc import Callable
from itertools import count

from sqlalchemy import event

import migrations
from procedures.database import Database, open_database
from tests.crash.upgrading.looking import shape

BACK = "0038"
"""From here on the migrations are run: enough of them to be killed in the midst of one."""


def url_of(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


def in_a_process(do: Callable[[], None]) -> int:
    """A process of its own, which shares nothing that is open; how it ended."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads of this process: the child starts none
        child = os.fork()
    if child == 0:
        try:
            do()
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def upgrade(url: str, dies_at: int | None, *, at_commit: bool = False) -> Callable[[], None]:
    """Migrate, and be killed before that statement, or when all of them were run and nothing is committed yet."""

    def run() -> None:
        database = open_database(url)
        number = count()

        def hear(*_: object) -> None:
            if next(number) == dies_at:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(database.engine, "before_cursor_execute", hear)
        if at_commit:
            event.listen(database.engine, "commit", lambda _connection: os.kill(os.getpid(), signal.SIGKILL))
        migrations.upgrade(database)
        os._exit(0)

    return run


def test_killed_at_any_statement_it_is_as_before_and_can_be_run_again(database: Database) -> None:
    whole = shape(database)
    migrations.downgrade(database, BACK)
    url, before = url_of(database), shape(database)
    statements = counted(database, url)
    database.close()
    points = range(statements) if os.environ.get("EVERY_STATEMENT") else sorted({1, statements // 2, statements - 1})
    for point in points:
        assert in_a_process(upgrade(url, point)) == -signal.SIGKILL, point
        assert migrations.current(database) == BACK, point
        assert shape(database) == before, point
        database.close()
    assert in_a_process(upgrade(url, None, at_commit=True)) == -signal.SIGKILL
    assert (migrations.current(database), shape(database)) == (BACK, before)
    database.close()
    assert in_a_process(upgrade(url, None)) == 0
    assert (migrations.current(database), shape(database)) == (migrations.head(), whole)


def counted(database: Database, url: str) -> int:
    """How many statements it takes; taken back afterwards."""
    statements: list[str] = []
    watched = open_database(url)
    event.listen(watched.engine, "before_cursor_execute", lambda *words: statements.append(words[2]))
    migrations.upgrade(watched)
    watched.close()
    migrations.downgrade(database, BACK)
    return len(statements)


def test_two_at_once_wait_for_each_other(database: Database) -> None:
    migrations.downgrade(database, BACK)
    url = url_of(database)
    database.close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        children = [os.fork() for _ in range(1)]
    if 0 in children:
        try:
            upgrade(url, None)()
        finally:
            os._exit(1)
    assert in_a_process(upgrade(url, None)) == 0
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0]
    assert migrations.current(database) == migrations.head()
