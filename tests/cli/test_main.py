"""The command line as a whole."""

import subprocess
import sys
from collections.abc import Callable
from importlib import import_module

import pytest

from engine.words import catalogue
from web.cli import COMMANDS, module_of

Command = Callable[..., tuple[int, str, str]]


def test_help_lists_every_command(tetsuzuki: Command) -> None:
    code, out, _ = tetsuzuki("--help")
    assert code == 0
    for name in COMMANDS:
        assert f"\n    {name}" in out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_file_and_its_help(tetsuzuki: Command, name: str) -> None:
    module = import_module(module_of(name))
    assert callable(module.run)
    assert callable(module.arguments)
    code, out, _ = tetsuzuki(name, "--help")
    assert code == 0
    assert f"tetsuzuki {name}" in out


@pytest.mark.parametrize(
    "words", [(), ("nonsense",), ("check", "--format", "xml"), ("reconcile",), ("reconcile", "--day", "x")]
)
def test_wrong_use_is_exit_code_2(tetsuzuki: Command, words: tuple[str, ...]) -> None:
    code, _, told = tetsuzuki(*words)
    assert code == 2
    assert "usage: tetsuzuki" in told


def test_help_imports_nothing_heavy() -> None:
    heavy = [
        "flask",
        "sqlalchemy",
        "stripe",
        "authlib",
        "granian",
        "typst",
        "pyhanko",
        "alembic",
        "jsonschema",
        "holidays",
    ]
    program = (
        "import sys, contextlib, io, web.cli\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit): web.cli.main(['--help'])\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("variable", "shown"), [("ja_JP.UTF-8", "手続を"), ("C.UTF-8", "手続を"), ("en_GB.UTF-8", "Write procedures")]
)
def test_the_terminals_language_is_spoken(
    tetsuzuki: Command, monkeypatch: pytest.MonkeyPatch, variable: str, shown: str
) -> None:
    monkeypatch.setenv("LANG", variable)
    assert shown in tetsuzuki("--help")[1]


def test_the_help_of_each_command_is_one_line() -> None:
    for name in COMMANDS:
        assert all("\n" not in wording for wording in catalogue()[f"cli.{name}_help"].values())
