"""Numbers of papers run on without a gap or a double, whoever dies between reserving a number and handing it out."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from procedures.actors import SYSTEM, Actor
from procedures.checks.numbers import paper_numbers
from procedures.database import Database
from procedures.models import CertificateCounter, PaperNumber
from procedures.papers.numbers import cancel, hand_out, reserve

CASE = "case"
OFFICES = ("hokenjo", "shuzei")


class Killed(Exception):
    """What happens to a worker in the middle of its transaction."""


def numbers(database: Database) -> list[PaperNumber]:
    with database.read() as session:
        return list(session.scalars(select(PaperNumber).order_by(PaperNumber.number)))


def reserved(database: Database, now: datetime, office: str = "hokenjo", *, killed: bool = False) -> str:
    with database.write() as session:
        number = reserve(session, now, "certificate", office, CASE, "permit")
        if killed:
            raise Killed
    return number


def test_series_and_years_are_counted_apart(database: Database, now: datetime) -> None:
    april = datetime(2027, 3, 31, 15, 0, tzinfo=UTC)  # the first of April in Tokyo
    with database.write() as session:
        given = [
            reserve(session, moment, kind, office, CASE, "x")
            for moment, kind, office in (
                (now, "certificate", "hokenjo"),
                (now, "letter", "hokenjo"),
                (now, "receipt", "hokenjo"),
                (now, "certificate", "shuzei"),
                (april - timedelta(seconds=1), "certificate", "hokenjo"),
                (april, "certificate", "hokenjo"),
            )
        ]
    assert given == [
        "hokenjo-2026-000001",
        "L-hokenjo-2026-000001",
        "R-hokenjo-2026-000001",
        "shuzei-2026-000001",
        "hokenjo-2026-000002",
        "hokenjo-2027-000001",
    ]


def test_a_rolled_back_number_is_given_again(database: Database, now: datetime) -> None:
    assert reserved(database, now).endswith("000001")
    with pytest.raises(Killed):
        reserved(database, now, killed=True)
    assert reserved(database, now).endswith("000002")
    assert [row.position for row in numbers(database)] == [1, 2]


def test_a_number_ends_once(database: Database, now: datetime, sato: Actor) -> None:
    first, second = reserved(database, now), reserved(database, now)
    with database.write() as session:
        assert hand_out(session, now, first)
        assert not hand_out(session, now, first)
        assert not cancel(session, sato, now, first, "書き損じ")
        assert cancel(session, sato, now, second, "書き損じ")
        assert not hand_out(session, now, second)
    kept = {row.number: row for row in numbers(database)}
    assert kept[first].handed_out_at == now
    assert (kept[second].cancel_reason, kept[second].cancelled_by) == ("書き損じ", "person:sato")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM paper_number",
        "UPDATE paper_number SET position = 7",
        "UPDATE paper_number SET number = 'hokenjo-2026-000007'",
        "UPDATE paper_number SET application_id = 'another'",
    ],
)
def test_the_database_keeps_the_register(database: Database, now: datetime, statement: str) -> None:
    reserved(database, now)

    def damage() -> None:
        with database.write() as session:
            session.execute(text(statement))

    with pytest.raises(DBAPIError):
        damage()


def test_handed_out_and_cancelled_at_once_is_refused(database: Database, now: datetime) -> None:
    number = reserved(database, now)

    def damage() -> None:
        with database.write() as session:
            row = session.get_one(PaperNumber, number)
            row.handed_out_at = row.cancelled_at = now

    with pytest.raises(IntegrityError):
        damage()


def paper(database: Database, now: datetime, random: Random) -> Iterator[None]:
    """The life of one paper with a death at any of its points; each step is one transaction."""
    number = None
    while number is None:
        with suppress(Killed):
            number = reserved(database, now, random.choice(OFFICES), killed=random.random() < 0.3)
        yield
    for _ in range(random.randrange(3)):  # tried again, it is the same number
        with suppress(Killed), database.write() as session:
            hand_out(session, now, number)
            raise Killed
        yield
    with database.write() as session:
        if random.random() < 0.2:
            assert cancel(session, SYSTEM, now, number, "作れない")
        elif random.random() < 0.8:
            assert hand_out(session, now, number)
    yield


def whole(database: Database) -> None:
    with database.read() as session:
        assert list(paper_numbers(session)) == []
        counted = {row.office: row.last for row in session.scalars(select(CertificateCounter))}
    for office in OFFICES:
        given = [row.position for row in numbers(database) if row.series == office]
        assert sorted(given) == list(range(1, counted.get(office, 0) + 1))


@pytest.mark.parametrize("seed", range(4))
def test_papers_in_any_order_with_any_deaths(database: Database, now: datetime, seed: int) -> None:
    random = Random(seed)
    lives = [paper(database, now, random) for _ in range(12)]
    while lives:
        life = random.choice(lives)
        if next(life, "over") == "over":
            lives.remove(life)
    assert len(numbers(database)) == 12
    whole(database)


def test_workers_that_race_and_die(database: Database, now: datetime) -> None:
    def work(seed: int) -> None:
        random = Random(seed)
        for _ in range(6):
            for _step in paper(database, now, random):
                pass

    with ThreadPoolExecutor(4) as workers:
        for done in [workers.submit(work, seed) for seed in range(4)]:
            done.result()
    assert len(numbers(database)) == 24
    whole(database)
