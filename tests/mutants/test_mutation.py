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


LEFT_OUT = {"DONE → left out", "now → left out"}


def changes(text: str) -> set[str]:
    return {f"{mutant.old} → {mutant.new}" for mutant in mutants(text)}


def test_what_looks_alike_has_names_of_its_own() -> None:
    names = [mutant.name for mutant in mutants("def f():\n    return a(0, b(0))\n")]
    assert names[1:] == ["f: 0 → 1", "f: 0 → -1", "f: 0 → 1 (2)", "f: 0 → -1 (2)"]


def test_each_thing_that_decides_is_changed_once() -> None:
    assert changes(SOURCE) == {
        *("3 → 4", "False → True", "age > LIMIT and not member → False", "age > LIMIT and not member → True"),
        *("age > LIMIT → left out", "not member → left out", "1 → left out", "2 → left out"),
        *("age > LIMIT → age >= LIMIT", "not member → (member)", 'raise ValueError(f"{age > 1}") → pass'),
        *("note(age) → pass", "return any(age == one for one in (1, 2)) → return None", "any → all"),
        *("age == one → age != one", "1 → 2", "2 → 3", "3 → 2", "1 → 0", "2 → 1"),
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('TABLE = {"a": A, **MORE}', {'"a" → left out', "MORE → left out"}),
        ("FINAL = {DONE, GONE}", {"DONE → left out", "GONE → left out"}),
        ("row(1, given=FEE)", {"row(1, given=FEE) → pass", "1 → 2", "1 → 0", "FEE → left out"}),
        ("thing.state, thing.at = DONE, now", {"thing.state, thing.at = DONE, now → pass", *LEFT_OUT}),
        ("name = other", set()),
        ("Kind = Literal['a', 'b']", set()),
        ("count += step", {"count += step → pass"}),
        ("for one in many:\n    continue", {"continue → pass"}),
        ("while more:\n    break", {"more → False", "break → pass"}),
        ("found = {one for one in many if one.due}", {"one.due → True"}),
        ("def f(at: 'int' = 5) -> bool:\n    return at", {"5 → 6", "5 → 4", "return at → return None"}),
    ],
)
def test_what_is_changed_of_each_kind_of_code(line: str, expected: set[str]) -> None:
    assert changes(line) == expected
    for mutant in mutants(line):
        compile(mutant.text, "mutant", "exec")


def test_what_runs_when_the_module_is_loaded_is_told_from_what_runs_later() -> None:
    found = {mutant.name: mutant.later for mutant in mutants("A = 1\n\ndef f(b=2):\n    return 3\n")}
    assert found == {
        ": 1 → 2": False, ": 1 → 0": False, "f: 2 → 3": False, "f: 2 → 1": False, "f: 3 → 4": True, "f: 3 → 2": True,
    }  # fmt: skip


def test_every_mutant_is_a_module_that_differs_in_one_place() -> None:
    found = mutants(SOURCE)
    assert len({mutant.text for mutant in found}) == len(found)
    for mutant in found:
        compile(mutant.text, "mutant", "exec")
        assert mutant.text != SOURCE
        assert mutant.line <= mutant.last
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
