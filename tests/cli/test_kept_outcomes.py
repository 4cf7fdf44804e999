"""`tetsuzuki check` keeps what it found, and checks anew as soon as anything that it depends on has changed."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from web.cli import files, kept, keys
from web.cli.commands import check

Command = Callable[..., tuple[int, str, str]]
WATER = Path("procedure_specs/suido/water-service-start.yaml")
CONCEPTS = Path("procedure_specs/concepts.yaml")


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the files that were compiled."""
    names: list[str] = []
    fresh = check._fresh

    def noted(file: Path) -> object:
        names.append(file.name)
        return fresh(file)

    monkeypatch.setattr(check, "_fresh", noted)
    return names


def store(folder: Path) -> Path:
    return folder / ".cache" / "tetsuzuki" / "check.json"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_has_not_changed_is_told_again_without_compiling(
    tetsuzuki: Command, folder: Path, compiled: list[str]
) -> None:
    change(folder / WATER, "steps:", "stpes:")
    first = tetsuzuki("check", "--format", "json")
    assert first[0] == 1
    assert WATER.name in compiled
    compiled.clear()
    assert tetsuzuki("check", "--format", "json") == first
    assert compiled == []
    assert tetsuzuki("check", "--language", "ja")[1] != tetsuzuki("check", "--language", "en")[1]
    assert compiled == []


def test_a_changed_file_alone_is_compiled(tetsuzuki: Command, folder: Path, compiled: list[str]) -> None:
    tetsuzuki("check")
    compiled.clear()
    change(folder / WATER, "steps:", "# a remark\nsteps:")
    tetsuzuki("check")
    assert compiled == [WATER.name]


def test_changed_concepts_or_tariffs_make_everything_new(tetsuzuki: Command, folder: Path, compiled: list[str]) -> None:
    tetsuzuki("check")
    everything = sorted(compiled)
    compiled.clear()
    (folder / CONCEPTS).write_text((folder / CONCEPTS).read_text(encoding="utf-8") + "\n# a remark\n", encoding="utf-8")
    tetsuzuki("check")
    assert sorted(compiled) == everything
    compiled.clear()
    (folder / "procedure_specs/tariffs").mkdir(exist_ok=True)
    (folder / "procedure_specs/tariffs/more.yaml").write_text("# nothing yet\n", encoding="utf-8")
    tetsuzuki("check")
    assert sorted(compiled) == everything


def test_another_engine_or_library_makes_everything_new(
    tetsuzuki: Command, folder: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tetsuzuki("check", WATER)
    compiled.clear()
    monkeypatch.setattr(keys, "_version", lambda name: f"{name} 99")
    tetsuzuki("check", WATER)
    assert compiled == [WATER.name]


def test_the_engine_is_part_of_the_key(folder: Path) -> None:
    path = folder / WATER
    assert keys.Keys().of(path) == keys.Keys().of(path)
    other = keys.Keys()
    other.__dict__["_engine"] = "another"
    assert other.of(path) != keys.Keys().of(path)


def test_the_same_text_under_another_name_is_another_file(tetsuzuki: Command, folder: Path) -> None:
    tetsuzuki("check", WATER)
    renamed = folder / WATER.with_name("something-else.yaml")
    renamed.write_bytes((folder / WATER).read_bytes())
    assert "something-else.yaml" in tetsuzuki("check", renamed)[1]
    assert "something-else.yaml" not in tetsuzuki("check", WATER)[1]


def test_what_files_say_about_each_other_is_never_kept(tetsuzuki: Command, folder: Path, compiled: list[str]) -> None:
    double = folder / WATER.with_name("water-service-start-2.yaml")
    double.write_bytes((folder / WATER).read_bytes())
    assert tetsuzuki("check")[0] == 1
    double.unlink()
    compiled.clear()
    assert tetsuzuki("check")[0] == 0
    assert compiled == []


def test_without_the_cache_everything_is_compiled(tetsuzuki: Command, folder: Path, compiled: list[str]) -> None:
    tetsuzuki("check", WATER, "--no-cache")
    assert not store(folder).exists()
    tetsuzuki("check", WATER, "--no-cache")
    assert compiled == [WATER.name] * 2


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '{"form": 0, "entries": {}}', '{"form": 1, "entries": []}', "[" * 100_000, "\x00\xff"],
)
def test_a_broken_store_is_no_trouble(tetsuzuki: Command, folder: Path, content: str, compiled: list[str]) -> None:
    store(folder).parent.mkdir(parents=True)
    store(folder).write_text(content, encoding="utf-8")
    assert tetsuzuki("check", WATER)[0] == 0
    assert compiled == [WATER.name]
    assert len(json.loads(store(folder).read_text(encoding="utf-8"))["entries"]) == 1


@pytest.mark.parametrize("entry", [None, 1, [], [None, [1, 1], "", [[1]]], ["x", [1, 1], "", []], [None, None, 0, {}]])
def test_a_broken_entry_is_compiled_anew(tetsuzuki: Command, folder: Path, entry: object, compiled: list[str]) -> None:
    tetsuzuki("check", WATER)
    found = json.loads(store(folder).read_text(encoding="utf-8"))
    found["entries"] = dict.fromkeys(found["entries"], entry)
    store(folder).write_text(json.dumps(found), encoding="utf-8")
    compiled.clear()
    assert tetsuzuki("check", WATER)[0] == 0
    assert compiled == [WATER.name]


def test_where_nothing_can_be_written_one_checks_all_the_same(tetsuzuki: Command, folder: Path) -> None:
    (folder / ".cache").write_text("in the way", encoding="utf-8")
    assert tetsuzuki("check", WATER)[0] == 0


def test_only_so_much_is_kept_and_the_oldest_goes(
    tetsuzuki: Command, folder: Path, monkeypatch: pytest.MonkeyPatch, compiled: list[str]
) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    others = [path for path in sorted((folder / "procedure_specs").glob("*/*.yaml")) if path.name != WATER.name][:2]
    tetsuzuki("check", WATER)
    tetsuzuki("check", *others)
    compiled.clear()
    tetsuzuki("check", *others)
    assert compiled == []
    tetsuzuki("check", WATER)
    assert compiled == [WATER.name]


def test_the_names_of_the_shared_files_are_those_of_the_engine() -> None:
    from engine.compiling import tariffs
    from engine.tree import CONCEPTS_FILE

    assert tariffs.FOLDER == files.TARIFFS
    assert files.CONCEPTS == CONCEPTS_FILE
