"""Who is away: entered by themselves or their manager, in days of Tokyo, with a stand-in or without."""

from datetime import date, timedelta

import pytest

from procedures.assigning import presence
from procedures.assigning.presence import AbsenceRefused
from procedures.errors import NotFound
from tests.procedures.assigning.conftest import ELSEWHERE, House, staff

TODAY = date(2026, 5, 1)

pytestmark = pytest.mark.sqlite_only


def days(first: int, last: int) -> tuple[date, date]:
    return TODAY + timedelta(first), TODAY + timedelta(last)


def away(house: House, person: str, day: date) -> bool:
    with house.database.read() as session:
        return person in presence.absent(session, [person, "other"], day)


def test_both_days_count_and_none_beside_them(house: House) -> None:
    house.do(presence.enter, house.hire("abe"), "abe", *days(2, 4))
    found = [offset for offset in range(7) if away(house, "abe", TODAY + timedelta(offset))]
    assert found == [2, 3, 4]


def test_called_off_they_are_there_again(house: House) -> None:
    abe = house.hire("abe")
    absence = house.do(presence.enter, abe, "abe", *days(0, 3))
    assert away(house, "abe", TODAY)
    for _ in range(2):
        house.do(presence.call_off, abe, absence)
    assert not away(house, "abe", TODAY)


def test_colleagues_see_until_when_and_who_stands_in(house: House) -> None:
    abe = house.hire("abe")
    house.hire("baba")
    house.do(presence.enter, abe, "abe", *days(0, 3), "baba")
    house.do(presence.enter, abe, "abe", *days(1, 9))
    with house.database.read() as session:
        now, all_of_it = presence.away_now(session, "abe", TODAY), presence.to_come(session, ["abe"], TODAY)
        assert presence.away_now(session, "abe", TODAY + timedelta(20)) is None
    assert (now.last, now.stand_in) == (TODAY + timedelta(3), "baba")
    assert [one.covers(TODAY) for one in all_of_it] == [True, False]


@pytest.mark.parametrize(
    ("first", "last", "what"),
    [(3, 2, "order"), (-5, -1, "past"), (0, 367, "long"), (400, 401, "long")],
)
def test_days_that_cannot_be(house: House, first: int, last: int, what: str) -> None:
    with pytest.raises(AbsenceRefused) as refused:
        house.do(presence.enter, house.hire("abe"), "abe", *days(first, last))
    assert refused.value.what == what


@pytest.mark.parametrize("stand_in", ["abe", "suzuki", "far", "nobody"])
def test_who_stands_in_does_the_same_work(house: House, stand_in: str) -> None:
    house.hire("far", office=ELSEWHERE)
    with pytest.raises(AbsenceRefused) as refused:
        house.do(presence.enter, house.hire("abe"), "abe", *days(0, 1), stand_in)
    assert refused.value.what == "stand_in"


def test_only_oneself_and_the_manager_enter_it(house: House) -> None:
    abe = house.hire("abe")
    strangers = (house.hire("baba"), staff("ueda", "manager", ELSEWHERE), house.desk.people.hanako)
    for stranger in strangers:
        with pytest.raises(NotFound):
            house.do(presence.enter, stranger, "abe", *days(0, 1))
    absence = house.do(presence.enter, house.manager, "abe", *days(0, 1))
    for stranger in strangers:
        with pytest.raises(NotFound):
            house.do(presence.call_off, stranger, absence)
    house.do(presence.call_off, abe, absence)
    with pytest.raises(NotFound):
        house.do(presence.call_off, abe, "nothing")


def test_there_is_an_end_to_entries(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    abe = house.hire("abe")
    monkeypatch.setattr(presence, "MOST", 1)
    house.do(presence.enter, abe, "abe", *days(0, 1))
    with pytest.raises(AbsenceRefused) as refused:
        house.do(presence.enter, abe, "abe", *days(0, 1))
    assert refused.value.what == "many"
