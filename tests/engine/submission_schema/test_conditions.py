"""Each kind of condition is said exactly, with unanswered questions; what cannot be said is listed, and bounded."""

import random
from typing import Any

import pytest

from tests.engine.language.specs import spec
from tests.engine.submission_schema.procedures import FIRM, ONE, ROWS, TWO, UNSAYABLE
from tests.engine.submission_schema.sides import sides_of

FIELDS = (
    "yes: {type: boolean, title: 有無, optional: true}",
    "kind: {type: choice, title: 種類, optional: true, options: {a: 甲, b: 乙, c: 丙}}",
    "n: {type: integer, title: 数, optional: true}",
    "x: {type: number, title: 量, optional: true}",
    "day: {type: date, title: 日, optional: true}",
    "t: {type: text, title: 文, optional: true}",
    "kinds: {type: choices, title: 種類, optional: true, options: {a: 甲, b: 乙, c: 丙}}",
    "lines: {type: array, title: 行, optional: true, minItems: 0, items: {type: text}}",
    (
        "rows: {type: array, title: 表, optional: true, minItems: 0, items: {type: object, properties: {"
        "flag: {type: boolean, title: 旗, optional: true}, m: {type: integer, title: 数, optional: true}, "
        "tag: {type: text, title: 札, optional: true}, parts: {type: array, title: 部, optional: true, minItems: 0, "
        "items: {type: object, properties: {on: {type: boolean, title: 入, optional: true}}}}}}}"
    ),
    (
        "firm: {type: object, title: 社, optional: true, properties: {name: {type: text, title: 名, optional: true}, "
        "branch: {type: text, title: 店, optional: true}}}"
    ),
    "who: {type: person_name, title: 氏名, optional: true}",
)
MORE = (
    "not (yes and n > 1)",
    "yes if kind == 'a' else n == 0",
    "any([yes, n > 1, kind == 'a'])",
    "all([yes, n > 1])",
    "n == 1.0",
    "n > -1",
    "1 < n",
    "x < 0.5 or x > 1",
    "len(rows) == 0",
    "len(t) < 0 or n == 1",
    "len(t) != 1.5",
    "count(r.flag for r in rows) > -1",
    "count(r.flag for r in rows) == 0.5",
    "len([r for r in rows if r.m > 0]) < 5",
    "answered(firm)",
    "answered(who.given)",
    "any('a' in l for l in lines)",
    "any(len(r.parts) == 0 for r in rows)",
    "all(all(p.on for p in r.parts) for r in rows)",
    "any(any(p.on and r.flag for p in r.parts) for r in rows)",
    "any(yes for r in rows)",
)
NAME = {"family": "山", "given": "川", "family_kana": "ヤマ", "given_kana": "カワ"}
VALUES: dict[str, list[Any]] = {
    "yes": [True, False],
    "kind": ["a", "b", "c"],
    "n": [0, 1, 2, 3, 1.0],
    "x": [0.25, 0.5, 1, 1.5],
    "day": ["2025-12-31", "2026-01-30", "2026-01-31", "2026-02-01", "2026-12-31"],
    "t": ["", "a", "ab", "bba", "髙"],
    "kinds": [["a"], ["b", "c"], ["a", "b", "c"]],
    "lines": [[], ["a"], ["a", "bb"], ["b", "a", "a"]],
    "firm": [{}, {"name": "a"}, {"name": "b", "branch": "b"}, {"branch": "a"}],
    "who": [NAME, {**NAME, "given": "a", "family": "山本"}],
}


def documents(number: int) -> list[dict[str, Any]]:
    """Always the same ones, of every sort."""
    chance = random.Random(20260501)

    def some(values: dict[str, list[Any]]) -> dict[str, Any]:
        return {name: chance.choice(them) for name, them in values.items() if chance.random() < 0.8}

    def row() -> dict[str, Any]:
        parts = [some({"on": [True, False]}) for _ in range(chance.randrange(3))]
        return some({"flag": [True, False], "m": [0, 1, 2], "tag": ["a"], "parts": [parts]})

    return [some({**VALUES, "rows": [[row() for _ in range(chance.randrange(4))]]}) for _ in range(number)]


