"""Numbered steps of the database's shape, and running them."""

from pathlib import Path
from typing import Literal

from sqlalchemy import inspect, text

from procedures.database import Database

FOLDER = Path(__file__).parent
NUMBERED = "[0-9][0-9][0-9][0-9]_*.py"


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the database up to `revision`, all in one transaction."""
    _run(database, "upgrade", revision)


def downgrade(database: Database, revision: str = "base") -> None:
    """Take the database back to `revision`; `base` is empty."""
    _run(database, "downgrade", revision)


def _run(database: Database, direction: Literal["upgrade", "downgrade"], revision: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        getattr(command, direction)(config, revision)


def head() -> str:
    """The newest revision in this installation. They are numbered, so no process has to load Alembic to know it."""
    newest = max(path.name for path in (FOLDER / "versions").glob(NUMBERED))
    return newest.partition("_")[0]


def current(database: Database) -> str | None:
    """The revision the database is at; None when it is empty."""
    with database.reading_engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.scalar(text("SELECT version_num FROM alembic_version"))
