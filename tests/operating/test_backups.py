"""A backup is everything at one moment, and nothing that was erased; on both databases."""

import gzip
from stat import S_IMODE
from typing import Any

import pytest
from sqlalchemy import select, text

from procedures import beating
from procedures.models import CaseKey
from tests.operating.places import Place, kept, quiet
from tests.web.casework import Casework
from web.backups import apart, pool, postgresql, sqlite, taking
from web.backups.folders import BackupRefused, Folder
from web.backups.taking import keep
from web.backups.verifying import faults


def test_what_comes_back_is_what_was_there(here: Place, elsewhere: Place, folder: Folder, casework: Casework) -> None:
    casework.file(scenario=1, copies=2)
    before = here.rows()
    taken = here.back_up(folder)
    assert taken.missing == []
    assert faults(folder, taken.folder, quiet) == []
    casework.file(scenario=1)
    assert here.rows() != before
    elsewhere.restore(folder)
    assert elsewhere.rows() == before
    assert elsewhere.findings() == []
    assert {path.name for path in elsewhere.settings.seal_dir.iterdir()} == {
        path.name for path in here.settings.seal_dir.iterdir()
    }
    assert S_IMODE((elsewhere.settings.seal_dir / "seal-key.pem").stat().st_mode) == 0o600
    with elsewhere.database.write() as session:  # counting goes on where it stood; what is frozen still is
        session.execute(text("UPDATE job SET attempts = attempts"))
    with pytest.raises(Exception, match="append-only"), elsewhere.database.write() as session:
        session.execute(text("UPDATE audit_event SET action = 'x'"))
    Casework(elsewhere.database, elsewhere.blobs, casework.people, casework.now).file(scenario=1)
    assert elsewhere.findings() == []


