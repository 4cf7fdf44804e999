"""Upgrades as processes, each a fork of one that has loaded everything; a point around each step, statement, commit."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any

import migrations
from procedures.database import open_database
from tests.crash.naming import Points

PATIENCE = 120.0
_PORT = "migrator.port"


def serve(folder: Path, points: Points) -> None:
    """Do what is ordered, one after the other; found by a file of `folder`."""
    import alembic.command
    import alembic.runtime.migration

    assert alembic.command  # loaded here once, not by each upgrade
    with Listener(("127.0.0.1", 0)) as listener:
        beside = folder / f"{_PORT}.new"
        beside.write_text(str(listener.address[1]))
        beside.replace(folder / _PORT)
        while True:
            with listener.accept() as caller:
                _answer(caller, points)


def order(folder: Path, url: str, revisions: Sequence[str]) -> int:
    """Bring the database at `url` to each of the revisions in turn; how the process ended (0, or less a signal)."""
    port = int((folder / _PORT).read_text())
    with Client(("127.0.0.1", port)) as migrator:
        migrator.send_bytes(json.dumps([url, *revisions]).encode())
        if not migrator.poll(PATIENCE):
            raise TimeoutError(f"migrating to {revisions} takes more than {PATIENCE:.0f} s")
        return int(migrator.recv_bytes())


def _answer(caller: Connection, points: Points) -> None:
    url, *revisions = json.loads(caller.recv_bytes())
    child = os.fork()
    if child == 0:
        code = 1
        try:
            _upgrade(points, url, revisions)
            code = 0
        finally:
            sys.stderr.flush()
            os._exit(code)
    _, status = os.waitpid(child, 0)
    caller.send_bytes(str(os.waitstatus_to_exitcode(status)).encode())


def _upgrade(points: Points, url: str, revisions: Sequence[str]) -> None:
    """As `tetsuzuki migrate` does it, release after release; each is known by its newest revision."""
    _wrap_steps(points)
    database = open_database(url)
    with points.doing("migrate", counted=False):
        for revision in revisions:
            migrations.upgrade(database, revision)


def _wrap_steps(points: Points) -> None:
    """For the rest of this process: what a migration does is a step of its own, and so is each statement of it."""
    from alembic.runtime.migration import RevisionStep
    from sqlalchemy.engine.default import DefaultDialect

    made, execute = RevisionStep.__init__, DefaultDialect.do_execute
    within: list[str] = []

    def make(self: RevisionStep, *arguments: Any, **named: Any) -> None:
        made(self, *arguments, **named)
        self.migration_fn = _step(points, self.revision.revision, self.migration_fn, within)

    def do_execute(*arguments: Any, **named: Any) -> None:
        if not within:
            return execute(*arguments, **named)
        with points.step(f"{within[-1]} : statement"):
            return execute(*arguments, **named)

    RevisionStep.__init__ = make
    DefaultDialect.do_execute = do_execute


def _step(points: Points, revision: str, work: Callable[..., None], within: list[str]) -> Callable[..., None]:
    def run(**named: Any) -> None:
        with points.step(revision):
            within.append(revision)
            work(**named)
            within.pop()
        points.name_commit(f"{revision} : commit")

    return run
