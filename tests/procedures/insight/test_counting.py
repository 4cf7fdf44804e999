"""Counts: in memory until it is time, then added to those of the database, from several processes at once."""

from datetime import date, datetime, timedelta
from threading import Thread

from sqlalchemy import select

from procedures.database import Database
from procedures.insight.counting import EVERY, Counts, write
from procedures.insight.measures import Happening, Measure
from procedures.models import JourneyCount

DAY = date(2026, 5, 1)


def shown(page: str = "owner") -> Happening:
    return Happening("dog-registration", date(2026, 4, 1), DAY, page, Measure.SHOWN)


def kept(database: Database) -> dict[str, int]:
    with database.read() as session:
        return {row.page: row.count for row in session.scalars(select(JourneyCount))}


def test_what_is_written_twice_adds_up(database: Database) -> None:
    for counts in ({shown(): 2, shown("dogs"): 1}, {shown(): 3}, {}):
        with database.write() as session:
            write(session, counts)
    assert kept(database) == {"owner": 5, "dogs": 1}


def test_it_is_written_every_few_seconds(now: datetime) -> None:
    counts = Counts()
    assert not counts.due(now)
    counts.add(shown(), shown())
    assert not counts.due(now)
    assert not counts.due(now + EVERY - timedelta(seconds=1))
    assert counts.due(now + EVERY)
    assert counts.take(now + EVERY) == {shown(): 2}
    assert not counts.due(now + 2 * EVERY)


def test_what_could_not_be_written_waits_on(now: datetime) -> None:
    counts = Counts()
    counts.add(shown())
    taken = counts.take(now)
    counts.add(shown())
    counts.put_back(taken)
    assert counts.take(now) == {shown(): 2}


def test_nothing_is_lost_between_threads(now: datetime) -> None:
    counts, taken = Counts(), []
    adding = [Thread(target=lambda: [counts.add(shown()) for _ in range(500)]) for _ in range(4)]
    for thread in adding:
        thread.start()
    while any(thread.is_alive() for thread in adding):
        taken.append(counts.take(now))
    for thread in adding:
        thread.join()
    taken.append(counts.take(now))
    assert sum(some.get(shown(), 0) for some in taken) == 2_000
