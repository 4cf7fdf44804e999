"""`python -m payments.sandbox`: runs alone, and a second start remembers the first."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
import stripe

from payments.sandbox.app import API_KEY
from tests.payments.conftest import session_parameters

ROOT = Path(__file__).parents[3]


@contextmanager
def started(state: Path) -> Iterator[stripe.StripeClient]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "payments.sandbox", "--port", str(port), "--state", str(state)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{base}/_sandbox/health")
        yield stripe.StripeClient(API_KEY, base_addresses={"api": base})
    finally:
        process.terminate()
        process.wait(10)


def _wait(url: str) -> None:
    for _ in range(100):
        try:
            if requests.get(url, timeout=1).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise TimeoutError(url)


def test_it_runs_and_remembers(tmp_path: Path) -> None:
    state = tmp_path / "folder" / "stripe.db"
    with started(state) as client:
        session = client.v1.checkout.sessions.create(session_parameters())
    with started(state) as client:
        assert client.v1.checkout.sessions.retrieve(session.id).amount_total == 6000
