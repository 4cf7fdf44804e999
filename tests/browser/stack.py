"""The whole of it as real processes on free ports with a data folder of its own, as `make run` starts it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

ROOT = Path(__file__).parents[2]
START_SECONDS = 90


@dataclass(frozen=True)
class Stack:
    """Where the running whole is reached, and where it keeps its data."""

    web: str
    issuer: str
    stripe: str
    data: Path

    def mails(self) -> list[Path]:
        """The mails it has sent, oldest first."""
        return sorted(self.data.rglob("*.eml"), key=lambda path: path.stat().st_mtime)


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on, all different."""
    with ExitStack() as stack:
        listeners = [stack.enter_context(socket.socket()) for _ in range(count)]
        for listener in listeners:
            listener.bind(("127.0.0.1", 0))
        return [listener.getsockname()[1] for listener in listeners]


@contextmanager
def running_stack(folder: Path) -> Iterator[Stack]:
    """Website, worker, issuer and local Stripe; stopped together afterwards."""
    web, issuer, stripe = free_ports(3)
    command = [sys.executable, "-m", "web.cli", "demo", "--data-dir", str(folder / "data"), "--port", str(web)]
    command += ["--issuer-port", str(issuer), "--stripe-port", str(stripe), "--language", "en"]
    log = folder / "demo.log"
    with process_of(command, log) as process:
        addresses = [f"http://127.0.0.1:{port}" for port in (web, issuer, stripe)]
        _await_ready(f"{addresses[0]}/readyz", process, log)
        yield Stack(*addresses, folder / "data")


@contextmanager
def process_of(
    command: Sequence[str], log: Path, variables: Mapping[str, str] | None = None
) -> "Iterator[subprocess.Popen[bytes]]":
    """A process of ours while the block lasts, in a session of its own; what it says goes to `log`."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            env={**os.environ, **(variables or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            _stop(process)


def _await_ready(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if requests.get(address, timeout=5).ok:
                return
        except requests.RequestException:
            time.sleep(0.2)
    raise RuntimeError(f"it did not start; it said:\n{log.read_text(encoding='utf-8', errors='replace')[-5000:]}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # its own session: only what it started
        process.wait(5)
