"""`python -m payments.sandbox`: runs alone, and a second start remembers the first."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
import stripe

from payments.sandbox.app import API_KEY, WEBHOOK_SECRET
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


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STRIPE_API_BASE", "http://127.0.0.1:8002"),
        ("STRIPE_SECRET_KEY", API_KEY),
        ("STRIPE_WEBHOOK_SECRET", WEBHOOK_SECRET),
    ],
)
def test_production_refuses_everything_that_belongs_to_the_sandbox(name: str, value: str) -> None:
    """Its address, and what everybody knows: its key and its secret."""
    from web.settings import Settings, SettingsRefused

    with pytest.raises(SettingsRefused) as refused:
        Settings.from_environment({"TETSUZUKI_PRODUCTION": "1", f"TETSUZUKI_{name}": value})
    assert f"TETSUZUKI_{name}:" in str(refused.value)


def test_the_local_run_knows_the_sandboxs_key_and_secret() -> None:
    from web.settings import Settings

    settings = Settings.from_environment({})
    assert (settings.stripe_secret_key, settings.stripe_webhook_secret) == (API_KEY, WEBHOOK_SECRET)
