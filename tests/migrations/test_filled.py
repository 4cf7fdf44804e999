"""Migrations of a database with rows in it that point to each other, on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pysqlite3 import dbapi2
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

import migrations
from procedures.database import Database
from procedures.models import Decision, Proposal, Sealing
from procedures.storing import turns
from tests.procedures.conftest import Desk, desk, procedures

__all__ = ["desk", "procedures"]  # fixtures of the neighbouring folder
BEFORE = "0041"
"""0042 changes `proposal`, to which decisions point: SQLite builds it anew for that."""


def test_what_is_pointed_to_is_changed_in_its_place(database: Database, desk: Desk) -> None:
    desk.approve(*desk.proposed())
    migrations.downgrade(database, BEFORE)
    assert points_to_itself(database)
    migrations.upgrade(database)
    assert points_to_itself(database)
    with database.read() as session:
        assert session.scalar(select(func.count(Decision.id)).join(Proposal, Proposal.id == Decision.proposal_id)) == 1


@pytest.mark.parametrize("used", [True, False])
def test_what_may_be_served_by_the_release_before_is_not_sealed_yet(
    request: pytest.FixtureRequest, database: Database, used: bool
) -> None:
    if used:
        request.getfixturevalue("procedures")
    migrations.downgrade(database, "0043")
    migrations.upgrade(database)
    with database.read() as session:
        assert session.execute(select(Sealing.begun, Sealing.done)).one() == (not used, not used)


def points_to_itself(database: Database) -> bool:
    """Whether a decision still cannot point to nothing."""
    with pytest.raises(IntegrityError), database.engine.begin() as connection:
        connection.execute(text("UPDATE proposal SET application_id = 'nowhere'"))
    return True


@pytest.mark.sqlite_only
def test_what_points_to_nothing_changes_nothing(database: Database, desk: Desk) -> None:
    desk.approve(*desk.proposed())
    migrations.downgrade(database, BEFORE)
    with database.engine.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("DELETE FROM proposal")
        raw.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(RuntimeError, match="nothing was changed: decision 1 -> proposal"):
        migrations.upgrade(database)
    assert migrations.current(database) == BEFORE
    with database.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1


@contextmanager
def another_writes(database: Database) -> Iterator[dbapi2.Connection]:
    """Somebody is in a writing transaction."""
    writer = dbapi2.connect(str(Path(database.engine.url.database)), isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    yield writer
    writer.close()


@pytest.mark.sqlite_only
def test_who_migrates_waits_longer_than_who_saves(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.0)
    tries = []

    def give_up_third(seconds: float) -> None:
        tries.append(seconds)
        if len(tries) == 3:
            writer.execute("ROLLBACK")

    monkeypatch.setattr(migrations, "sleep", give_up_third)
    migrations.downgrade(database, BEFORE)
    with another_writes(database) as writer:
        migrations.upgrade(database)
    assert len(tries) == 3
    assert migrations.current(database) == migrations.head()


@pytest.mark.sqlite_only
def test_but_not_for_ever(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.0)
    monkeypatch.setattr(migrations, "PATIENCE", 0)
    migrations.downgrade(database, BEFORE)
    with another_writes(database), pytest.raises(OperationalError, match="locked"):
        migrations.upgrade(database)
    assert migrations.current(database) == BEFORE
