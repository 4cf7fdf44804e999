"""The worklist: filters, counts, pages, and bands of age at their edges."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from payments.discrepancies import note
from payments.discrepancies.aging import BANDS, age, band_of, moments
from payments.discrepancies.listing import PAGE, Filter, worklist
from payments.models import Discrepancy
from procedures.database import Database

TODAY = date(2026, 5, 1)
NOON = datetime(2026, 5, 1, 3, tzinfo=UTC)


@given(st.integers(0, 400), st.integers(0, 86_399))
def test_each_age_is_in_just_one_band(days: int, second: int) -> None:
    start = datetime(2026, 4, 30, 15, tzinfo=UTC)
    found_at = start - timedelta(days=days) + timedelta(seconds=second)
    assert age(found_at, TODAY) == days
    band = band_of(days)
    for index in range(len(BANDS)):
        since, until = moments(index, TODAY)
        within = (since is None or found_at >= since) and (until is None or found_at < until)
        assert within == (index == band)


def fill(database: Database, ages: list[int], kind: str = "not_recorded") -> None:
    with database.write() as session:
        for index, days in enumerate(ages):
            note(session, NOON - timedelta(days=days), kind, f"{kind}{index}", "-", "1", None)


def listed(database: Database, wanted: Filter) -> list[str]:
    with database.read() as session:
        return [item.view.provider_object for item in worklist(session, TODAY, wanted).items]


def test_by_band_and_kind(database: Database) -> None:
    fill(database, [0, 7, 8, 30, 31, 90, 91, 400])
    fill(database, [3], "payout_failed")
    with database.read() as session:
        found = worklist(session, TODAY, Filter())
    assert (found.count, found.pages, found.proposed) == (9, 1, 0)
    assert found.by_band == [3, 2, 2, 2]
    assert found.by_kind == {"not_recorded": 8, "payout_failed": 1}
    assert [item.days for item in found.items] == [400, 91, 90, 31, 30, 8, 7, 3, 0], "the oldest first"
    assert listed(database, Filter(band=1)) == ["not_recorded3", "not_recorded2"]
    assert listed(database, Filter(kind="payout_failed")) == ["payout_failed0"]
    assert listed(database, Filter(kind="nothing")) == []


@pytest.mark.sqlite_only
def test_by_state_and_who_looks_after_it(database: Database) -> None:
    fill(database, [1, 2, 3])
    with database.write() as session:
        row = Discrepancy.__table__
        session.execute(
            update(row)
            .where(row.c.provider_object == "not_recorded0")
            .values(resolved_at=NOON, resolved_by="system", resolution="matches_now")
        )
        session.execute(update(row).where(row.c.provider_object == "not_recorded1").values(assigned_to="person:tanaka"))
    assert listed(database, Filter(standing="resolved")) == ["not_recorded0"]
    assert listed(database, Filter(assigned="person:tanaka")) == ["not_recorded1"]
    assert listed(database, Filter(assigned="")) == ["not_recorded2"]
    assert listed(database, Filter(standing="proposed")) == []


@pytest.mark.sqlite_only
def test_page_by_page(database: Database) -> None:
    fill(database, list(range(PAGE + 5)))
    first, second = listed(database, Filter()), listed(database, Filter(page=2))
    assert (len(first), len(second)) == (PAGE, 5)
    assert not set(first) & set(second)
    assert listed(database, Filter(page=99)) == second, "a page beyond the last is the last"


def test_what_went_away_and_is_back_is_open_again(database: Database) -> None:
    with database.write() as session:
        assert note(session, NOON, "not_recorded", "t", "-", "1", None, day=TODAY)
        assert not note(session, NOON, "not_recorded", "t", "-", "1", None, day=TODAY)
        row = Discrepancy.__table__
        session.execute(update(row).values(resolved_at=NOON, resolved_by="system", resolution="matches_now"))
        assert note(session, NOON, "not_recorded", "t", "-", "2", None, day=TODAY)
        session.execute(update(row).values(resolved_at=NOON, resolved_by="person:tanaka", resolution="explained"))
        assert not note(session, NOON, "not_recorded", "t", "-", "2", None, day=TODAY)
