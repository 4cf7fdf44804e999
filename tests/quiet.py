"""Watches every test: nobody speaks to the network in a thread that has a transaction of the database open."""

import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from weakref import WeakSet

import pytest
from sqlalchemy import Connection, Engine, event

OURS = f"{Path(__file__).parents[1]}/"
STAND_IN = "tests.stand_in"
SPEAKING = frozenset(
    {
        *("socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.sendmsg"),
        *("http.client.send", "smtplib.send"),
        STAND_IN,
    }
)
"""What Python itself reports of its network (PEP 578): names asked for, connections, requests over those kept open.

What stands in for a network reports itself: `sys.audit(STAND_IN)`. The databases are not among them: SQLite is a file,
and psycopg's sockets are libpq's own.
"""


class SpokeInsideTransaction(AssertionError):
    """A call to the network while the thread's transaction was open: the database waits for a stranger."""


class Watch:
    """Knows which connections of this thread are inside a transaction, of every engine there is."""

    def __init__(self) -> None:
        self._of_thread = threading.local()
        self.offences: list[str] = []

    def listen(self) -> None:
        """Begin, for the rest of the process."""
        event.listen(Engine, "begin", self.entered)
        event.listen(Engine, "commit", self.left)
        event.listen(Engine, "rollback", self.left)
        sys.addaudithook(self._heard)

    def entered(self, connection: Connection) -> None:
        """A transaction begins in this thread."""
        self._open().add(connection)

    def left(self, connection: Connection) -> None:
        """It is over."""
        self._open().discard(connection)

    def forget(self) -> None:
        """A new test begins in this thread."""
        self._open().clear()
        self.offences.clear()

    def judge(self) -> None:
        """Raise if anybody spoke; what was heard is forgotten then."""
        heard, self.offences = self.offences, []
        assert not heard, "Do it outside the transaction, or leave it to a job:\n" + "\n".join(heard)

    def _open(self) -> WeakSet[Connection]:
        if not hasattr(self._of_thread, "connections"):
            self._of_thread.connections = WeakSet()
        found: WeakSet[Connection] = self._of_thread.connections
        return found

    def _heard(self, what: str, _arguments: tuple[object, ...]) -> None:
        if what in SPEAKING and self._open():
            self.offences.append(f"{what} inside a transaction at {_where()}")
            raise SpokeInsideTransaction(self.offences[-1])


def _where() -> str:
    """Our own frames, the innermost first."""
    frames = [frame for frame in traceback.extract_stack()[:-2] if frame.filename.startswith(OURS)]
    return " < ".join(f"{frame.filename.removeprefix(OURS)}:{frame.lineno}" for frame in frames[:-6:-1])


WATCH = Watch()
WATCH.listen()


@pytest.fixture(autouse=True)
def network_watch() -> Iterator[Watch]:
    """Fails a test in which it happened in any thread, also where the code swallowed the refusal."""
    WATCH.forget()
    yield WATCH
    WATCH.judge()
