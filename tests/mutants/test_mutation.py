"""The mutator makes what it says; every guard is there, and what is excused is one of its mutants."""

import pytest

from tests.house.tree import ROOT
from tests.mutants.guards import GUARDS, equivalent, source
from tests.mutants.mutation import mutants
from tests.mutants.swapping import loaded, swap

SOURCE = '''"""A module."""
import os

LIMIT: "int > 3" = 3


def admits(age, member=False):
    """Whether 1 < 2."""
    if age > LIMIT and not member:
        raise ValueError(f"{age > 1}")
    note(age)
    return any(age == one for one in (1, 2))
'''


def changes(text: str) -> set[str]:
    return {f"{mutant.old} → {mutant.new}" for mutant in mutants(text)}


def test_each_thing_that_decides_is_changed_once() -> None:
    assert changes(SOURCE) == {
        *("3 → 4", "False → True", "age > LIMIT and not member → False", "age > LIMIT and not member → True"),
        *("age > LIMIT and not member → (not member)", "age > LIMIT and not member → (age > LIMIT)"),
        *("age > LIMIT → age >= LIMIT", "not member → (member)", 'raise ValueError(f"{age > 1}") → pass'),
        *("note(age) → pass", "return any(age == one for one in (1, 2)) → return None", "any → all"),
        *("age == one → age != one", "1 → 2", "2 → 3", "3 → 2", "1 → 0", "2 → 1", "(1, 2) → (1,)", "(1, 2) → (2,)"),
    }


def test_every_mutant_is_a_module_that_differs_in_one_place() -> None:
    found = mutants(SOURCE)
    assert len({mutant.text for mutant in found}) == len(found)
    for mutant in found:
        compile(mutant.text, "mutant", "exec")
        assert mutant.text != SOURCE
        assert SOURCE.splitlines()[mutant.line - 1] not in mutant.text.splitlines()


def test_of_some_functions_alone() -> None:
    assert {mutant.inside for mutant in mutants(SOURCE + "\n\ndef other():\n    return 5\n", frozenset({"other"}))} == {
        "other"
    }


def test_a_running_function_gets_the_code_of_its_mutant() -> None:
    names: dict[str, object] = {}
    exec(compile("def f():\n    return 1 < 1\n", "/nowhere/f.py", "exec"), names)  # noqa: S102 - our own text
    running = names["f"]
    assert running() is False  # type: ignore[operator]
    assert swap("def f():\n    return 1 <= 1\n", "/nowhere/f.py", loaded("/nowhere/f.py")) == 1
    assert running() is True  # type: ignore[operator]


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.file)
def test_a_guard_and_its_tests_are_there(guard: object) -> None:
    assert mutants(source(guard), guard.functions)  # type: ignore[attr-defined, arg-type]
    assert [test for test in guard.tests if not (ROOT / test).exists()] == []  # type: ignore[attr-defined]


def test_what_is_excused_is_there_and_has_a_reason() -> None:
    known = {guard.file: {mutant.name for mutant in mutants(source(guard), guard.functions)} for guard in GUARDS}
    assert [
        (file, name)
        for file, excused in equivalent().items()
        for name, reason in excused.items()
        if name not in known.get(file, set()) or not reason
    ] == []
