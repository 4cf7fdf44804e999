"""Installations that are backed up and restored in tests."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import inspect, literal_column, select, table

from payments import doctor as money_doctor
from procedures import doctor
from procedures.blobs.disk import DiskBlobs
from procedures.database import Database
from tests import ringed
from web.backups import restoring
from web.backups.folders import Folder
from web.backups.taking import Taken, take
from web.settings import Settings


def kept(place: "Place") -> list[str]:
    """The keys of its files."""
    return place.blobs.keys()


def quiet(_done: int, _of: int) -> None:
    """Nobody looks."""


@dataclass
class Place:
    """An installation: its settings and its database."""

    settings: Settings
    database: Database
    moment: datetime = datetime(2026, 5, 1, 1, 0, tzinfo=UTC)

    @property
    def blobs(self) -> DiskBlobs:
        return DiskBlobs(self.settings.blobs_dir)

    def clock(self) -> datetime:
        return self.moment

    def back_up(self, folder: Folder) -> Taken:
        self.moment += timedelta(hours=1)
        with folder.alone():
            return take(folder, self.settings, self.database, self.clock, quiet)

    def restore(self, folder: Folder, name: str | None = None, *, over: bool = False) -> tuple[int, int]:
        url = self.settings.database
        with folder.alone():
            generation = folder.generation(name)
            return restoring.restore(folder, generation, self.settings, lambda: ringed.opened(url), quiet, over=over)

    def rows(self) -> dict[str, list[Any]]:
        """Every row of every table, but signs of life."""
        with self.database.reading_engine.connect() as connection:
            names = set(inspect(connection).get_table_names()) - {"heartbeat"}
            found = {}
            for name in names:
                query = select(literal_column("*")).select_from(table(name))
                found[name] = sorted(map(repr, connection.execute(query).all()))
        return found

    def findings(self) -> list[object]:
        with self.database.read() as session:
            return [*doctor.run(session, self.blobs), *money_doctor.run(session, self.blobs)]
