"""The command line in a folder of its own, with real files."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import pytest

from web.cli import main

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation's folder with a copy of the specs; the current folder."""
    copytree(PROJECT / "procedure_specs", tmp_path / "procedure_specs")
    for name in [name for name in os.environ if name.startswith("TETSUZUKI_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def tetsuzuki(folder: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., tuple[int, str, str]]]:
    """Run a command here: exit code, standard output, standard error."""

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as stop:  # argparse's own way to say wrong use
            code = int(stop.code or 0)
        return (code, *capsys.readouterr())

    return run


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[..., "subprocess.Popen[bytes]"]]:
    """Start a command as a process of its own; ended with the test."""
    started = []

    def begin(*words: str) -> "subprocess.Popen[bytes]":
        environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
        command = [sys.executable, "-m", "web.cli", *map(str, words)]
        with (folder / f"{words[0]}.log").open("wb") as log:
            process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT)
        started.append(process)
        return process

    yield begin
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.wait(20)
