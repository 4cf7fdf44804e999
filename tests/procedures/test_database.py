"""The database is opened as the design says, and reading never writes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Event
from time import monotonic, sleep
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError, StatementError

from procedures.database import Database, UnsafeDatabase, check_sqlite, open_database
from procedures.models import AuditHead, Person, UtcDateTime, to_json
from procedures.storing import turns


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1), ("busy_timeout", 15000)],
)
def test_sqlite_is_opened_safely(database: Database, pragma: str, value: object) -> None:
    with database.read() as session:
        assert session.execute(text(f"PRAGMA {pragma}")).scalar_one() == value


def test_a_reading_transaction_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError), database.read() as session:
        session.execute(text("UPDATE audit_head SET seq = 1"))


def test_a_connection_writes_again_after_it_read(database: Database) -> None:
    for _ in range(3):
        with database.read() as session:
            session.execute(text("SELECT 1"))
        with database.write() as session:
            session.execute(text("UPDATE audit_head SET seq = seq + 1"))
    with database.read() as session:
        assert session.get_one(AuditHead, 1).seq == 3


def test_what_is_read_in_one_go_is_of_one_moment(database: Database) -> None:
    """While others write: the doctor's sums would not agree otherwise."""
    seen = []
    with database.read() as session:
        for _ in range(2):
            seen.append(session.execute(text("SELECT seq FROM audit_head")).scalar_one())
            with database.write() as other:
                other.execute(text("UPDATE audit_head SET seq = seq + 1"))
    assert seen == [0, 0]
    with database.read() as session:
        assert session.execute(text("SELECT seq FROM audit_head")).scalar_one() == 2


def test_what_raises_is_rolled_back(database: Database) -> None:
    def change() -> None:
        with database.write() as session:
            session.execute(text("UPDATE audit_head SET seq = 9"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change()
    with database.read() as session:
        assert session.get_one(AuditHead, 1).seq == 0


def test_writers_wait_for_each_other_and_lose_nothing(database: Database) -> None:
    def count(_: int) -> None:
        with database.write() as session:
            head = session.get_one(AuditHead, 1, with_for_update=True)
            head.seq += 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count, range(40)))
    with database.read() as session:
        assert session.get_one(AuditHead, 1).seq == 40


@pytest.mark.sqlite_only
def test_a_writer_begins_as_soon_as_the_other_has_ended(database: Database) -> None:
    """SQLite by itself would look again only after up to a tenth of a second."""
    waits = []
    for _ in range(3):
        begun, over = Event(), []

        def wait(begun: Event = begun, over: list[float] = over) -> None:
            begun.set()
            with database.write():
                over.append(monotonic())

        with ThreadPoolExecutor(1) as pool:
            with database.write():
                waiting = pool.submit(wait)
                begun.wait(5)
                sleep(0.25)
            ended = monotonic()
            waiting.result()
        waits.append(over[0] - ended)
    assert min(waits) < 0.02


@pytest.mark.sqlite_only
def test_a_writer_gives_up_in_the_end(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.1)
    with database.write(), pytest.raises(OperationalError, match="locked"), database.write():
        raise AssertionError("two write at once")
    with database.write() as session:
        assert session.execute(text("PRAGMA busy_timeout")).scalar_one() == 100


def test_foreign_keys_hold(database: Database) -> None:
    with pytest.raises(DBAPIError), database.write() as session:
        session.execute(text("INSERT INTO staff_role (person_id, role, office) VALUES ('nobody', 'clerk', '*')"))


def test_a_moment_comes_back_as_it_was(database: Database) -> None:
    tokyo = datetime(2026, 5, 1, 10, 0, 0, 123456, tzinfo=timezone(timedelta(hours=9)))
    with database.write() as session:
        session.add(Person(id="a", issuer="i", subject="s", name="髙 𠮷 葛󠄀", created_at=tokyo, seen_at=tokyo))
    with database.read() as session:
        person = session.get_one(Person, "a")
        assert person.created_at == tokyo
        assert person.created_at.tzinfo is UTC
        assert person.name == "髙 𠮷 葛󠄀"


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 5, 1)  # noqa: DTZ001 - the mistake under test
    with pytest.raises(StatementError), database.write() as session:
        session.add(Person(id="a", issuer="i", subject="s", name="n", created_at=naive, seen_at=naive))


def test_an_old_sqlite_is_refused_with_several_processes() -> None:
    old = SimpleNamespace(sqlite_version_info=(3, 51, 2), sqlite_version="3.51.2")
    check_sqlite(old, 1)
    with pytest.raises(UnsafeDatabase, match=r"3\.51\.3"):
        check_sqlite(old, 2)
    check_sqlite(SimpleNamespace(sqlite_version_info=(3, 51, 3), sqlite_version="3.51.3"), 8)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_sqlite_in_memory_is_refused(url: str) -> None:
    with pytest.raises(UnsafeDatabase):
        open_database(url)


def test_a_folder_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(DBAPIError), open_database(f"sqlite:///{tmp_path}/missing/x.db").read() as session:
        session.execute(text("SELECT 1"))


@given(st.datetimes(timezones=st.timezones()))
def test_moments_are_stored_in_utc(moment: datetime) -> None:
    dialect = SimpleNamespace(name="sqlite")
    stored = UtcDateTime().process_bind_param(moment, dialect)
    assert stored.tzinfo is None
    assert UtcDateTime().process_result_value(stored, dialect) == moment.astimezone(UTC)


@given(st.dictionaries(st.text(), st.integers() | st.text()))
def test_one_spelling_for_one_value(value: dict[str, object]) -> None:
    assert to_json(value) == to_json(dict(reversed(value.items())))
