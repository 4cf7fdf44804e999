"""The worked examples that authorities print: each is a scenario of a small spec, and the spec is right about it."""

import json
from typing import Any

import pytest

from engine.compiling import Concepts, compile_procedure
from engine.fees import quote
from engine.journey import walk
from tests.engine.language.specs import SPECS
from tests.house.tree import ROOT

FILE = ROOT.parent / "shared" / "facts" / "fee-worked-examples.json"
EXAMPLES: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else []

pytestmark = pytest.mark.skipif(not EXAMPLES, reason=f"the facts are not beside the checkout: {FILE}")

# By the kind of rule: the spec that says it, the line, and the answers that stand for what the example is given.
RULES: dict[str, tuple[str, tuple[str, ...], dict[str, str], dict[str, Any]]] = {
    "group-ceil": (
        "fee-per-started-unit",
        ("land", "houses"),
        {"土地": "land", "家屋": "houses"},
        {"sheets": 0},
    ),
    "base+per-sheet": ("fee-in-tiers", ("record",), {"枚": "sheets"}, {"copies": 0}),
    "ceil-100": ("fee-per-started-unit", ("reading",), {"枚": "sheets"}, {"land": 0, "houses": 0}),
    "prorate": ("fee-for-part-of-a-year", ("occupation",), {"㎡": "area"}, {"starts_on": "2026-05-01"}),
}
CASES = [(example["rule"]["type"], case) for example in EXAMPLES for case in example["cases"]]


@pytest.mark.parametrize(("rule", "case"), CASES, ids=str)
def test_the_printed_amount_comes_out(rule: str, case: dict[str, Any]) -> None:
    name, lines, names, others = RULES[rule]
    path = SPECS / "features" / f"{name}.yaml"
    found = compile_procedure(path.read_bytes(), path.name, Concepts.empty()).procedure
    assert found is not None
    answers = others | {names[key]: int(value) for key, value in case["in"].items() if key in names}
    if "月" in case["in"]:
        answers["ends_on"] = f"2026-{4 + case['in']['月']:02}-15"  # in the month that is the last one begun
    bill = quote(found, walk(found, answers, found.scenarios[0].on), found.scenarios[0].on)
    assert bill is not None
    assert sum(line.yen for line in bill.lines if line.id in lines) == case["out"]


def test_every_kind_of_rule_has_a_spec() -> None:
    assert {rule for rule, _ in CASES} == RULES.keys()
