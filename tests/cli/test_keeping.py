"""`tetsuzuki keys`, `encrypt` and `inventory`: what they say, and their exit codes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.ringed import opened

Command = Callable[..., tuple[int, str, str]]
RING = ".data/keys/ring.json"


@pytest.fixture
def migrated(tetsuzuki: Command) -> None:
    assert tetsuzuki("migrate")[0] == 0


def test_a_ring_is_made_and_its_keys_come_and_go(tetsuzuki: Command, migrated: None, folder: Path) -> None:
    [first] = json.loads((folder / RING).read_text(encoding="utf-8"))["keys"]
    assert tetsuzuki("keys", "list")[:2] == (0, f"{first}  0  in use\n")
    code, out, _ = tetsuzuki("keys", "new", "--later")
    assert code == 0
    second = out.split()[2]
    assert "Keep a copy" in out
    assert f"{first}  0  in use" in tetsuzuki("keys", "list")[1]
    assert tetsuzuki("keys", "use", second)[0] == 0
    assert f"{second}  0  in use" in tetsuzuki("keys", "list")[1]
    assert tetsuzuki("keys", "rewrap")[:2] == (0, "0 keys were wrapped anew.\n")
    assert tetsuzuki("keys", "drop", second)[0] == 1
    assert tetsuzuki("keys", "drop", first)[0] == 0
    assert tetsuzuki("keys", "use", "nothing")[0] == 1


def test_a_key_that_is_needed_is_not_dropped(tetsuzuki: Command, migrated: None, folder: Path) -> None:
    old = tetsuzuki("keys", "list")[1].split()[0]
    tetsuzuki("keys", "new")
    database = opened(f"sqlite:///{folder}/.data/tetsuzuki.db")
    with database.write() as session:
        row = {"id": "k", "holder": "case", "master": old, "wrapped": "x"}
        session.execute(text("INSERT INTO case_key VALUES (:id, :holder, :master, :wrapped)"), row)
    database.close()
    code, _, told = tetsuzuki("keys", "drop", old)
    assert code == 1
    assert "still wraps 1 keys" in told


def test_in_production_a_missing_ring_is_never_made(
    tetsuzuki: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TETSUZUKI_KEY_RING", str(folder / "elsewhere" / "ring.json"))
    tetsuzuki("migrate")
    (folder / "elsewhere" / "ring.json").unlink(missing_ok=True)
    code, _, told = tetsuzuki("keys", "list")
    assert code == 2
    assert "tetsuzuki keys new" in told


def test_a_database_of_before_is_sealed(tetsuzuki: Command, migrated: None, folder: Path) -> None:
    database = opened(f"sqlite:///{folder}/.data/tetsuzuki.db")
    with database.write() as session:
        session.execute(text("UPDATE sealing SET begun = 0, done = 0"))
    code, out, told = tetsuzuki("encrypt")
    assert code == 0
    assert "Everything is sealed" in out
    assert "submission: 0 rows sealed" in told
    with database.read() as session:
        assert tuple(session.execute(text("SELECT begun, done FROM sealing")).one()) == (1, 1)
    database.close()


def test_the_inventory_is_a_table(tetsuzuki: Command, folder: Path) -> None:
    code, out, _ = tetsuzuki("inventory", "procedure_specs/hokeniryo", "--format", "markdown", "--language", "ja")
    assert code == 0
    assert "| dog-registration/name | 氏名 | applicant.name | 本人を識別するもの |" in out
    lines = out.splitlines()
    assert len({line.count("|") for line in lines}) == 1
    assert any(line.startswith("| submission.answers |") for line in lines)
