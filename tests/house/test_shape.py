"""Modules open with their duty; every argument and return says its type."""

import pytest

from tests.house import shape
from tests.house.tree import LAYERS, Module, expect_none, modules


def test_every_module_opens_with_its_duty() -> None:
    expect_none(shape.silent_modules(modules((*LAYERS, "migrations", "tests"))))


def test_every_argument_is_annotated() -> None:
    expect_none(shape.unannotated(modules()))


@pytest.mark.parametrize("text", ["", "x = 1\n", '"""No full stop"""\n', '"""\nLate.\n"""\n', "# A comment.\n"])
def test_a_silent_module_is_found(text: str) -> None:
    found = shape.silent_modules([Module("engine/a.py", text)])
    # A docstring that starts on its second line is still read as one.
    assert bool(found) == ("Late" not in text)


@pytest.mark.parametrize(
    "text",
    [
        "def f(a) -> None: ...",
        "def f(*a) -> None: ...",
        "def f(**a) -> None: ...",
        "def f(*, a) -> None: ...",
        "def f(a, /) -> None: ...",
        "def f(a: int): ...",
        "class A:\n    def f(self, a) -> None: ...",
        "async def f(a) -> None: ...",
        "def f() -> None:\n    def g(a) -> None: ...",
    ],
)
def test_a_missing_annotation_is_found(text: str) -> None:
    assert len(shape.unannotated([Module("engine/a.py", text)])) == 1


def test_self_needs_no_annotation() -> None:
    assert not shape.unannotated([Module("engine/a.py", "class A:\n    def f(self, a: int) -> None: ...")])
