"""Commands on an installation: migrate, publish, doctor, reconcile, worker, serve."""

import http.client
import signal
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from procedures.seal import create_seal_key
from tests.cli.test_specs import WATER, spoil
from tests.engine.language.specs import REAL

Command = Callable[..., tuple[int, str, str]]
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def migrated(tetsuzuki: Command) -> None:
    assert tetsuzuki("migrate")[0] == 0


def test_migrate_makes_the_database_and_does_nothing_twice(tetsuzuki: Command, folder: Path) -> None:
    code, out, _ = tetsuzuki("migrate")
    assert (code, (folder / ".data/tetsuzuki.db").exists()) == (0, True)
    assert "– →" in out
    code, again, _ = tetsuzuki("migrate")
    assert code == 0
    assert again.split("→")[0].strip().endswith(again.split("→")[1].strip())


@pytest.mark.parametrize("command", [("doctor",), ("serve",), ("worker",), ("reconcile", "--day", "2026-05-01")])
def test_a_database_of_another_release_is_refused(tetsuzuki: Command, command: tuple[str, ...]) -> None:
    code, _, told = tetsuzuki(*command)
    assert code == 2
    assert "tetsuzuki migrate" in told


def test_settings_that_are_wrong_are_all_told(tetsuzuki: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TETSUZUKI_PRODUCTION", "1")
    code, _, told = tetsuzuki("migrate")
    assert code == 2
    assert "TETSUZUKI_SECRET_KEY" in told
    assert "TETSUZUKI_ISSUERS_FILE" in told


def test_publish_puts_every_spec_in_force_once(tetsuzuki: Command, migrated: None) -> None:
    code, out, _ = tetsuzuki("publish")
    assert code == 0
    assert out.count("Published: ") == len(REAL)
    code, out, _ = tetsuzuki("publish")
    assert code == 0
    assert out.count("Already published: ") == len(REAL)


def test_a_published_version_cannot_change(tetsuzuki: Command, migrated: None, folder: Path) -> None:
    tetsuzuki("publish")
    spoil(folder / WATER, "minutes: 3", "minutes: 4")
    code, _, told = tetsuzuki("publish", WATER)
    assert code == 1
    assert "new version date" in told


def test_one_mistake_publishes_nothing(tetsuzuki: Command, migrated: None, folder: Path) -> None:
    spoil(folder / WATER, "version:", "versoin:")
    code, out, told = tetsuzuki("publish")
    assert code == 1
    assert f"{WATER}:" in out
    assert "Nothing was published" in told
    spoil(folder / WATER, "versoin:", "version:")
    assert tetsuzuki("publish")[1].count("Published: ") == len(REAL)


def test_the_doctor_misses_only_the_seal_in_a_fresh_installation(
    tetsuzuki: Command, migrated: None, folder: Path
) -> None:
    tetsuzuki("publish")
    code, out, _ = tetsuzuki("doctor")
    assert (code, out.count("\n"), out.partition(":")[0]) == (1, 1, "seal_missing")
    create_seal_key(folder / ".data/keys/seal", "東京都", datetime.now(UTC))
    code, out, told = tetsuzuki("doctor")
    assert (code, out) == (0, "")
    assert "0 findings" in told


def test_the_doctor_finds_what_was_tampered_with(tetsuzuki: Command, migrated: None, folder: Path) -> None:
    from pysqlite3 import dbapi2

    tetsuzuki("publish")
    with dbapi2.connect(str(folder / ".data/tetsuzuki.db")) as connection:
        connection.execute("DROP TRIGGER IF EXISTS audit_event_no_update")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE audit_event SET action = 'nothing.happened'")
    connection.close()
    code, out, _ = tetsuzuki("doctor")
    assert code == 1
    assert out


def test_reconciling_without_a_provider_says_so(
    tetsuzuki: Command, migrated: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TETSUZUKI_STRIPE_API_BASE", "http://127.0.0.1:9")
    code, _, told = tetsuzuki("reconcile", "--day", "2026-05-01")
    assert code == 1
    assert "does not answer" in told


def test_a_day_without_money_matches(tetsuzuki: Command, migrated: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from payments.sandbox import create_sandbox
    from payments.sandbox.serving import running
    from web.settings import LOCAL_STRIPE_KEY

    with running(create_sandbox(base_url="", api_key=LOCAL_STRIPE_KEY)) as sandbox:
        monkeypatch.setenv("TETSUZUKI_STRIPE_API_BASE", sandbox.base_url)
        code, out, _ = tetsuzuki("reconcile", "--day", "2026-05-01")
    assert code == 0
    assert "0 mismatches" in out


def wait_for(log: Path, text: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 100
    while time.monotonic() < deadline and process.poll() is None:
        if text in log.read_text(encoding="utf-8"):
            return
        time.sleep(0.05)
    pytest.fail(log.read_text(encoding="utf-8"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_ends_in_good_order(start: Start, migrated: None, folder: Path, number: signal.Signals) -> None:
    worker = start("worker")
    wait_for(folder / "worker.log", "worker_started", worker)
    worker.send_signal(number)
    assert worker.wait(20) == 0
    assert "worker_stopped" in (folder / "worker.log").read_text(encoding="utf-8")


def test_serve_answers_with_several_processes_and_ends(
    start: Start, migrated: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from web.demo.supervisor import HOST

    port = free_port()
    monkeypatch.setenv("TETSUZUKI_PUBLIC_URL", f"http://{HOST}:{port}")
    server = start("serve", "--port", port, "--workers", "2")
    deadline = time.monotonic() + 60
    while (status := ask(port, "/healthz")) != 200:
        assert time.monotonic() < deadline
        assert server.poll() is None
        time.sleep(0.05)
    assert status == 200
    assert ask(port, "/signed-out") == 200
    server.terminate()
    assert server.wait(40) == 0


def free_port() -> int:
    import socket

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def ask(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()
