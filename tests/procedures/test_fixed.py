"""Fixed statements answer what the same statement answers through SQLAlchemy, on both databases."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import bindparam, event, func, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from procedures.database import Database
from procedures.models import Job, PublishedProcedure
from procedures.storing.fixed import Fixed

AT = datetime(2026, 5, 1, 1, 2, 3, 4000, tzinfo=UTC)
_job, _published = Job.__table__, PublishedProcedure.__table__
BY_ID = select(_job).where(_job.c.id == bindparam("job_id"))
ADD = Fixed(insert(_job))


def job(job_id: str, **others: object) -> dict[str, Any]:
    """A row of the outbox."""
    row = {"id": job_id, "kind": "k", "payload": {"名": [1, None]}, "key": None, "state": "waiting", "run_at": AT}
    return {**row, "attempts": 0, "token": 0, "created_at": AT, **others}


def test_what_was_written_is_read_as_sqlalchemy_reads_it(database: Database) -> None:
    with database.write() as session:
        assert ADD.change(session, job("a", key="one")) == 1
    with database.read() as session:
        found = Fixed(BY_ID).one_or_none(session, {"job_id": "a"})
        usual = session.execute(BY_ID, {"job_id": "a"}).one()
    assert found._asdict() == usual._asdict()
    assert (found.run_at, found.payload) == (AT, {"名": [1, None]})


def test_days_and_truth_values_are_those_of_python(database: Database) -> None:
    row = {"digest": "d", "procedure_id": "p", "version": date(2026, 4, 1), "file": "f", "source": "s", "concepts": ""}
    with database.write() as session:
        session.add(PublishedProcedure(**row, published_at=AT, published_by="person:x"))
    query = (
        select(_published.c.version, _published.c.suspended).where(_published.c.version <= bindparam("day")).limit(1)
    )
    with database.read() as session:
        assert list(Fixed(query).one_or_none(session, {"day": date(2026, 4, 1)})) == [date(2026, 4, 1), False]
        assert Fixed(query).one_or_none(session, {"day": date(2026, 3, 31)}) is None


def test_changes_are_counted(database: Database) -> None:
    rename = Fixed(update(_job).where(_job.c.kind == bindparam("old")).values(kind=bindparam("new")))
    with database.write() as session:
        for number in range(3):
            ADD.change(session, job(f"{number}"))
        assert rename.change(session, {"old": "k", "new": "n"}) == 3
        assert rename.change(session, {"old": "k", "new": "n"}) == 0


def test_more_than_one_row_is_an_error_where_one_is_wanted(database: Database) -> None:
    of_kind = Fixed(select(_job.c.id).where(_job.c.kind == bindparam("wanted")).order_by(_job.c.id))
    with database.write() as session:
        ADD.change(session, job("a"))
        ADD.change(session, job("b"))
        assert [row.id for row in of_kind.all(session, {"wanted": "k"})] == ["a", "b"]
        with pytest.raises(ValueError, match="more than one"):
            of_kind.one_or_none(session, {"wanted": "k"})


@pytest.mark.parametrize("values", [{}, {"job_id": "a", "more": 1}])
def test_a_missing_or_surplus_value_is_refused(database: Database, values: dict[str, object]) -> None:
    with database.read() as session, pytest.raises(TypeError, match="takes 1 values"):
        Fixed(BY_ID).all(session, values)


def test_a_statement_that_changes_its_shape_is_refused(database: Database) -> None:
    listed = Fixed(select(_job.c.id).where(_job.c.id.in_(bindparam("ids", expanding=True))))
    with database.read() as session, pytest.raises(TypeError, match="not fixed"):
        listed.all(session, {"ids": ["a"]})


def test_errors_of_the_driver_are_those_of_sqlalchemy(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as session:
        [ADD.change(session, job(same)) for same in "aa"]
    with database.read() as session:
        assert session.execute(select(func.count()).select_from(_job)).scalar_one() == 0


def test_reading_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError), database.read() as session:
        ADD.change(session, job("a"))


def test_whoever_listens_hears_fixed_statements_too(database: Database) -> None:
    heard: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *about: heard.append(about[2]))
    with database.write() as session:
        ADD.change(session, job("a"))
        assert [row.id for row in Fixed(BY_ID).all(session, {"job_id": "a"})] == ["a"]
    assert [text.split()[0] for text in heard] == ["INSERT", "SELECT"]


def _write_both_and_fail(session: Session) -> None:
    session.add(Job(**job("object")))
    ADD.change(session, job("row"))
    session.flush()
    assert session.get(Job, "row") is not None
    raise ZeroDivisionError


def test_objects_and_fixed_statements_share_a_transaction(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as session:
        _write_both_and_fail(session)
    with database.write() as session:
        session.add(Job(**job("object")))  # written when the block ends
    with database.read() as session:
        assert session.execute(select(Job.id)).scalars().all() == ["object"]
