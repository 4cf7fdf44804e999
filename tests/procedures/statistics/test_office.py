"""The figures of an office against a May that was counted by hand."""

from dataclasses import replace
from datetime import date, timedelta
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from engine.lifecycle import Event, Who
from procedures import decisions, lifecycle
from procedures.actors import SYSTEM
from procedures.models import Application, CountedDay, OfficeDay
from procedures.statistics.asked import Asked
from procedures.statistics.counting import count_day, count_days, uncounted
from procedures.statistics.measures import percentile
from procedures.statistics.reading import Report, cells, report
from procedures.statistics.standing import Standing, standing
from tests.procedures.clock.by_hand import moment
from tests.procedures.corrections.conftest import CorrectionDesk
from tests.procedures.statistics.conftest import decided

MAY = date(2026, 5, 1)
TODAY = date(2026, 5, 29)


def read(desk: CorrectionDesk, *offices: str, procedure: str | None = None) -> Report:
    with desk.database.read() as session:
        return report(session, Asked(frozenset(offices or ("hokenjo",)), MAY, MAY, procedure))


def stands(desk: CorrectionDesk, *offices: str, procedure: str | None = None, today: date = TODAY) -> Standing:
    with desk.database.read() as session:
        return standing(session, Asked(frozenset(offices or ("hokenjo",)), MAY, MAY, procedure), today)


def test_by_hand(may: CorrectionDesk) -> None:
    found = read(may)
    whole = found.whole
    assert {what: whole.of(what) for what in ("received", "approve", "partly", "refuse", "withdrawn", "lapsed")} == {
        "received": 7,
        "approve": 2,
        "partly": 0,
        "refuse": 1,
        "withdrawn": 1,
        "lapsed": 1,
    }
    assert whole.working == {1: 1, 4: 1, 11: 1}
    assert whole.calendar == {6: 1, 13: 1, 20: 1}
    assert (whole.decided, whole.median, whole.ninth) == (3, 4, 11)
    assert (whole.calendar_median, whole.calendar_ninth) == (13, 20)
    assert whole.late_share == pytest.approx(1 / 3)
    assert whole.correction_share == pytest.approx(1 / 3)
    now = stands(may)
    assert (now.open, now.late, now.with_applicant) == (1, 1, 1)  # the fifth was due on 20 May; the sixth stands still
    assert [(age.least, age.most, age.count) for age in now.ages] == [
        (0, 7, 0),
        (8, 14, 0),
        (15, 30, 1),
        (31, 60, 0),
        (61, None, 0),
    ]
    assert found.counted_at == moment("2026-05-29")


def test_by_procedure_month_and_office(may: CorrectionDesk) -> None:
    found = read(may)
    assert {id: (one.of("received"), one.decided, one.of("lapsed")) for id, one in found.procedures.items()} == {
        "permit": (6, 3, 0),
        "kennel": (1, 0, 1),
    }
    assert list(found.months) == [MAY]
    with may.database.read() as session:
        each = cells(session, Asked(frozenset({"*"}), MAY, MAY))
    assert list(each) == [("hokenjo", MAY, "kennel"), ("hokenjo", MAY, "permit")]
    assert each["hokenjo", MAY, "permit"] == found.procedures["permit"]
    assert (read(may, procedure="kennel").whole.of("received"), stands(may, procedure="kennel").open) == (1, 0)
    assert (stands(may).by_procedure, stands(may).by_office) == ({"permit": 1}, {"hokenjo": 1})
    nothing = read(may, "elsewhere")
    assert (nothing.whole.counts, stands(may, "elsewhere").open, nothing.whole.median) == ({}, 0, None)
    assert (nothing.whole.late_share, nothing.whole.correction_share) == (None, None)
    assert list(read(may, "*").offices) == ["hokenjo"]


def test_what_was_open_then_grows_older(may: CorrectionDesk) -> None:
    [group] = [age for age in stands(may, today=date(2026, 6, 1)).ages if age.count]
    assert (group.least, group.count) == (31, 1)  # 31 days after 1 May
    assert group.first_day == date(2026, 4, 2)
    assert group.last_day == MAY
    assert [age.first_day for age in stands(may).ages][-1] is None


