"""An installation with a seal, an empty one, a folder for backups, and cases."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from procedures.database import Database
from procedures.seal import create_seal_key
from tests import ringed
from tests.operating.places import Place
from tests.web.casework import Casework
from web.backups.folders import Folder
from web.settings import Settings


@pytest.fixture
def here(tmp_path: Path, database: Database) -> Place:
    url = database.engine.url.render_as_string(hide_password=False)
    found = Settings(data_dir=tmp_path / "data", database_url=url)
    create_seal_key(found.seal_dir, "東京都", datetime.now(UTC))
    return Place(found, database)


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, database: Database, tmp_path: Path) -> Iterator[Place]:
    """An installation in which nothing is."""
    if database.dialect == "sqlite":
        url = f"sqlite:///{tmp_path / 'elsewhere' / 'data' / 'tetsuzuki.db'}"
        (tmp_path / "elsewhere" / "data").mkdir(parents=True)
    else:
        source = request.getfixturevalue("postgresql_source")
        source._run("DROP DATABASE IF EXISTS elsewhere")
        source._run("CREATE DATABASE elsewhere")
        url = source.server.get_uri(database="elsewhere")
    place = Place(Settings(data_dir=tmp_path / "elsewhere" / "data", database_url=url), ringed.opened(url))
    yield place
    place.database.close()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "backups")


@pytest.fixture
def casework(here: Place, database: Database, people: dict[str, Any], now: datetime) -> Casework:
    return Casework(database, here.blobs, people, now)
