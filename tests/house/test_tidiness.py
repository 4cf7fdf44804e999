"""The top of the repository is fixed, folders have rooms, and no file tells where it was written."""

from pathlib import Path

import pytest

from tests.house import tidiness
from tests.house.tree import ROOT, Module, expect_none, modules, tracked


def test_only_known_things_stand_at_the_top() -> None:
    expect_none(tidiness.strangers(tracked()))


def test_folders_have_rooms() -> None:
    expect_none(tidiness.crowded(tracked()))


def test_no_file_tells_where_it_was_written() -> None:
    expect_none(tidiness.leaks(ROOT, tracked()))


def test_cases_are_the_same_in_every_process() -> None:
    expect_none(tidiness.named_by_chance(modules(["tests"])))


def test_a_case_by_the_clock_is_found() -> None:
    text = 'import pytest\n\n\n@pytest.mark.parametrize("at", [int(time.time()), 3])\ndef test_a(at): ...\n'
    [told] = tidiness.named_by_chance([Module("tests/test_a.py", text)])
    assert told.startswith("tests/test_a.py:4")


def test_a_stranger_at_the_top_is_found() -> None:
    paths = ["engine/a.py", "README.md", ".ci/run", "scripts/a.py", "setup.py", "web"]
    assert [line.split(":")[0] for line in tidiness.strangers(paths)] == ["scripts", "setup.py", "web"]


def test_a_crowded_folder_is_found() -> None:
    paths = [f"web/m{n}.py" for n in range(25)]
    assert len(tidiness.crowded(paths)) == 1
    assert not tidiness.crowded(paths[:24])


@pytest.mark.parametrize(
    "line",
    [
        "index = https://files.python" + "hosted.org/x",
        "pip install --index" + "-url http://127.0.0.1/x",
        "see /ro" + "ot/notes",
        "data_dir = '/ho" + "me/sato/data'",
    ],
)
def test_a_leak_is_found(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.md").write_text(f"fine\n{line}\n", encoding="utf-8")
    found = tidiness.leaks(tmp_path, ["a.md", "gone.md"])
    assert len(found) == 1
    assert found[0].startswith("a.md:2")


def test_ordinary_addresses_are_no_leak(tmp_path: Path) -> None:
    text = "http://127.0.0.1:8000/\n/applications/1\nhttps://json-schema.org/draft/2020-12/schema\nvar/homework/\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    assert not tidiness.leaks(tmp_path, ["a.md"])
