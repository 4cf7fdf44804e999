"""Every sabotage still fits exactly one place and names a test that is there; `make sabotage` carries them out."""

from collections import Counter

import pytest

from tests.house.tree import expect_none
from tests.sabotage.sabotage import Sabotage, every

ALL = every()
ENOUGH = 40


def test_there_are_enough_of_them_each_under_a_name_of_its_own() -> None:
    assert len(ALL) >= ENOUGH
    assert [name for name, count in Counter(sabotage.name for sabotage in ALL).items() if count > 1] == []


def test_each_fits_exactly_one_place_and_changes_one_line() -> None:
    wrong = []
    for sabotage in ALL:
        try:
            text = sabotage.text()
        except ValueError as error:
            wrong.append(str(error))
            continue
        if sabotage.file.endswith(".py"):
            compile(text, sabotage.file, "exec")
        if lines_apart(sabotage) != 1:
            wrong.append(f"{sabotage.name}: changes {lines_apart(sabotage)} lines: make it one")
    expect_none(wrong)


def lines_apart(sabotage: Sabotage) -> int:
    """In how many of its lines the new text is another."""
    old, new = sabotage.old.splitlines(), sabotage.new.splitlines()
    return sum(line not in new for line in old) or sum(line not in old for line in new)


def test_each_names_a_test_that_is_there() -> None:
    expect_none([wrong for sabotage in ALL if (wrong := sabotage.missing_test())])


def sabotage(old: str) -> Sabotage:
    return Sabotage("a", "b", "tests/sabotage/test_sabotage.py", old, "", "tests/none.py::test_none")


@pytest.mark.parametrize("old", ["stands in no " + "place at all", "import"])
def test_what_fits_no_place_or_several_is_said(old: str) -> None:
    with pytest.raises(ValueError, match="name exactly one"):
        sabotage(old).text()


def test_a_test_that_is_gone_is_said() -> None:
    assert "there is no tests/none.py" in str(sabotage("").missing_test())
