"""The way back: files first, the database last; a restore that died is begun again and ends like one that did not."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy2, copyfile

from sqlalchemy import Connection, create_engine, event, inspect
from sqlalchemy.engine import make_url

import migrations
from procedures.database import Database
from procedures.keeping.restored import finish_erasures
from web.backups import apart, manifest, pool, postgresql, sqlite
from web.backups.folders import MARK, BackupRefused, Folder, write_whole
from web.backups.manifest import Manifest
from web.backups.taking import KEYS
from web.settings import Settings

AT_ONCE = 100
"""How many erasures one transaction finishes."""
Open = Callable[[], Database]


def restore(
    folder: Folder, generation: Path, settings: Settings, open_it: Open, told: pool.Progress, *, over: bool
) -> tuple[int, int]:
    """Bring a generation back into the installation of `settings`.

    Returns how many case keys came with it, and how many cases were erased again that had been erased since.

    Raises `BackupRefused` where the generation does not fit, or where the installation is in use and `over` is not
    said. `open_it` opens the installation's database.
    """
    said = manifest.read(generation)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    if not apart.is_whole(folder.case_keys):
        raise BackupRefused("restore_without_keys", file=folder.case_keys)
    _admit(said, generation, settings, open_it, over=over)
    write_whole(settings.data_dir / MARK, generation.name)
    settings.blobs_dir.mkdir(parents=True, exist_ok=True)
    pool.give_back(folder.pool, settings.blobs_dir, pool.read_index(generation), told)
    _bring_keys(generation / KEYS, settings.data_dir / "keys")
    os.sync()
    if said.dialect == "sqlite":
        count = _sqlite(folder, generation, Path(make_url(settings.database).database or ""))
    else:
        count = _postgresql(folder, generation, said, open_it)
    database = open_it()
    try:
        migrations.upgrade(database)
        erased = _finish_erasures(database)
    finally:
        database.close()
    (settings.data_dir / MARK).unlink()
    return count, erased


def _finish_erasures(database: Database) -> int:
    """Cases that were erased after this backup was made: their keys are gone, and now the rest of them; how many."""
    total, found = 0, AT_ONCE
    while found == AT_ONCE:
        with database.write() as session:
            found = finish_erasures(session, datetime.now(UTC), AT_ONCE)
        total += found
    return total


def _admit(said: Manifest, generation: Path, settings: Settings, open_it: Open, *, over: bool) -> None:
    dialect = make_url(settings.database).get_backend_name()
    if said.dialect != dialect:
        raise BackupRefused("restore_other_database", there=said.dialect, here=dialect)
    if said.revision > migrations.head():
        raise BackupRefused("restore_too_new", revision=said.revision, needed=migrations.head())
    mark = settings.data_dir / MARK
    goes_on = mark.exists() and mark.read_text(encoding="utf-8") == generation.name
    if not over and not goes_on and _is_used(settings, open_it):
        raise BackupRefused("restore_used", folder=settings.data_dir)


def _is_used(settings: Settings, open_it: Open) -> bool:
    """Whether there is a database with anything in it, or a file that was kept."""
    if any(settings.blobs_dir.glob("??/*")):
        return True
    file = make_url(settings.database).database if settings.database.startswith("sqlite") else None
    if file is not None and not Path(file).exists():
        return False
    database = open_it()
    try:
        with database.reading_engine.connect() as connection:
            return bool(inspect(connection).get_table_names())
    finally:
        database.close()


def _sqlite(folder: Folder, generation: Path, target: Path) -> int:
    """Beside the place where it belongs, and into that in one step."""
    made = target.with_name(f"{target.name}.restoring")
    copyfile(generation / sqlite.NAME, made)
    made.chmod(0o600)
    engine = create_engine(f"sqlite:///{made}", module=_driver(), connect_args={"isolation_level": None})
    event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA journal_mode = MEMORY"))
    event.listen(engine, "begin", lambda connection: connection.connection.driver_connection.execute("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        count = apart.load(connection, folder.case_keys)
    engine.dispose()
    descriptor = os.open(made, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
    for beside in ("-wal", "-shm", "-journal"):
        target.with_name(target.name + beside).unlink(missing_ok=True)
    made.replace(target)
    return count


def _driver() -> object:
    from pysqlite3 import dbapi2

    return dbapi2


def _postgresql(folder: Folder, generation: Path, said: Manifest, open_it: Open) -> int:
    """All of it in one transaction: the shape that it had, the rows, the case keys."""
    database = open_it()
    try:
        with database.engine.begin() as connection:
            return _refill(connection, folder, generation, said)
    finally:
        database.close()


def _refill(connection: Connection, folder: Folder, generation: Path, said: Manifest) -> int:
    postgresql.empty(connection)
    migrations.run_within(connection, "upgrade", said.revision)
    postgresql.load(connection, generation, said.columns, said.sequences)
    return apart.load(connection, folder.case_keys)


def _bring_keys(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in sorted(source.rglob("*")):
        copied = target / path.relative_to(source)
        if path.is_dir():
            copied.mkdir(exist_ok=True, mode=0o700)
        else:
            copy2(path, copied)
