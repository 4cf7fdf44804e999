"""Lines by groups and by items: each group once, priced by what is in it, and named."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fees import FeeQuote, UnknownFee, quote
from engine.journey import walk
from engine.model import Procedure
from tests.engine.language.specs import codes, compiled, procedure

DAY = date(2026, 5, 1)
LIST = (
    "houses: {type: array, title: 物件, optional: true, items: {type: object, properties: {"
    "owner: {type: string, title: 所有者}, "
    "ward: {type: choice, title: 区, options: {minato: 港区, chuo: 中央区}}, "
    "rooms: {type: integer, title: 室数, minimum: 0}}}}"
)


def by_group(line: str, *fields: str) -> Procedure:
    """A procedure with one line."""
    more = f"fees:\n  due: submission\n  lines:\n    a: {{title: 料, law: 法, account: '1', {line}}}\n"
    return procedure(LIST, *fields, more=more)


TIERED = by_group(
    "per_group: {list: houses, by: [owner, ward]}, count: len(houses), "
    "tiers: [{first: 1, yen: 400}, {then_each: 1, yen: 100}]"
)
TOGETHER = by_group("per_group: {list: houses, by: [ward], show: together}, yen: 140")
ITEMS = by_group("per_item: houses, when: rooms > 0, count: rooms, yen: 30")


def bill(of: Procedure, houses: list[dict[str, Any]] | None) -> FeeQuote:
    found = quote(of, walk(of, {} if houses is None else {"houses": houses}, DAY), DAY)
    assert found is not None
    return found


HOUSES = st.lists(
    st.fixed_dictionaries(
        {
            "owner": st.sampled_from(["山田", "佐藤", "髙橋"]),
            "ward": st.sampled_from(["minato", "chuo"]),
            "rooms": st.integers(0, 3),
        }
    ),
    max_size=8,
)


@given(HOUSES)
def test_each_group_is_priced_by_its_own_items(houses: list[dict[str, Any]]) -> None:
    sizes = Counter((house["owner"], house["ward"]) for house in houses)
    found = bill(TIERED, houses)
    assert [line.yen for line in found.lines] == [300 + 100 * size for size in sizes.values()]
    assert found.total == sum(300 + 100 * size for size in sizes.values())


@given(HOUSES)
def test_together_they_are_one_line(houses: list[dict[str, Any]]) -> None:
    found = bill(TOGETHER, houses)
    wards = {house["ward"] for house in houses}
    assert len(found.lines) == min(1, len(wards))
    assert found.total == 140 * len(wards)


@given(HOUSES)
def test_an_item_is_seen_by_its_own_names(houses: list[dict[str, Any]]) -> None:
    assert bill(ITEMS, houses).total == 30 * sum(house["rooms"] for house in houses)


def test_groups_are_called_what_their_answers_are_called() -> None:
    found = bill(TIERED, [{"owner": "髙橋", "ward": "minato", "rooms": 1}])
    assert found.lines[0].group is not None
    assert found.lines[0].group.ja == "髙橋 · 港区"


def test_items_are_numbered() -> None:
    names = [
        line.group.ja for line in bill(ITEMS, [{"owner": "甲", "ward": "chuo", "rooms": 2}] * 2).lines if line.group
    ]
    assert names == ["1件目", "2件目"]


def test_one_line_tells_what_each_group_came_to() -> None:
    houses = [{"owner": "甲", "ward": ward, "rooms": 1} for ward in ("minato", "chuo")]
    [line] = bill(TOGETHER, houses).lines
    assert (line.count, line.unit_yen, line.yen) == (2, 140, 280)
    assert line.rule is not None
    assert line.rule.ja == "港区 140円、中央区 140円"


def test_no_list_no_groups() -> None:
    assert bill(TIERED, None).total == 0


@pytest.mark.parametrize("of", [TIERED, TOGETHER])
def test_what_is_grouped_by_must_be_known(of: Procedure) -> None:
    with pytest.raises(UnknownFee):
        bill(of, [{"owner": "甲", "rooms": 1}])


def test_an_answer_outside_can_be_used_inside() -> None:
    of = by_group(
        "per_item: houses, count: rooms * nights, yen: 10", "nights: {type: integer, title: 泊数, minimum: 0}"
    )
    found = quote(of, walk(of, {"houses": [{"owner": "甲", "ward": "chuo", "rooms": 2}], "nights": 3}, DAY), DAY)
    assert found is not None
    assert found.total == 60


def test_names_of_people_are_grouped_part_by_part() -> None:
    more = (
        "fees:\n  due: submission\n  lines:\n    a: {title: 料, law: 法, account: '1', "
        "per_group: {list: owners, by: [name]}, yen: 5}\n"
    )
    name = "name: {type: person_name, title: 氏名}"
    owners = f"owners: {{type: array, title: 所有者, items: {{type: object, properties: {{{name}}}}}}}"
    of = procedure(owners, more=more)
    people = [{"name": {"family": family, "given": "花子"}} for family in ("髙橋", "高橋", "髙橋")]
    found = quote(of, walk(of, {"owners": people}, DAY), DAY)
    assert found is not None
    assert found.total == 10


ROWS = "rows: [{ward: minato, yen: 10}, {ward: chuo, yen: 20}]"


@pytest.mark.parametrize("by", ["per_item: houses", "per_group: {list: houses, by: [ward]}"])
def test_a_table_sees_what_the_group_shares_and_is_looked_at_so(by: str) -> None:
    of = by_group(f"{by}, table: {{on: [ward], {ROWS}}}")
    houses = [{"owner": "甲", "ward": ward, "rooms": 1} for ward in ("minato", "chuo")]
    assert bill(of, houses).total == 30
    line = f"title: 料, law: 法, account: '1', {by}, table: {{on: [ward], {ROWS}}}"
    more = f"fees:\n  due: submission\n  lines:\n    a: {{{line}}}\n"
    assert codes(compiled(LIST, more=more.replace("{ward: minato, yen: 10}, ", ""))) == ["table-gap"]
    assert codes(compiled(LIST, more=more.replace("ward: chuo", "ward: minato"))) == ["table-gap", "table-overlap"]
