"""The local run: from an empty folder to a working whole, and again."""

import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from tests.cli.test_installation import Start, free_port, wait_for

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ports() -> dict[str, str]:
    """Free ports as options."""
    return {name: str(free_port()) for name in ("--port", "--issuer-port", "--stripe-port")}


def options(ports: dict[str, str]) -> list[str]:
    return [word for pair in ports.items() for word in pair]


def test_everything_from_nothing_and_once_more(start: Start, folder: Path, ports: dict[str, str]) -> None:
    """A spec with mistakes is told, and keeps nobody from the others."""
    (folder / "procedure_specs/suido/water-service-start.yaml").write_text("id: [", encoding="utf-8")
    site = f"http://127.0.0.1:{ports['--port']}"
    for once in (True, False):
        demo = start("demo", *options(ports))
        wait_for(folder / "demo.log", "Press Ctrl-C", demo)
        told = (folder / "demo.log").read_text(encoding="utf-8")
        assert f"Residents: {site}/" in told
        assert "Yamada Hanako (applies)" in told
        assert re.search(r"water-service-start\.yaml:\d+:\d+", told)
        assert ("Published: dog-registration" in told) is once
        sign_in_and_look(site)
        demo.send_signal(signal.SIGINT)
        assert demo.wait(40) == 0
        assert "Stopped." in (folder / "demo.log").read_text(encoding="utf-8")
    with pytest.raises(requests.ConnectionError):
        requests.get(site, timeout=2)


def sign_in_and_look(site: str) -> None:
    with requests.Session() as browser:
        assert "犬" in browser.get(f"{site}/", timeout=20).text
        page = browser.get(f"{site}/sign-in?next=/desk", timeout=20)
        desk = browser.post(page.url, data={"person": "sato"}, timeout=20)
        assert desk.url == f"{site}/desk"
        assert desk.status_code == 200


def test_ports_in_use_are_told(tetsuzuki: Command, ports: dict[str, str]) -> None:
    import socket

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", int(ports["--stripe-port"])))
        listener.listen()
        code, _, told = tetsuzuki("demo", *options(ports))
    assert code == 2
    assert ports["--stripe-port"] in told


def test_it_is_not_for_production(tetsuzuki: Command, ports: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TETSUZUKI_PRODUCTION", "1")
    code, _, told = tetsuzuki("demo", *options(ports))
    assert code == 2
    assert told


def test_the_keys_of_the_local_run_are_for_nobody_else(folder: Path) -> None:
    from web.demo.environment import Ports, environment

    first = environment(folder / ".data", Ports(1, 2, 3))
    assert first == environment(folder / ".data", Ports(1, 2, 3))
    assert len(first["TETSUZUKI_SECRET_KEY"]) == 64
    for path in (folder / ".data/keys").iterdir():
        assert path.stat().st_mode & 0o077 == 0


def test_it_takes_no_long_time_to_stop_when_told_at_once(start: Start, folder: Path, ports: dict[str, str]) -> None:
    demo = start("demo", *options(ports))
    time.sleep(0.5)
    demo.terminate()
    assert demo.wait(40) in {0, -signal.SIGTERM}
