"""Until when a certificate is good: periods as the Civil Code counts them, and days that follow from the answers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import CertificateKind, Procedure, Text
from engine.papers.validity import NoLastDay, is_issued, last_day, scope_at
from engine.tree import check_tree
from tests.engine.language.specs import SPECS

FEATURE = SPECS / "features" / "certificates-of-all-kinds.yaml"
TITLE = Text("証")
PROCEDURE: Procedure = check_tree({FEATURE.name: FEATURE.read_bytes()}).procedures[FEATURE.name]
PERMIT, CARD, SLIP = PROCEDURE.certificates
ANSWERS = {"name": "花子", "amount": 100, "paper": True, "last": "2026-12-31"}
DAY = date(2026, 5, 1)


def kind(**valid: int) -> CertificateKind:
    return CertificateKind(id="x", title=TITLE, template="t", statement=TITLE, shows=(), **valid)


def until(one: CertificateKind, start: date, **answers: object) -> date | None:
    return last_day(one, start, scope_at(PROCEDURE, {**ANSWERS, **answers}, {}, start))


@given(st.dates(date(2019, 5, 1), date(2100, 12, 31)), st.integers(1, 10))
def test_years_end_the_day_before_the_same_date(start: date, years: int) -> None:
    after = until(kind(valid_years=years), start) + timedelta(days=1)
    assert after.year == start.year + years
    assert (after.month, after.day) == (start.month, start.day) or (start.month, start.day) == (2, 29)


@pytest.mark.parametrize(
    ("valid", "start", "last"),
    [
        ({"valid_years": 1}, date(2028, 2, 29), date(2029, 2, 28)),
        ({"valid_years": 4}, date(2028, 2, 29), date(2032, 2, 28)),
        ({"valid_months": 1}, date(2026, 1, 31), date(2026, 2, 28)),
        ({"valid_months": 1}, date(2028, 1, 31), date(2028, 2, 29)),
        ({"valid_months": 6}, date(2026, 5, 1), date(2026, 10, 31)),
        ({"valid_months": 6}, date(2026, 8, 31), date(2027, 2, 28)),
        ({"valid_months": 12}, date(2026, 12, 1), date(2027, 11, 30)),
        ({"valid_days": 1}, date(2026, 5, 1), date(2026, 5, 1)),
        ({"valid_days": 30}, date(2026, 5, 1), date(2026, 5, 30)),
        ({}, date(2026, 5, 1), None),
    ],
)
def test_by_hand(valid: dict[str, int], start: date, last: date | None) -> None:
    assert until(kind(**valid), start) == last


def test_a_day_of_the_answers() -> None:
    assert until(CARD, DAY) == date(2026, 12, 31)
    assert until(CARD, date(2026, 12, 31)) == date(2026, 12, 31)


@pytest.mark.parametrize(("start", "answer"), [(date(2027, 1, 1), "2026-12-31"), (DAY, "31.12.2026"), (DAY, None)])
def test_no_day_is_never_for_ever(start: date, answer: str | None) -> None:
    with pytest.raises(NoLastDay):
        until(CARD, start, last=answer)


@pytest.mark.parametrize(
    ("answers", "staff", "issued"),
    [
        ({}, {"provisional": False}, True),
        ({}, {"provisional": True}, False),
        ({}, {}, False),  # staff did not say: not known to be true
        ({"paper": False}, {"provisional": False}, False),
    ],
)
def test_issued_by_what_staff_filled_in(answers: dict[str, object], staff: dict[str, object], *, issued: bool) -> None:
    scope = scope_at(PROCEDURE, {**ANSWERS, **answers}, staff, DAY)
    assert is_issued(CARD, scope) is issued
    assert is_issued(PERMIT, scope)
