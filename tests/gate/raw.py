"""The website as granian serves it, and requests written by hand, byte by byte."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import SIGTERM
from time import monotonic, sleep

PATIENCE = 60  # seconds for the server to begin
STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")


@dataclass(frozen=True)
class Heard:
    """What came back: the status of every answer, in order; all of it; whether the other side hung up."""

    statuses: tuple[int, ...]
    text: str
    closed: bool


@dataclass(frozen=True)
class Site:
    """Where it listens."""

    port: int

    @property
    def host(self) -> str:
        """As a browser names it."""
        return f"127.0.0.1:{self.port}"

    def say(self, raw: bytes, wait: float = 2.0, answers: int = 0) -> Heard:
        """Send these bytes, and listen until there are so many `answers`, it hangs up, or nothing comes any more."""
        heard, closed = b"", False
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as line:
            try:
                line.sendall(raw)
                while not (answers and len(_whole(heard)) >= answers):
                    piece = line.recv(65536)
                    if not piece:
                        closed = True
                        break
                    heard += piece
            except TimeoutError:
                pass
            except OSError:
                closed = True
        return Heard(tuple(_whole(heard)), heard.decode("latin-1"), closed)


def _whole(heard: bytes) -> list[int]:
    """The statuses of the answers that came to their end."""
    found, rest = [], heard
    while match := STATUS.match(rest):
        head, there, body = rest.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
        size = int(length[1]) if length else 0
        if not there or len(body) < size:
            break
        found.append(int(match[1]))
        rest = body[size:]
    return found


@contextmanager
def served(folder: Path, database_url: str) -> Iterator[Site]:
    """`tetsuzuki serve` with one worker, for as long as the block runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        site = Site(free.getsockname()[1])
    chosen = {
        "TETSUZUKI_DATA_DIR": str(folder),
        "TETSUZUKI_DATABASE_URL": database_url,
        "TETSUZUKI_PUBLIC_URL": f"http://{site.host}",
    }
    command = [sys.executable, "-m", "web.cli", "serve", "--port", str(site.port), "--workers", "1"]
    server = subprocess.Popen(command, env={**os.environ, **chosen})
    try:
        _wait_for(site)
        yield site
    finally:
        server.send_signal(SIGTERM)
        server.wait(PATIENCE)


def _wait_for(site: Site) -> None:
    until = monotonic() + PATIENCE
    while monotonic() < until:
        try:
            heard = site.say(f"GET /healthz HTTP/1.1\r\nHost: {site.host}\r\n\r\n".encode(), answers=1)
        except OSError:
            heard = None
        if heard and heard.statuses == (200,):
            return
        sleep(0.1)
    raise AssertionError("the website does not begin")
