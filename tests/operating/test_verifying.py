"""Whatever happens to a backup that lies about for years is found."""

import gzip
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.operating.places import Place, quiet
from tests.web.casework import Casework
from web.backups import manifest, pool, postgresql, sqlite
from web.backups.folders import Folder
from web.backups.verifying import faults


# What may happen to a backup that lies about for years.
def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.sqlite_only
def test_whatever_is_spoilt_is_found(here: Place, folder: Folder, casework: Casework) -> None:
    casework.file(scenario=1)
    made = here.back_up(folder).folder
    where = (
        made / sqlite.NAME,
        made / pool.INDEX,
        made / "keys" / "seal" / "seal-key.pem",
        next(folder.pool.glob("??/*")),
    )
    for path in where:
        whole = path.read_bytes()
        for harm in (cut, flip, Path.unlink):
            harm(path)
            assert faults(folder, made, quiet), (path, harm)
            path.write_bytes(whole)
    assert faults(folder, made, quiet) == []


@pytest.mark.sqlite_only
def test_a_database_that_was_swapped_is_found_by_its_rows(here: Place, folder: Folder, casework: Casework) -> None:
    first = here.back_up(folder).folder
    casework.file(scenario=1)
    second = here.back_up(folder).folder
    shutil.copy(first / sqlite.NAME, second / sqlite.NAME)
    said = manifest.read(second)
    manifest.write(second, replace(said, files={**said.files, sqlite.NAME: manifest.hash_of(second / sqlite.NAME)}))
    assert any(" rows instead of " in line for line in faults(folder, second, quiet))


@pytest.mark.postgresql_only
def test_missing_rows_of_a_table_are_found(here: Place, folder: Folder, casework: Casework) -> None:
    casework.file(scenario=1)
    made = here.back_up(folder).folder
    file = postgresql.file_of(made, "audit_event")
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    file.write_bytes(gzip.compress(b"".join(lines[1:])))
    said = manifest.read(made)
    name = file.relative_to(made).as_posix()
    manifest.write(made, replace(said, files={**said.files, name: manifest.hash_of(file)}))
    assert faults(folder, made, quiet) == [f"audit_event: {len(lines) - 1} rows instead of {len(lines)}"]
