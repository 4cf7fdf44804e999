"""The standard period stands still while a case is with its applicant: no business day is lost or gained."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import add_business_days, business_days_before, business_days_between, is_business_day, open_day
from engine.lifecycle import Status
from procedures import decisions
from procedures.corrections import requesting, resubmitting
from procedures.standard_period import last_day, pauses
from tests.procedures.corrections.conftest import CorrectionDesk

DAYS = st.dates(date(2019, 12, 1), date(2031, 1, 31))
GAPS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6)


@given(DAYS, st.integers(1, 60), GAPS)
def test_no_business_day_is_lost_or_gained(received: date, days: int, gaps: list[tuple[int, int]]) -> None:
    """Each gap: so many days with the office, then so many with the applicant."""
    standstills, today, used = [], received, 0
    for with_office, with_applicant in gaps:
        asked = today + timedelta(days=with_office)
        used += business_days_between(today, asked)
        today = asked + timedelta(days=with_applicant)
        standstills.append((asked, today))
        due = last_day(received, days, standstills)
        assert business_days_between(today, due) == days - used
        assert is_business_day(due)


@given(DAYS, st.integers(1, 60), GAPS, st.randoms(use_true_random=False))
def test_the_order_of_pauses_does_not_matter(
    received: date, days: int, gaps: list[tuple[int, int]], random: object
) -> None:
    standstills = [(received + timedelta(days=a), received + timedelta(days=a + b)) for a, b in gaps]
    mixed = list(standstills)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert last_day(received, days, standstills) == last_day(received, days, mixed)


@given(DAYS, st.integers(0, 80))
def test_so_many_business_days_before(day: date, count: int) -> None:
    found = business_days_before(day, count)
    assert business_days_between(found, day) == count
    assert open_day(day) >= day
    assert is_business_day(open_day(day))


def test_days_before_are_counted_forwards() -> None:
    with pytest.raises(ValueError, match="negative"):
        business_days_before(date(2026, 5, 1), -1)


def test_from_when_until_when() -> None:
    at = [datetime(2026, 5, day, 1, tzinfo=UTC) for day in range(1, 9)]
    changes = [
        (at[0], "awaiting_fee", "received"),
        (at[1], "in_review", "correction_requested"),
        (at[3], "correction_requested", "in_review"),
        (at[5], "in_review", "correction_requested"),
        (at[6], "correction_requested", "withdrawn"),
    ]
    assert list(pauses(changes)) == [(date(2026, 5, 2), date(2026, 5, 4)), (date(2026, 5, 6), date(2026, 5, 7))]
    assert list(pauses(changes[:4])) == [(date(2026, 5, 2), date(2026, 5, 4))]


def test_taken_back_counts_as_well_and_a_send_back_does_not(desk: CorrectionDesk) -> None:
    case = desk.asked(("name",))
    later = desk.now + timedelta(days=7)  # Friday 8 May, two business days on
    desk.do(requesting.take_back, desk.people.sato, case, now=later)
    assert desk.see(case).due_on == date(2026, 5, 22)
    proposal = desk.do(decisions.propose, desk.people.sato, case, "approve", now=later)
    desk.do(decisions.send_back, desk.people.suzuki, case, proposal, "もう一度", now=later + timedelta(days=9))
    assert desk.see(case).due_on == date(2026, 5, 22)


def test_a_period_that_follows_from_the_answers_is_counted_anew(desk: CorrectionDesk) -> None:
    case = desk.kennel()
    assert desk.see(case).due_on == date(2026, 5, 20)
    desk.ask(case, ("kind",))
    desk.change(case, ("kind",), "firm")
    desk.change(case, ("firm_name",), "犬商会")
    later = desk.now + timedelta(days=7)
    assert desk.do(resubmitting.resubmit, desk.people.hanako, case, 3, "s", now=later).status is Status.IN_REVIEW
    assert desk.see(case).due_on == add_business_days(date(2026, 5, 1), 20 + 2)
