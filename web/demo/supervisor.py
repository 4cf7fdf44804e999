"""Starting the processes of the local run together, waiting until they answer, and stopping them together."""

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from time import monotonic
from types import FrameType

HOST = "127.0.0.1"
PATIENCE = 60.0  # seconds until everything must answer
GRACE = 8.0  # seconds for a process to end after SIGTERM
LOOK = 0.05
PR_SET_PDEATHSIG = 1
TAIL = 15  # lines of a log that are shown when a process fails


class DidNotStart(Exception):
    """A process ended, or did not answer in time; the message has the end of its log."""


@dataclass(slots=True)
class Child:
    """One process. `ready` is (port, path) that answers, without a server error, once it can be used; None: at once."""

    name: str
    command: Sequence[str]
    ready: tuple[int, str] | None = None
    process: subprocess.Popen[bytes] | None = field(default=None)

    def answers(self) -> bool:
        """Whether it can be used."""
        if self.ready is None:
            return True
        port, path = self.ready
        connection = http.client.HTTPConnection(HOST, port, timeout=2)
        try:
            connection.request("GET", path)
            return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


class Supervisor:
    """Runs children until told to stop, or until one of them ends."""

    def __init__(self, environment: Mapping[str, str], logs: Path) -> None:
        self._environment = {**os.environ, **environment, "PYTHONUNBUFFERED": "1"}
        self._logs = logs
        self._children: list[Child] = []
        self._stopping = Event()
        logs.mkdir(parents=True, exist_ok=True)

    def stop_on_signals(self) -> None:
        """Ctrl-C, SIGTERM and a closed terminal stop everything."""

        def stop(_signal: int, _frame: FrameType | None) -> None:
            self._stopping.set()

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, stop)

    @property
    def stopping(self) -> bool:
        """Whether it was told to stop."""
        return self._stopping.is_set()

    def start(self, child: Child) -> None:
        """Start a process in a session of its own, so that Ctrl-C reaches only us and we stop it in good order."""
        with (self._logs / f"{child.name}.log").open("wb") as log:
            child.process = subprocess.Popen(
                child.command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent,  # noqa: PLW1509 - safe: there is one thread here
            )
        self._children.append(child)

    def wait_until_ready(self) -> None:
        """Wait for every child. Raises `DidNotStart`."""
        deadline = monotonic() + PATIENCE
        waiting = list(self._children)
        while waiting and not self.stopping:
            self.check_alive()
            waiting = [child for child in waiting if not child.answers()]
            if waiting and monotonic() > deadline:
                raise DidNotStart(self._end_of_log(waiting[0]))
            self._stopping.wait(LOOK)

    def check_alive(self) -> None:
        """Raises `DidNotStart` for a child that has ended."""
        for child in self._children:
            if child.process is not None and child.process.poll() is not None:
                raise DidNotStart(self._end_of_log(child))

    def _end_of_log(self, child: Child) -> str:
        lines = (self._logs / f"{child.name}.log").read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join((f"{child.name}:", *lines[-TAIL:]))

    def watch(self) -> None:
        """Wait until told to stop. Raises `DidNotStart` when a child ends by itself."""
        while not self._stopping.wait(0.5):
            self.check_alive()

    def stop(self) -> None:
        """End all children, the last first: who was started early (provider, issuer) is asked until the end."""
        for child in reversed(self._children):
            if child.process is not None and child.process.poll() is None:
                _end(child.process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Politely, then firmly."""
    process.terminate()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def end_with_parent() -> None:
    """In a child just before it begins: ask Linux for SIGTERM when we die, even if we are killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def taken(ports: Sequence[int]) -> list[int]:
    """Those of `ports` that somebody else listens on already."""
    found = []
    for port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                found.append(port)
    return found