def test_counting_again_changes_nothing_and_days_that_are_over_are_left(may: CorrectionDesk) -> None:
    def rows() -> list[object]:
        with may.database.read() as session:
            columns = (OfficeDay.day, OfficeDay.procedure_id, OfficeDay.what, OfficeDay.value, OfficeDay.count)
            return [tuple(row) for row in session.execute(select(*columns).order_by(*columns))]

    before = rows()
    with may.database.write() as session:
        for day in (MAY, date(2026, 5, 14)):
            count_day(session, day, moment("2026-05-30"))
    assert rows() == before
    with may.database.read() as session:
        assert list(uncounted(session, moment("2026-05-29T18:00"))) == [TODAY]
        assert list(uncounted(session, moment("2026-05-31"))) == [TODAY + timedelta(days=n) for n in range(3)]
        assert session.scalar(select(func.count()).select_from(CountedDay)) == 29
    assert count_days(may.database, moment("2026-05-31T00:30")) == 3
    with may.database.read() as session:  # half an hour past midnight the 30th may not be written down whole
        assert next(iter(uncounted(session, moment("2026-05-31T02:00")))) == date(2026, 5, 30)


def test_a_month_that_is_over_is_folded_and_says_the_same(may: CorrectionDesk) -> None:
    def lines() -> int:
        with may.database.read() as session:
            return session.scalar(select(func.count()).where(OfficeDay.month == MAY))

    before, found = lines(), read(may)
    count_days(may.database, moment("2026-06-02T23:00"))
    assert lines() == before  # the last days may just have been counted
    count_days(may.database, moment("2026-06-03T00:00"))
    assert lines() < before
    assert replace(read(may), counted_at=None) == replace(found, counted_at=None)
    count_days(may.database, moment("2026-06-04"))
    assert replace(read(may), counted_at=None) == replace(found, counted_at=None)
    with may.database.read() as session:
        assert set(session.scalars(select(OfficeDay.day).where(OfficeDay.month == MAY))) == {MAY}


@pytest.mark.sqlite_only
def test_a_case_that_was_handed_over_stays_where_it_was_received(may: CorrectionDesk) -> None:
    with may.database.write() as session:
        session.execute(update(Application).where(Application.status == "received").values(office="elsewhere"))
    count_days(may.database, moment("2026-06-02"))
    assert read(may).whole.of("received") == 7
    assert (stands(may).open, stands(may, "elsewhere").open) == (0, 1)


@pytest.mark.sqlite_only
def test_a_payment_that_failed_is_taken_back(desk: CorrectionDesk) -> None:
    def go(event: Event, day: str) -> None:
        with desk.database.write() as session:
            lifecycle.apply(session, SYSTEM, moment(day), case, event, who=Who.SYSTEM)

    case = desk.submitted("permit")
    go(Event.PAY, "2026-05-07")
    go(Event.UNPAY, "2026-05-08")
    count_days(desk.database, moment("2026-05-11"))
    assert read(desk).whole.of("received") == 0
    go(Event.PAY, "2026-05-11")
    count_days(desk.database, moment("2026-05-11"))
    assert read(desk).whole.of("received") == 1


@given(st.lists(st.integers(0, 40), max_size=60), st.sampled_from([50, 90]))
def test_percentiles_are_the_nearest_rank(days: list[int], percent: int) -> None:
    counts = {value: days.count(value) for value in set(days)}
    expected = sorted(days)[ceil(len(days) * percent / 100) - 1] if days else None
    assert percentile(counts, percent) == expected


def test_an_empty_installation_counts_today(desk: CorrectionDesk) -> None:
    assert count_days(desk.database, desk.now) == 1
    assert read(desk).whole.counts == {}


def test_what_is_decided_twice_in_one_moment_counts_as_both(desk: CorrectionDesk) -> None:
    """As it comes about where a clock stands; what each was does not depend on the order in which rows are read."""
    case, at = desk.claimed(), moment("2026-05-07")
    people = desk.people
    decided(desk, case, "refuse", "2026-05-07")
    change = desk.do(decisions.propose_reopening, people.sato, case, "審査請求の裁決による", now=at)
    desk.do(decisions.confirm, people.suzuki, case, change, now=at)
    decided(desk, case, "approve", "2026-05-07")
    count_days(desk.database, moment("2026-05-29"))
    whole = read(desk).whole
    assert {what: whole.of(what) for what in ("approve", "refuse")} == {"approve": 1, "refuse": 1}
