"""Numbered steps of the database's shape, and running them."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from procedures.database import Database


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the database up to `revision`, all in one transaction."""
    _run(database, command.upgrade, revision)


def downgrade(database: Database, revision: str = "base") -> None:
    """Take the database back to `revision`; `base` is empty."""
    _run(database, command.downgrade, revision)


def _run(database: Database, step: object, revision: str) -> None:
    config = _config()
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        step(config, revision)


def head() -> str:
    """The newest revision in this installation."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def current(database: Database) -> str | None:
    """The revision the database is at; None when it is empty."""
    with database.reading_engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
