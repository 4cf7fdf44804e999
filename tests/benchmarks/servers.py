"""The two stacks as real servers, two processes each, on free ports, with a fresh SQLite file."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.resident import Send, over_http

BIN = Path(sys.executable).parent
SPEC = Path(__file__).with_name("procedure.yaml")


@dataclass(frozen=True)
class Server:
    """A running server: its first process and how to speak to it."""

    pid: int
    send: Send


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextmanager
def running(command: Sequence[str], port: int, path: str, log: Path, env: Mapping[str, str]) -> Iterator[Server]:
    """The server of `command`, once it answers at `path`; stopped afterwards."""
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, **env})
        try:
            send = over_http("127.0.0.1", port)
            _await(send, path, process, log)
            yield Server(process.pid, send)
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)


def _await(send: Send, path: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            if send("GET", path, {}, None)[0] < 400:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-4000:]}")


@contextmanager
def yardstick(folder: Path) -> Iterator[Server]:
    """The hand-written application under gunicorn, two sync workers."""
    port = free_port()
    application = "tests.benchmarks.yardstick.app:from_environment()"
    command = [str(BIN / "gunicorn"), "--workers=2", f"--bind=127.0.0.1:{port}", "--log-level=warning", application]
    env = {"YARDSTICK_DATABASE": str(folder / "yardstick.db")}
    with running(command, port, "/start", folder / "yardstick.log", env) as server:
        yield server


@contextmanager
def tetsuzuki(folder: Path, *, timed: bool = False) -> Iterator[Server]:
    """Tetsuzuki under granian, two workers, with the same form as a published procedure.

    `timed`: each answer says how long it took in the application.
    """
    port, command = free_port(), str(BIN / "tetsuzuki")
    address = f"http://127.0.0.1:{port}"
    env = {"TETSUZUKI_DATA_DIR": str(folder / "tetsuzuki"), "TETSUZUKI_PUBLIC_URL": address, "TETSUZUKI_LANGUAGE": "en"}
    for step in (["migrate"], ["publish", str(SPEC)]):
        prepared = subprocess.run(
            [command, *step], env={**os.environ, **env}, capture_output=True, text=True, check=False
        )
        if prepared.returncode:
            raise RuntimeError(f"tetsuzuki {step[0]} failed:\n{prepared.stdout}{prepared.stderr}")
    serve = [command, "serve", f"--port={port}", "--workers=2"]
    if timed:
        serve = [sys.executable, "-m", "tests.benchmarks.timed", str(port)]
    with running(serve, port, "/healthz", folder / "tetsuzuki.log", env) as server:
        yield server
