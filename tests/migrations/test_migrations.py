"""Migrations lead from empty to exactly the models, and back to empty."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

import migrations
import payments.models  # noqa: F401 - its tables join the same metadata
from procedures.database import Database
from procedures.models import Base


def test_migrations_equal_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == [], (
            "Models and migrations differ: write the next numbered migration for what is listed."
        )


def test_the_database_is_at_the_newest_revision(database: Database) -> None:
    assert migrations.current(database) == migrations.head()


def test_back_to_empty_and_up_again(database: Database) -> None:
    migrations.downgrade(database)
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version"}
    assert migrations.current(database) is None
    if database.dialect == "postgresql":
        with database.read() as session:
            left = session.execute(text("SELECT count(*) FROM pg_proc WHERE proname LIKE 'refuse%'")).scalar_one()
        assert left == 0
    migrations.upgrade(database)
    assert migrations.current(database) == migrations.head()


def test_migrations_are_numbered_without_a_gap() -> None:
    files = sorted(path.name for path in (Path(migrations.__file__).parent / "versions").glob("[0-9]*.py"))
    assert [name[:4] for name in files] == [f"{number:04}" for number in range(1, len(files) + 1)]


def test_upgrading_twice_changes_nothing(database: Database) -> None:
    migrations.upgrade(database)
    assert migrations.current(database) == migrations.head()
