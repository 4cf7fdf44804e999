"""Processes started, watched and stopped together."""

import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_installation import free_port
from web.demo.supervisor import Child, DidNotStart, Supervisor, taken

SERVER = (
    "from http.server import *; import sys; HTTPServer(('127.0.0.1', {}), SimpleHTTPRequestHandler).serve_forever()"
)
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
)


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    found = Supervisor({"GREETING": "hello"}, tmp_path / "logs")
    yield found
    found.stop()


def python(name: str, program: str, ready: tuple[int, str] | None = None) -> Child:
    return Child(name, [sys.executable, "-c", program], ready)


def test_it_waits_until_everybody_answers_and_stops_them(supervisor: Supervisor) -> None:
    port = free_port()
    child = python("server", SERVER.format(port), (port, "/"))
    supervisor.start(child)
    supervisor.wait_until_ready()
    assert taken([port]) == [port]
    supervisor.stop()
    assert child.process.returncode == -signal.SIGTERM


def test_one_that_fails_is_told_with_the_end_of_its_log(supervisor: Supervisor) -> None:
    supervisor.start(python("clumsy", "import os, sys; sys.exit(os.environ['GREETING'] + ' and goodbye')", (1, "/")))
    with pytest.raises(DidNotStart, match="clumsy:\nhello and goodbye"):
        supervisor.wait_until_ready()


def test_one_that_ends_later_ends_the_watch(supervisor: Supervisor) -> None:
    supervisor.start(python("brief", "pass"))
    with pytest.raises(DidNotStart, match="brief"):
        supervisor.watch()


def test_one_that_does_not_answer_in_time_is_told(supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.demo.supervisor.PATIENCE", 0.2)
    supervisor.start(python("silent", "import time; time.sleep(60)", (free_port(), "/")))
    with pytest.raises(DidNotStart, match="silent"):
        supervisor.wait_until_ready()


def test_one_that_will_not_listen_is_ended_firmly(
    supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("web.demo.supervisor.GRACE", 0.3)
    child = python("stubborn", STUBBORN)
    supervisor.start(child)
    while "deaf" not in (tmp_path / "logs/stubborn.log").read_text(encoding="utf-8"):
        pass
    supervisor.stop()
    assert child.process.returncode == -signal.SIGKILL


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel of Linux")
def test_children_end_with_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    import subprocess

    program = (
        "from web.demo.supervisor import Child, Supervisor; from pathlib import Path; import sys, time\n"
        f"supervisor = Supervisor({{}}, Path({str(tmp_path)!r}))\n"
        "child = Child('x', [sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "supervisor.start(child); print(child.process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait(10)
    parent.stdout.close()
    while Path(f"/proc/{child}/stat").exists() and Path(f"/proc/{child}/stat").read_text().split()[2] != "Z":
        os.sched_yield()


def test_a_port_in_use_is_noticed() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        assert taken([port, free_port()]) == [port]
    assert taken([port]) == []
