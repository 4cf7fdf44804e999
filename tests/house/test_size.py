"""Modules and functions stay short enough to be read in one go."""

import pytest

from tests.house import size
from tests.house.tree import LAYERS, Module, expect_none, modules

ALL = (*LAYERS, "migrations", "tests")


def test_no_module_is_too_long() -> None:
    expect_none(size.long_modules(modules(ALL)))


def test_no_function_is_too_long() -> None:
    expect_none(size.long_functions(modules(ALL)))


def test_most_modules_and_functions_are_much_shorter() -> None:
    expect_none(size.missed_aims(modules()))


def module_of(lines: int) -> Module:
    return Module("engine/long.py", '"""Long."""\n' + "x = 1\n" * (lines - 1))


@pytest.mark.parametrize(("lines", "found"), [(size.MODULE_LINES, 0), (size.MODULE_LINES + 1, 1)])
def test_a_long_module_is_found(lines: int, found: int) -> None:
    assert len(size.long_modules([module_of(lines)])) == found


@pytest.mark.parametrize(("lines", "found"), [(size.FUNCTION_LINES, 0), (size.FUNCTION_LINES + 1, 1)])
def test_a_long_function_is_found(lines: int, found: int) -> None:
    text = "class A:\n    def f(self):\n" + "        x = 1\n" * (lines - 1)
    assert len(size.long_functions([Module("engine/long.py", text)])) == found


def test_a_tree_of_middling_length_misses_the_aims() -> None:
    middling = [module_of(210) for _ in range(10)]
    function = Module("engine/f.py", "def f():\n" + "    x = 1\n" * 29)
    assert len(size.missed_aims([*middling, function])) == 3
