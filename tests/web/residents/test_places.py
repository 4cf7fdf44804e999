"""Paths of lists among the answers, as addresses and back; answers put at a path."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.residents.filling.places import Path, address_of, path_at, put_at, value_at

names = st.sampled_from(["a", "firm", "officers", "x_1"])
objects = st.lists(names, min_size=1, max_size=3).map(tuple)
paths = st.lists(st.tuples(objects, st.integers(0, 3)), max_size=3).flatmap(
    lambda pairs: objects.map(lambda last: (*(key for names, place in pairs for key in (*names, place)), *last))
)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (("dogs",), "dogs"),
        (("firm", "officers"), "firm.officers"),
        (("dogs", 0, "firm", "papers"), "dogs/1/firm.papers"),
    ],
)
def test_addresses_count_items_from_one(path: Path, address: str) -> None:
    assert address_of(path) == address


@given(paths)
def test_an_address_leads_back_to_its_path(path: Path) -> None:
    assert path_at(address_of(path)) == path


@given(paths, st.integers())
def test_what_is_put_somewhere_is_found_there_and_the_rest_stays(path: Path, value: int) -> None:
    before = {"other": [1, {"a": 2}]}
    after = put_at(before, tuple(0 if isinstance(key, int) else key for key in path), value)
    assert value_at(after, tuple(0 if isinstance(key, int) else key for key in path)) == value
    assert after["other"] == before["other"]
    assert before == {"other": [1, {"a": 2}]}


@pytest.mark.parametrize("path", [("none",), ("other", 5), ("other", "a"), ("other", 0, "a"), ("other", 1, "b")])
def test_nothing_is_found_where_nothing_is(path: Path) -> None:
    assert value_at({"other": [1, {"a": 2}]}, path) is None
