"""Fees of English courts, in pence: expected values that people wrote, and a register of bands; from the corpus.

Left out: one case asks for a table (`cmc-paper`) that the register at hand does not have.
"""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine.compiling import Concepts, compile_procedure
from engine.fees import UnknownFee, quote
from engine.journey import walk
from engine.model import Procedure
from tests.engine.language.specs import procedure, spec
from tests.house.tree import ROOT

FOLDER = ROOT.parent / "shared" / "corpus" / "fee-rules"
DAY = date(2026, 5, 1)
LINE = "    a: {title: 料, law: 法, account: '1', "
VALUE = "value: {type: number, title: 価額, minimum: 0}"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the corpus is not beside the checkout: {FOLDER}")


def read(name: str) -> Any:
    path = FOLDER / name
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"cases": [], "categories": []}


CASES: list[dict[str, Any]] = list(read("hmcts_human_written_cases.json"))
REGISTER: dict[str, Any] = read("hmcts_legacy_minor_units.json")
TABLES = {category["id"]: category for category in REGISTER["categories"]}
FEES = {
    fee["id"]: fee
    for category in TABLES.values()
    for fee in [*(one["fee"] for one in category.get("ranges", ())), *category.get("flatFees", ())]
}


def pence(pounds: str | None) -> Decimal | None:
    return None if pounds is None else Decimal(pounds) * 100


def charged(of: Procedure, value: Decimal) -> int:
    found = quote(of, walk(of, {"value": float(value)}, DAY), DAY)
    assert found is not None
    return found.total


def with_fees(fees: str) -> Procedure:
    return procedure(VALUE, more=fees)


def of_bands(bands: list[list[str | None]]) -> Procedure:
    """A share that depends on the band: a table gives the percentage; what is left of a penny is dropped."""
    rows = []
    for place, (_, top, percent) in enumerate(bands):
        limits = [f"above: {pence(bands[place - 1][1])}"] if place else []
        limits += [f"up_to: {pence(top)}"] if top else []
        rows.append(f"        - {{value: {{{', '.join(limits)}}}, give: {str(percent).rstrip('%')}}}\n")
    table = "calculated:\n  rate:\n    table:\n      on: [value]\n      rows:\n" + "".join(rows)
    return with_fees(f"{table}fees:\n  due: submission\n  lines:\n{LINE}amount: value * rate / 100, round: down}}\n")


def of_fee(fee: dict[str, Any], per: str = "value") -> str:
    return str(fee["amount"]) if fee["type"] == "fixed" else f"{per} * {fee['percentage']} / 100"


def upper_limit(one: dict[str, Any]) -> str:
    return f", up_to: {one['upto']}" if "upto" in one else ""


def of_register(name: str) -> Procedure:
    """A table of the register, as it stands: each range a row."""
    rows = "".join(
        f"        - {{value: {{from: {one['start']}{upper_limit(one)}}}, calculate: {of_fee(one['fee'])}}}\n"
        for one in TABLES[name]["ranges"]
    )
    table = "calculated:\n  fee:\n    table:\n      on: [value]\n      rows:\n" + rows
    fees = f"{table}fees:\n  due: submission\n  lines:\n{LINE}amount: fee, round: down}}\n"
    field = "value: {type: integer, title: 価額, minimum: 0}"
    # Ranges that end are a mistake to our checks: beyond them, whoever applies meets a stop.
    found = compile_procedure(spec(field, more=fees), "x.yaml", Concepts.empty(), checked=False).procedure
    assert found is not None
    return found


@pytest.mark.parametrize("case", [case for case in CASES if "bands" in case], ids=lambda case: case["amount"])
def test_a_share_by_bands(case: dict[str, Any]) -> None:
    assert charged(of_bands(case["bands"]), pence(case["amount"]) or Decimal(0)) == pence(case["expected_fee"])


@pytest.mark.parametrize("case", [case for case in CASES if "percent" in case], ids=lambda case: case["amount"])
def test_a_share(case: dict[str, Any]) -> None:
    of = with_fees(
        f"fees:\n  due: submission\n  lines:\n{LINE}percent: {{of: value, rate: {case['percent']}, round: down}}}}\n"
    )
    assert charged(of, pence(case["amount"]) or Decimal(0)) == pence(case["expected_fee"])


@pytest.mark.parametrize("case", [case for case in CASES if "volume" in case], ids=lambda case: case["volume"])
def test_so_many_at_so_much(case: dict[str, Any]) -> None:
    of = with_fees(
        f"fees:\n  due: submission\n  lines:\n{LINE}count: round_down(value), yen: {pence(case['unit_price'])}}}\n"
    )
    assert charged(of, Decimal(case["volume"])) == pence(case["expected_fee"])


QUERIES = [case for case in CASES if "query" in case and not case["query"].startswith("cmc-paper")]


@pytest.mark.parametrize("case", QUERIES, ids=lambda case: case["query"])
def test_a_question_to_the_register(case: dict[str, Any]) -> None:
    name, _, value = case["query"].partition("?value=")
    if name in FEES:
        fees = f"fees:\n  due: submission\n  lines:\n{LINE}amount: '{of_fee(FEES[name])}', round: down}}\n"
        assert charged(with_fees(fees), Decimal(value)) == case["expected_fee_pence"]
    elif case["expected_fee_pence"] == "not found":
        with pytest.raises(UnknownFee):
            charged(of_register("onlinefees"), Decimal(value))
    else:
        assert charged(of_register("onlinefees"), Decimal(value)) == case["expected_fee_pence"]


def test_every_case_is_expressed_but_the_one_without_a_table() -> None:
    kinds = [next(key for key in ("bands", "percent", "volume", "query") if key in case) for case in CASES]
    assert (len(CASES), len(QUERIES)) == (len(kinds), kinds.count("query") - 1)
    assert len(CASES) == 20


@pytest.mark.parametrize("name", sorted(TABLES))
def test_the_bands_of_the_register(name: str) -> None:
    cases = [case for case in REGISTER["cases"] if case["table"] == name]
    if cases:
        of = of_register(name)
        found = [charged(of, Decimal(case["amount_pence"])) for case in cases]
        assert found == [case["expected_fee_pence"] for case in cases]
