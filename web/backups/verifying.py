"""Whether a generation is whole: every hash, every row counted, every file that it names."""

from pathlib import Path

from web.backups import KEPT_APART, manifest, pool, postgresql, sqlite
from web.backups.folders import Folder
from web.backups.manifest import Manifest


def faults(folder: Folder, generation: Path, told: pool.Progress) -> list[str]:
    """What is wrong with it, one line each. Raises `BackupRefused` where it cannot be read at all."""
    said = manifest.read(generation)
    there = manifest.hashes_below(generation)
    found = [f"{name}: missing or changed" for name, digest in said.files.items() if there.get(name) != digest]
    found += [f"{name}: not in the manifest" for name in there.keys() - said.files.keys()]
    if found:
        return found
    found += _sqlite(generation, said) if said.dialect == "sqlite" else _postgresql(generation, said)
    index = pool.read_index(generation)
    if len(index) != said.blobs:
        found.append(f"{pool.INDEX}: {len(index)} files instead of {said.blobs}")
    return found + [f"file {key}: missing or changed" for key in pool.faults(folder.pool, index, told)]


def _sqlite(generation: Path, said: Manifest) -> list[str]:
    file = generation / sqlite.NAME
    return sqlite.faults(file) + _differences(said, sqlite.tables(file))


def _postgresql(generation: Path, said: Manifest) -> list[str]:
    tables = [name for name in said.tables if name not in KEPT_APART]
    return _differences(said, {name: postgresql.count_rows(postgresql.file_of(generation, name)) for name in tables})


def _differences(said: Manifest, counted: dict[str, int]) -> list[str]:
    wrong = {name: rows for name, rows in counted.items() if rows != said.tables.get(name)}
    return [f"{name}: {rows} rows instead of {said.tables.get(name)}" for name, rows in wrong.items()]
