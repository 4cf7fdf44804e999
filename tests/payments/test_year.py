"""A small simulated year with a discrepancy of every kind: each is found, none invented, and all reach the worklist."""

from random import Random
from typing import get_args

import pytest
from sqlalchemy import select

from payments.models import Discrepancy
from payments.reconciliation.mismatches import Kind
from payments.reconciliation.rechecking import recheck
from procedures.database import Database
from tests.benchmarks.year.checking import check
from tests.benchmarks.year.injecting import disturbed
from tests.benchmarks.year.plan import sound
from tests.benchmarks.year.writing import noon, write


def test_each_is_found_and_none_invented(database: Database) -> None:
    chance = Random(1)
    year = disturbed(chance, sound(chance, 400, 106), 1)
    assert {kind for kind, _ in year.injected} == set(get_args(Kind)), "every kind is put in"
    write(database, year)
    for days in ({*year.days, *(payout.arrives_on for payout in year.payouts)}, ()):
        with database.write() as session:
            recheck(session, noon(year.last), days)
            noted = {(row.kind, row.provider_object) for row in session.scalars(select(Discrepancy))}
            assert noted == year.injected, "the second time the days that are open are compared again"


@pytest.mark.sqlite_only
def test_a_sound_year_has_nothing_to_tell(database: Database) -> None:
    chance = Random(3)
    year = disturbed(chance, sound(chance, 200, 15), 0)
    write(database, year)
    report = check(database, year)
    assert (report.missed, report.invented) == (set(), set())
