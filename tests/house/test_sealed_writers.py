"""No writer of a sealed column forgets to say whose the value is, and nothing goes past the column's type."""

import ast
import re

import pytest

import payments.models  # noqa: F401 - its tables join the same metadata
from procedures.models import Base
from procedures.models.sealed import SealedText
from tests.house.sealed_writers import Writers
from tests.house.tree import Module, expect_none, modules

MAPPED = {one.class_.__name__: one.local_table.c for one in Base.registry.mappers}
SEALED = {
    name: frozenset(sealed)
    for name, columns in MAPPED.items()
    if (sealed := [column.name for column in columns if isinstance(column.type, SealedText)])
}
ALL = {name: frozenset(MAPPED[name].keys()) for name in SEALED}
PAST_THE_TYPE = {
    "procedures/keyring/columns.py": "reads what lies there, for sealing what is plain and for the doctor",
    "procedures/models/sealed.py": "is the type",
}
TABLES = "|".join(sorted({columns.values()[0].table.name for name, columns in MAPPED.items() if name in SEALED}))


def writers(source: str, path: str = "procedures/made_up.py") -> Writers:
    return Writers(Module(path, source), SEALED, ALL)


def test_every_value_that_is_written_says_whose_it_is() -> None:
    faults, met = [], set()
    for module in modules():
        here = Writers(module, SEALED, ALL)
        if not here.names:
            continue
        whole = {kind for kind, whole in here.kinds().items() if whole} | here.objects()
        met |= {(kind, column) for kind in whole for column in SEALED[kind]}
        for place in here.places():
            met.add((place.kind, place.column))
            if not place.owned:
                faults.append(
                    f"{module.path}:{place.line}: {place.kind}.{place.column} is sealed: write of(holder, value), or "
                    "the whole row through sealed_row (procedures/models/sealed.py)."
                )
    expect_none(faults)
    everything = {(kind, column) for kind, columns in SEALED.items() for column in columns}
    assert met == everything, "This test no longer sees who writes these: teach it, or they are written by nobody."


def test_nothing_is_written_past_the_type_of_the_column() -> None:
    """Where SQL is written by hand, or a value is called plain text, the column cannot refuse what has no owner."""
    plainly = re.compile(rf"(INSERT\s+INTO|UPDATE)\s+({TABLES})\b", re.IGNORECASE)
    faults = []
    for module in modules(("web", "payments", "procedures")):
        for node in ast.walk(module.tree):
            called = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            by_hand = isinstance(node, ast.Constant) and isinstance(node.value, str) and plainly.search(node.value)
            if (called == "type_coerce" or by_hand) and module.path not in PAST_THE_TYPE:
                faults.append(f"{module.path}:{node.lineno}: goes past the type of sealed columns.")
    expect_none(faults)


HEAD = """
from sqlalchemy import bindparam, insert, update
from procedures.models import CaseNote, Draft
_note, _draft = CaseNote.__table__, Draft.__table__
"""
FORGOTTEN = {
    "a value": "def f(s, case, text):\n    s.execute(insert(_note).values(text=text, by='x'))",
    "a row": "def f(s, case, text):\n    row = {'by': case, 'text': text}\n    s.execute(insert(_note), row)",
    "a row at once": "def f(s, case, text):\n    s.execute(insert(CaseNote.__table__), {'text': text, 'by': 'x'})",
    "a row in a condition": "def f(s, t):\n    if insert_new(s, _note, {'text': t}, unique='once'):\n        pass",
    "one of two": (
        "def f(s, case, text):\n    s.execute(insert(_note), sealed_row(case, _note, {'text': text}))\n"
        "def g(s, case, text):\n    s.execute(update(_note).values(text=text))"
    ),
    "by another name": (
        "_SAVE = Fixed(update(_draft).values(answers=bindparam('packed')))\n"
        "def f(s, case, text):\n    _SAVE.change(s, {'case_id': case, 'packed': text})"
    ),
    "what a name was given": "def f(s, text):\n    it = text.strip()\n    s.execute(update(_note).values(text=it))",
    "passed on": (
        "def f(s, text):\n    _close(s, text=text)\n"
        "def _close(s, **values):\n    s.execute(update(_note).values(**values))"
    ),
}
SAID = {
    "a value": "def f(s, case, text):\n    s.execute(insert(_note).values(text=of(case, text)))",
    "nothing": "def f(s, case):\n    s.execute(update(_note).values(text=None))",
    "a row": "def f(s, case, text):\n    row = {'text': of(case, text), 'by': 'x'}\n    s.execute(insert(_note), row)",
    "sealed as a whole": (
        "def f(s, case, text):\n    row = {'text': text}\n    row |= {'by': 'x'}\n"
        "    s.execute(insert(_note), sealed_row(case, _note, row))"
    ),
    "by another name": (
        "_SAVE = Fixed(update(_draft).values(answers=bindparam('packed')))\n"
        "def f(s, case, text):\n    _SAVE.change(s, {'case_id': case, 'packed': of(case, text)})"
    ),
    "a fixed row": (
        "_ADD = Fixed(insert(_note))\n"
        "def f(s, case, text):\n    _ADD.change(s, sealed_row(case, CaseNote, {'text': text}))"
    ),
    "what a name was given": "def f(s, case, t):\n    it = of(case, t)\n    s.execute(update(_note).values(text=it))",
}


@pytest.mark.parametrize("source", FORGOTTEN.values(), ids=FORGOTTEN)
def test_what_is_forgotten_is_found(source: str) -> None:
    assert [place.owned for place in writers(HEAD + source).places() if not place.owned] == [False]


@pytest.mark.parametrize("source", SAID.values(), ids=SAID)
def test_what_is_said_is_accepted(source: str) -> None:
    here = writers(HEAD + source)
    places = list(here.places())
    assert all(place.owned for place in places)
    assert places or here.kinds() == {"CaseNote": True}
