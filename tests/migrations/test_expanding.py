"""The release before goes on working on a newer shape; what it needs is taken away only with a word that says so."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event, text

import migrations
from migrations.expanding import contracts, taken_away
from procedures.database import Database

FLOOR_SINCE = next(
    path.name.partition("_")[0]
    for path in sorted((migrations.FOLDER / "versions").glob(migrations.NUMBERED))
    if "schema_floor" in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("DROP TABLE draft", "takes a table away"),
        ('ALTER TABLE "job" DROP COLUMN key', "takes a column away"),
        ("ALTER TABLE job RENAME TO task", "renames a table"),
        ("ALTER TABLE job RENAME kind TO sort", "renames a column"),
        ("ALTER TABLE job RENAME COLUMN kind TO sort", "renames a column"),
        ("ALTER TABLE job ALTER COLUMN key SET NOT NULL", "demands a value"),
        ("ALTER TABLE job ALTER COLUMN attempts TYPE BIGINT", "changes a type"),
        ("ALTER TABLE job ADD COLUMN x TEXT NOT NULL", "demands a value that earlier releases do not give"),
        ("ALTER TABLE job ADD CONSTRAINT ck_job CHECK (attempts < 9)", "refuses what was allowed"),
        ("CREATE UNIQUE INDEX uq_job ON job (payload)", "refuses what was there twice"),
        ("CREATE TRIGGER job_frozen BEFORE UPDATE ON job FOR EACH ROW EXECUTE FUNCTION f()", "refuses changes"),
        ("\n  ALTER TABLE job\n  DROP COLUMN key", "takes a column away"),
    ],
)
def test_what_takes_away(statement: str, what: str) -> None:
    assert [found for found, _ in taken_away([statement])] == [what]


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE job ADD COLUMN request_id TEXT",
        "ALTER TABLE job ADD COLUMN tries INTEGER DEFAULT '0' NOT NULL",
        "CREATE INDEX ix_job_key ON job (key)",
        "DROP INDEX ix_job_due",
        "ALTER TABLE job ALTER COLUMN key DROP NOT NULL",
        "ALTER TABLE job DROP CONSTRAINT ck_job",
        "UPDATE job SET attempts = 0",
        "CREATE TABLE heartbeat (name TEXT NOT NULL)",
    ],
)
def test_what_only_adds(statement: str) -> None:
    assert list(taken_away([statement])) == []


def test_a_trigger_may_take_the_place_of_another() -> None:
    made = "CREATE TRIGGER job_frozen BEFORE UPDATE ON job FOR EACH ROW EXECUTE FUNCTION g()"
    assert list(taken_away(["DROP TRIGGER job_frozen ON job", made])) == []
    assert list(taken_away(["DROP TRIGGER task_frozen ON task", made])) == [("refuses changes", "job")]


def test_a_table_of_the_migration_itself_is_nobody_elses() -> None:
    made = ["CREATE TABLE fresh (id TEXT)", "CREATE UNIQUE INDEX uq_fresh ON fresh (id)", "DROP TABLE fresh"]
    assert list(taken_away(made)) == []
    assert list(taken_away(made[1:])) != []


@pytest.mark.postgresql_only
def test_new_migrations_say_what_they_take_away(database: Database) -> None:
    """Each of them run, and what it did looked at."""
    migrations.downgrade(database, FLOOR_SINCE)
    for revision, what in migrations.pending(database):
        with _watched(database) as statements:
            migrations.upgrade(database, revision)
        taken = list(taken_away(statements))
        assert not taken or contracts(statements), (
            f"Migration {revision} ({what}) {taken}. The release before still works on this database while an upgrade "
            "is under way: add first, take away in a later migration that calls "
            "migrations.expanding.contract('<the first revision whose release does not need it>')."
        )


@contextmanager
def _watched(database: Database) -> Iterator[list[str]]:
    statements: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", hear)
    yield statements
    event.remove(database.engine, "before_cursor_execute", hear)


@pytest.mark.parametrize(
    ("there", "floor", "needed", "fits"),
    [
        ("0041", "0039", "0041", True),
        ("0041", "0039", "0042", False),  # our own is to come yet
        ("0042", "0039", "0041", True),  # an upgrade is under way
        ("0042", "0041", "0041", True),
        ("0043", "0042", "0041", False),  # what we need was taken away
    ],
)
@pytest.mark.sqlite_only
def test_which_release_fits(database: Database, there: str, floor: str, needed: str, fits: bool) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :there"), {"there": there})
        connection.execute(text("UPDATE schema_floor SET revision = :floor"), {"floor": floor})
    assert migrations.fits(database, needed) is fits


@pytest.mark.sqlite_only
def test_no_release_is_promised_that_does_not_ask(database: Database) -> None:
    """Before there was a floor a release fitted its own shape alone, and said so on `/readyz`."""
    with database.read() as session:
        assert session.scalar(text("SELECT revision FROM schema_floor")) >= FLOOR_SINCE


@pytest.mark.sqlite_only
def test_what_is_to_be_done_is_told(database: Database) -> None:
    assert migrations.pending(database) == []
    migrations.downgrade(database, "0038")
    told = migrations.pending(database)
    assert told[0][0] == "0039"
    assert told[-1][0] == migrations.head()
    assert all(what.endswith(".") for _, what in told)


@pytest.mark.sqlite_only
def test_an_empty_database_fits_nobody(database: Database) -> None:
    migrations.downgrade(database)
    assert not migrations.fits(database, migrations.head())