@pytest.mark.sqlite_only
def test_files_forgotten_while_they_are_copied_are_in_it(
    here: Place, elsewhere: Place, folder: Folder, casework: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row goes and the worker erases the bytes between the copy of the database and that of the files."""
    casework.file(scenario=1)
    [first, *_] = here.blobs.keys()
    collected = pool.collect

    def meanwhile(*words: Any) -> Any:
        here.blobs.delete(first)
        return collected(*words)

    monkeypatch.setattr(pool, "collect", meanwhile)
    taken = here.back_up(folder)
    assert taken.missing == []
    assert first not in kept(here)
    assert not list(here.settings.blobs_dir.glob("??/*.aside"))
    elsewhere.restore(folder)
    assert first in kept(elsewhere)
    assert elsewhere.findings() == []


def test_what_is_written_meanwhile_is_not_in_it(
    here: Place, elsewhere: Place, folder: Folder, casework: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    casework.file(scenario=1)
    before = here.rows()
    collected = pool.collect

    def meanwhile(*words: Any) -> Any:
        casework.file(scenario=1)
        return collected(*words)

    monkeypatch.setattr(pool, "collect", meanwhile)
    here.back_up(folder)
    elsewhere.restore(folder)
    after = elsewhere.rows()
    assert set(after["case_key"]) >= set(before["case_key"]), "keys are written last: there are some of later cases"
    assert after | {"case_key": before["case_key"]} == before
    assert elsewhere.findings() == []


@pytest.mark.sqlite_only
def test_only_new_files_are_copied(
    here: Place, folder: Folder, casework: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    casework.file(scenario=1, copies=3)
    here.back_up(folder)
    copied = []
    original = pool._copied
    monkeypatch.setattr(pool, "_copied", lambda source, target: copied.append(source) or original(source, target))
    assert here.back_up(folder).manifest.blobs == len(here.blobs.keys())
    assert copied == []
    before = set(here.blobs.keys())
    casework.file(scenario=1)
    here.back_up(folder)
    assert {path.name for path in copied} == set(here.blobs.keys()) - before


@pytest.mark.sqlite_only
def test_only_the_newest_are_kept_and_their_files(here: Place, folder: Folder, casework: Casework) -> None:
    casework.file(scenario=1)
    gone = here.blobs.keys()
    first = here.back_up(folder)
    with here.database.engine.begin() as connection:
        connection.execute(text("PRAGMA ignore_check_constraints = ON"))
        for name in ("submission", "attachment"):
            for (trigger,) in connection.execute(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :name"), {"name": name}
            ).all():
                connection.execute(text(f'DROP TRIGGER "{trigger}"'))
        connection.execute(text("DELETE FROM attachment"))
    second, third = here.back_up(folder), here.back_up(folder)
    assert keep(folder, 2) == 1
    assert folder.generations() == [third.folder, second.folder]
    assert not first.folder.exists()
    assert not [key for key in gone if pool.place(folder.pool, key).exists()]
    assert keep(folder, 2) == 0


@pytest.mark.sqlite_only
def test_a_file_that_was_lost_before_is_told(here: Place, folder: Folder, casework: Casework) -> None:
    casework.file(scenario=1)
    [lost, *_] = here.blobs.keys()
    pool.place(here.settings.blobs_dir, lost).unlink()
    assert here.back_up(folder).missing == [lost]


@pytest.mark.sqlite_only
def test_a_backup_that_died_is_no_backup(
    here: Place, folder: Folder, casework: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    casework.file(scenario=1)
    monkeypatch.setattr(taking.os, "sync", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        here.back_up(folder)
    assert folder.generations() == []
    monkeypatch.undo()
    made = here.back_up(folder)
    assert folder.generations() == [made.folder]
    assert [path.name for path in made.folder.parent.iterdir()] == [made.folder.name]


@pytest.mark.sqlite_only
def test_one_at_a_time(here: Place, folder: Folder) -> None:
    with folder.alone(), pytest.raises(BackupRefused, match="backup_busy"), folder.alone():
        pytest.fail("two at once")


@pytest.mark.sqlite_only
def test_nobody_else_can_read_it(here: Place, folder: Folder, casework: Casework) -> None:
    casework.file(scenario=1)
    here.back_up(folder)
    for path in folder.root.rglob("*"):
        assert not path.is_file() or not S_IMODE(path.stat().st_mode) & 0o077 or path.name in PUBLIC, path
    assert S_IMODE(folder.root.stat().st_mode) == 0o700


PUBLIC = {pool.INDEX}  # keys, sizes and hashes; and nobody gets into the folder


def test_what_is_kept_apart_is_in_no_generation(
    here: Place, elsewhere: Place, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in table: erased after the backup, its row is gone from the old generation, too."""
    for module in (apart, sqlite, postgresql):
        monkeypatch.setattr(module, "KEPT_APART", ("secret",))
    with here.database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE secret (id TEXT PRIMARY KEY, wrapped TEXT)"))
        connection.execute(text("INSERT INTO secret VALUES ('a', 'SECRETMARKA'), ('b', 'SECRETMARKB')"))
    first = here.back_up(folder)
    assert first.case_keys == 2
    assert first.manifest.tables["secret"] == 0
    for path in first.folder.rglob("*"):
        if path.is_file():
            content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            assert b"SECRETMARK" not in content, path
    with here.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM secret WHERE id = 'a'"))
    here.back_up(folder)
    assert "SECRETMARKA" not in folder.case_keys.read_text()
    assert S_IMODE(folder.case_keys.stat().st_mode) == 0o600
    if here.database.dialect == "sqlite":
        assert elsewhere.restore(folder, first.folder.name) == (1, 0)
        assert elsewhere.rows()["secret"] == ["('b', 'SECRETMARKB')"]


def test_case_keys_are_in_no_generation(here: Place, folder: Folder, casework: Casework) -> None:
    casework.file()
    with here.database.read() as session:
        wrapped = session.scalars(select(CaseKey.wrapped)).all()
    made = here.back_up(folder)
    assert made.case_keys == len(wrapped) > 0
    for path in made.folder.rglob("*"):
        if path.is_file():
            content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            assert [key for key in wrapped if key.encode() in content] == [], path


@pytest.mark.sqlite_only
def test_that_it_was_made_is_written_down(here: Place, folder: Folder) -> None:
    here.back_up(folder)
    with here.database.read() as session:
        assert beating.last(session, beating.BACKUP) == here.moment


@pytest.mark.sqlite_only
def test_the_ring_of_master_keys_is_not_in_it(here: Place, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    ring = here.settings.data_dir / "keys" / "ring.json"
    ring.write_text("{}")
    made = here.back_up(folder).folder
    names = {path.name for path in made.rglob("*")}
    assert "seal-key.pem" in names
    assert "ring.json" not in names
