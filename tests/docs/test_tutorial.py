"""The tutorial is carried out from its first line to its last, and every answer that it shows is the real one."""

import os
import shlex
from collections.abc import Iterator
from pathlib import Path
from shutil import copy, copytree

import pytest

from tests.docs.pages import Example, Said, console, examples, with_changes, with_parts
from tests.house.tree import ROOT
from web.cli import main

PAGE = ROOT / "docs" / "tutorial.md"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation whose database is set up, in English; the current folder."""
    (tmp_path / "procedure_specs").mkdir()
    copy(ROOT / "procedure_specs" / "concepts.yaml", tmp_path / "procedure_specs")
    copytree(ROOT / "procedure_specs" / "templates", tmp_path / "procedure_specs" / "templates")
    for name in [name for name in os.environ if name.startswith("TETSUZUKI_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TETSUZUKI_LANGUAGE", "en")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    monkeypatch.chdir(tmp_path)
    assert main(["migrate"]) == 0
    return tmp_path


def test_the_tutorial_does_what_it_says(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for example in examples(PAGE):
        if example.language == "console":
            for said in console(example.text):
                assert answer(said, capsys) == said.answer, f"{example}: $ {said.command}"
        elif example.verb:
            write(folder, example)


def answer(said: Said, capsys: pytest.CaptureFixture[str]) -> str:
    """What the command says, on both streams in the order in which a terminal shows them."""
    program, *words = shlex.split(said.command)
    assert program == "tetsuzuki"
    capsys.readouterr()
    main(words)
    out, told = capsys.readouterr()
    return out + told


def write(folder: Path, example: Example) -> None:
    """Write a whole file or parts of one."""
    path = folder / example.about.strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    if example.verb == "into":
        put = with_changes if example.language == "diff" else with_parts
        path.write_text(put(path.read_text(encoding="utf-8"), example.text), encoding="utf-8")
    else:
        path.write_text(example.text, encoding="utf-8")


def shown() -> Iterator[str]:
    """Every command that the tutorial shows."""
    for example in examples(PAGE):
        if example.language == "console":
            yield from (said.command.split()[1] for said in console(example.text))


def test_it_shows_every_command_of_an_author() -> None:
    assert {"check", "test", "explain", "publish", "diff", "import"} <= set(shown())


def test_every_example_of_it_is_carried_out() -> None:
    idle = [
        str(one)
        for one in examples(PAGE)
        if one.language in {"yaml", "json", "diff"} and one.verb not in {"file", "into"}
    ]
    assert idle == []
