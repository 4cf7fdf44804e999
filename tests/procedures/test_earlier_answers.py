"""What a draft keeps from earlier versions: read as it was written, and beside its question whatever is removed."""

from datetime import date

import pytest

from procedures.amending.earlier import Earlier, EarlierAnswer, pack, unpack


def test_what_was_set_aside_is_read_as_it_was_written() -> None:
    earlier = Earlier(
        "d" * 64,
        date(2026, 10, 1),
        (
            EarlierAnswer("d" * 64, "dogs.chip", ("dogs", 0, "chip"), ("dogs", 0, "chip"), "𠮷"),
            EarlierAnswer("d" * 64, "", ("junk",), None, {"a": [1, None, True]}),
        ),
        ("mail",),
    )
    assert unpack(pack(earlier)) == earlier
    assert unpack(None) is None


@pytest.mark.parametrize(
    ("removed", "places"), [(0, [None, 0, 1]), (1, [0, None, 1]), (2, [0, 1, None]), (3, [0, 1, 2])]
)
def test_an_item_that_is_taken_out_takes_its_place_along(removed: int, places: list[int | None]) -> None:
    answers = tuple(EarlierAnswer("d", "dogs.chip", ("dogs", n, "chip"), ("dogs", n, "chip"), str(n)) for n in range(3))
    other = EarlierAnswer("d", "copies", ("copies",), ("copies",), 2)
    left = Earlier("d", date(2026, 10, 1), (*answers, other), ()).without_item(("dogs", removed))
    assert [one.place for one in left.answers[:3]] == [None if n is None else ("dogs", n, "chip") for n in places]
    assert [one.answer for one in left.answers] == ["0", "1", "2", 2]
    assert left.answers[3] == other


def test_lists_inside_lists_are_told_apart() -> None:
    place = ("firms", 1, "dogs", 2, "chip")
    kept = Earlier("d", date(2026, 10, 1), (EarlierAnswer("d", "firms.dogs.chip", place, place, "1"),), ())
    assert kept.without_item(("firms", 1, "dogs", 0)).answers[0].place == ("firms", 1, "dogs", 1, "chip")
    assert kept.without_item(("firms", 0, "dogs", 0)) == kept
    assert kept.without_item(("firms", 0)).answers[0].place == ("firms", 0, "dogs", 2, "chip")
    assert kept.without_item(("firms", 1)).answers[0].place is None
