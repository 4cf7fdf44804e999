"""Making a backup while everything goes on: the database first, then the files that it names, the case keys last."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from shutil import copy2, rmtree

from sqlalchemy import text
from sqlalchemy.engine import make_url

from procedures import beating
from procedures.blobs import named
from procedures.blobs.holding import held
from procedures.database import Database
from web.backups import apart, manifest, pool, postgresql, sqlite
from web.backups.folders import BackupRefused, Folder
from web.backups.manifest import Manifest
from web.settings import Settings

KEYS = "keys"
PRIVATE = 0o077


@dataclass(frozen=True, slots=True)
class Taken:
    """What was made; `missing` are keys of files that the installation itself had lost."""

    folder: Path
    manifest: Manifest
    missing: list[str]
    case_keys: int


def take(
    folder: Folder, settings: Settings, database: Database, clock: Callable[[], datetime], told: pool.Progress
) -> Taken:
    """Make one generation. Raises `BackupRefused`; what was begun and not ended is cleared away by the next.

    From before the database is copied until all files are, no bytes go (`procedures.blobs.holding`): what a row of the
    copy names is there, whatever happens to the row meanwhile.
    """
    began = clock()
    partial, final = folder.begin(began)
    known = {key: entry for path in folder.generations()[:1] for key, entry in pool.read_index(path).items()}
    settings.blobs_dir.mkdir(parents=True, exist_ok=True)
    with held(settings.blobs_dir):
        copied, keys = _DIALECTS[database.dialect](partial, settings, database)
        index, missing = pool.collect(settings.blobs_dir, folder.pool, keys, known, told)
    pool.write_index(partial, index)
    _copy_keys(settings, partial / KEYS)
    made = Manifest(
        taken_at=began.astimezone(UTC).isoformat(),
        release=version("tetsuzuki"),
        revision=copied.revision,
        dialect=database.dialect,
        files=manifest.hashes_below(partial),
        tables=copied.tables,
        columns=copied.columns,
        sequences=copied.sequences,
        blobs=len(index),
        blob_bytes=sum(entry.size for entry in index.values()),
    )
    manifest.write(partial, made)
    os.sync()
    with database.reading_engine.connect() as connection:
        case_keys = apart.dump(connection, folder.case_keys)
    partial.rename(final)
    with database.write() as session:
        beating.beat(session, clock(), beating.BACKUP)
    return Taken(final, made, missing, case_keys)


def keep(folder: Folder, generations: int) -> int:
    """Keep the newest generations and forget the others, and the files that only they named; how many went."""
    gone = folder.generations()[generations:]
    for path in gone:
        rmtree(path)
    if gone:
        pool.prune(folder.pool, [pool.read_index(path) for path in folder.generations()])
    return len(gone)


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied of the database, as a manifest tells it."""

    revision: str
    tables: dict[str, int]
    columns: dict[str, list[str]]
    sequences: dict[str, int]


def _sqlite(partial: Path, settings: Settings, _database: Database) -> tuple[Copied, list[str]]:
    copied = partial / sqlite.NAME
    sqlite.copy(Path(make_url(settings.database).database or ""), copied)
    copied.chmod(0o600)
    if sqlite.faults(copied):
        raise BackupRefused("backup_broken", file=copied)
    return Copied(sqlite.revision(copied), sqlite.tables(copied), {}, {}), list(sqlite.named(copied, _columns()))


def _postgresql(partial: Path, _settings: Settings, database: Database) -> tuple[Copied, list[str]]:
    with database.reading_engine.connect() as connection, connection.begin():
        rows, columns, sequences = postgresql.dump(connection, partial)
        keys = list(postgresql.named(connection, _columns()))
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    return Copied(revision, rows, columns, sequences), keys


_DIALECTS = {"sqlite": _sqlite, "postgresql": _postgresql}


def _columns() -> list[tuple[str, str]]:
    return [(column.table.name, column.name) for column in named.columns()]


def _copy_keys(settings: Settings, target: Path) -> None:
    """The keys of seal and sign-in, for their owner alone; not the ring that opens the case keys."""
    source = settings.data_dir / "keys"
    target.mkdir(mode=0o700)
    for path in sorted(source.rglob("*")):
        copied = target / path.relative_to(source)
        if path.is_dir():
            copied.mkdir(mode=0o700)
        elif path != settings.ring_file:
            copy2(path, copied)
            copied.chmod(copied.stat().st_mode & ~PRIVATE)