DOCUMENTS = documents(70)


@pytest.mark.parametrize("condition", [*ONE, *TWO, *ROWS, *FIRM, *MORE])
def test_it_is_said_exactly(condition: str) -> None:
    both = sides_of(spec(*FIELDS, f'z: {{type: boolean, title: 終, when: "{condition}"}}'), "")
    assert both.rules == []
    for document in DOCUMENTS:
        with_it, without = both.agree({**document, "z": True}), both.agree(document)
        assert with_it != without, document


@pytest.mark.parametrize(
    "condition", [*UNSAYABLE, "t > 'a'", "n in [x, 1]", "x == 0.12345678901234567", "min(n, x) > 1"]
)
def test_what_cannot_be_said_is_listed(condition: str) -> None:
    both = sides_of(spec(*FIELDS, f'z: {{type: boolean, title: 終, when: "{condition}"}}'), "")
    assert [(rule["path"], rule["when"]) for rule in both.rules] == [(["z"], condition)]
    assert all(rule["says"]["ja"] and rule["says"]["en"] for rule in both.rules)
    for document in DOCUMENTS:
        assert both.accepts(document)
        assert both.accepts({**document, "z": True})


def test_what_surely_holds_or_not_is_said_beside_what_cannot_be() -> None:
    both = sides_of(spec(*FIELDS, "z: {type: boolean, title: 終, when: \"yes and n > x or kind == 'a'\"}"), "")
    assert [rule["path"] for rule in both.rules] == [["z"]]
    assert not both.accepts({"yes": False, "kind": "a"}), "with kind a it is needed, whatever n and x are"
    assert not both.accepts({"yes": False, "kind": "b", "z": True}), "it cannot be asked"
    assert both.accepts({"yes": True, "kind": "b", "z": True})
    assert both.accepts({"yes": True, "kind": "b"})


def test_a_named_condition_is_a_definition() -> None:
    more = 'conditions: {big: "n > 10", odd: "big and not yes"}\n'
    both = sides_of(spec(*FIELDS, "z: {type: boolean, title: 終, when: odd}", more=more), "")
    definitions = both.schema["$defs"]
    assert definitions["big.true"] == {"properties": {"n": {"exclusiveMinimum": 10}}, "required": ["n"]}
    assert both.schema["allOf"] == [
        {"if": {"$ref": "#/$defs/odd.true"}, "then": {"required": ["z"]}, "else": {"properties": {"z": False}}}
    ]
    for n, yes in ((11, False), (11, True), (10, False), (None, False), (11, None)):
        given = {name: value for name, value in {"n": n, "yes": yes}.items() if value is not None}
        assert both.agree({**given, "z": True}) is ((n, yes) == (11, False))
        assert both.agree(given) is ((n, yes) != (11, False))


def test_a_question_of_the_name_of_a_condition_makes_it_unsayable() -> None:
    more = 'conditions: {flag: "n > 10"}\n'
    both = sides_of(spec(*FIELDS, "z: {type: boolean, title: 終, when: flag}", more=more), "")
    assert [rule["when"] for rule in both.rules] == ["flag"]


def test_too_many_cases_are_a_rule() -> None:
    parts = [f"(p.on and n != {number} or r.flag and x != {number})" for number in range(5)]
    condition = f"any(any({' and '.join(parts)} for p in r.parts) for r in rows)"
    both = sides_of(spec(*FIELDS, f'z: {{type: boolean, title: 終, when: "{condition}"}}'), "")
    assert [rule["path"] for rule in both.rules] == [["z"]]


def test_a_condition_inside_a_list_that_looks_out_of_it() -> None:
    both = sides_of(
        spec(
            "old: {type: boolean, title: 更新}",
            "rows: {type: array, title: 行, items: {type: object, properties: {flag: {type: boolean, title: 旗}, "
            'a: {type: string, title: 甲, when: "old and flag"}}}}',
        ),
        "",
    )
    assert both.rules == []
    for old in (True, False):
        for flag in (True, False):
            assert both.agree({"old": old, "rows": [{"flag": flag, "a": "x"}]}) is (old and flag)
            assert both.agree({"old": old, "rows": [{"flag": flag}]}) is not (old and flag)
