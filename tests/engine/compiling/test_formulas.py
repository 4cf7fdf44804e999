"""Expressions see what stands above them: fields, items of their own list, named conditions that rest on these."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compiling import Compiled
from engine.compiling.formulas import condition, free_names, gather
from engine.language.kinds import FormulaSource
from engine.problems import Report
from tests.engine.language.specs import codes, compiled, first_error, procedure

AGE = "age: {type: integer, title: 年齢}"
DOGS = (
    "dogs: {type: array, title: 犬, items: {type: object, properties: "
    "{chipped: {type: boolean, title: チップ}, chip: {type: text, title: 番号, when: chipped}}}}"
)


def places(found: Compiled) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.line, problem.col) for problem in found.problems if problem.severity == "error"]


def conditions(**sources: str) -> str:
    return "conditions:\n" + "".join(f"  {name}: {source}\n" for name, source in sources.items())


def test_a_field_sees_those_above_it_in_its_step_and_before() -> None:
    found = procedure(AGE, "car: {type: text, title: 車, when: age > 17}")
    when = found.fields["car"].when
    assert when is not None
    assert when.names == {"age"}


def test_a_field_does_not_see_itself() -> None:
    assert codes(compiled("age: {type: integer, title: 年齢, when: age > 3}")) == ["forward-reference"]


def test_a_step_does_not_see_its_own_fields() -> None:
    found = compiled(
        AGE + "\n  two:\n    title: 二\n    when: car == 'x'\n    fields:\n      car: {type: text, title: 車}"
    )
    assert codes(found) == ["forward-reference"]


def test_the_place_is_that_of_the_name() -> None:
    found = compiled("car: {type: text, title: 車, when: 1 < 2 and 東京 and age > 17}", AGE)
    assert places(found) == [("unknown-name", 10, 51), ("forward-reference", 10, 58)]


@pytest.mark.parametrize("quote", ["'", '"'])
def test_quotes_do_not_move_the_place(quote: str) -> None:
    found = compiled(f"car: {{type: text, title: 車, when: {quote}  age > 17{quote}}}")
    assert places(found) == [("unknown-name", 10, 44)]


def test_a_folded_expression_is_shown_where_it_begins() -> None:
    found = compiled(
        "car:\n        type: text\n        title: 車\n        when: >\n          1 < 2 and\n          agee > 17"
    )
    assert places(found) == [("unknown-name", 13, 15)]


def test_an_expression_may_stand_on_several_lines() -> None:
    car = "car:\n        type: text\n        title: 車\n        when: |\n          age > 17\n          and age < 70"
    assert codes(compiled(AGE, car)) == []


def test_every_wrong_name_of_an_expression_is_told() -> None:
    assert codes(compiled("car: {type: text, title: 車, when: aa > bb}")) == ["unknown-name", "unknown-name"]


def test_an_item_sees_its_own_fields_and_those_above_the_list() -> None:
    found = procedure(
        AGE,
        "dogs: {type: array, title: 犬, items: {type: object, properties: {chipped: {type: boolean, title: 甲}, "
        "chip: {type: text, title: 乙, when: chipped and age > 3}}}}",
    )
    assert found.fields["dogs"].items is not None
    when = found.fields["dogs"].items.properties[1].when
    assert when is not None
    assert when.names == {"chipped", "age"}


def test_from_outside_an_item_is_reached_only_through_its_list() -> None:
    assert codes(compiled(DOGS, "note: {type: text, title: 注, when: chipped}")) == ["inside-list"]
    assert codes(compiled(DOGS, "note: {type: text, title: 注, when: any(d.chipped for d in dogs)}")) == []


def test_the_fix_for_an_item_names_its_list() -> None:
    found = compiled(DOGS, "note: {type: text, title: 注, when: chipped}")
    assert "any(x.chipped for x in dogs)" in first_error(found)


def test_the_fix_for_a_field_of_an_object_names_the_object() -> None:
    owner = "owner: {type: object, title: 飼い主, properties: {age: {type: integer, title: 年齢}}}"
    found = compiled(owner, "car: {type: text, title: 車, when: age > 17}")
    assert codes(found) == ["inside-list"]
    assert "“owner.age”" in first_error(found)


def test_a_name_inside_hides_the_same_name_outside_even_before_it_is_asked() -> None:
    found = compiled(
        "kind: {type: text, title: 種類}",
        "dogs: {type: array, title: 犬, items: {type: object, properties: {nick: {type: text, title: 甲, "
        "when: kind == 'x'}, kind: {type: integer, title: 乙}}}}",
    )
    assert codes(found) == ["forward-reference"]


def test_an_object_is_reached_by_its_name() -> None:
    owner = "owner: {type: object, title: 飼い主, properties: {age: {type: integer, title: 年齢}}}"
    assert codes(compiled(owner, "car: {type: text, title: 車, when: owner.age > 17}")) == []
    assert codes(compiled(owner, "car: {type: text, title: 車, when: owner.agee > 17}")) == ["bad-expression"]


def test_conditions_use_each_other_in_any_order() -> None:
    more = conditions(c="not b", b="a or age > 64", a="age < 15")
    found = procedure(AGE, "car: {type: text, title: 車, when: c}", more=more)
    assert list(found.conditions) == ["a", "b", "c"]


def test_a_condition_is_only_as_early_as_what_it_rests_on() -> None:
    more = conditions(grown_up="old_enough", old_enough="age > 17")
    found = compiled("car: {type: text, title: 車, when: grown_up}", AGE, more=more)
    assert codes(found) == ["forward-reference"]
    assert "“age”" in first_error(found)


def test_a_condition_inside_a_list_sees_what_stands_outside() -> None:
    more = conditions(many="len(dogs) > 1", adult="age > 17")
    inner = DOGS.replace("when: chipped", "when: chipped and adult")
    assert codes(compiled(AGE, inner, "note: {type: text, title: 注, when: many}", more=more)) == []


def test_a_condition_cannot_speak_of_an_item() -> None:
    found = compiled(DOGS, "note: {type: text, title: 注, when: with_chip}", more=conditions(with_chip="chipped"))
    assert codes(found) == ["inside-list"]


@pytest.mark.parametrize(
    ("sources", "circle"),
    [
        ({"a": "a"}, "a → a"),
        ({"a": "not b", "b": "c and 1 < 2", "c": "a"}, "a → b → c → a"),
        ({"x": "1 < 2", "b": "c", "c": "b or x"}, "b → c → b"),
    ],
)
def test_a_circle_is_told_once_with_its_way(sources: dict[str, str], circle: str) -> None:
    found = compiled(AGE, more=conditions(**sources))
    assert codes(found) == ["condition-cycle"]
    assert circle in first_error(found)


def test_what_uses_a_circle_is_not_blamed() -> None:
    more = conditions(a="b", b="a", c="a and 1 < 2")
    assert codes(compiled(AGE, "car: {type: text, title: 車, when: c}", more=more)) == ["condition-cycle"]


def test_a_condition_must_be_true_or_false() -> None:
    assert codes(compiled(AGE, more=conditions(older="age + 1"))) == ["not-a-condition"]


def test_a_chain_of_two_thousand_conditions_is_no_trouble() -> None:
    texts = {f"c{n}": f"c{n + 1}" for n in range(2000)} | {"c2000": "age > 3"}
    sources = {name: condition(FormulaSource(text, 1, 1, "", exact=True)) for name, text in texts.items()}
    report = Report("x")
    found = gather(sources, report)
    assert not report.failed
    assert found.rests_on["c0"] == {"age"}
    assert found.order[0] == "c2000"


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdefxy"), min_size=1, max_size=3)))
def test_conditions_are_ordered_or_run_in_circles(uses: dict[str, list[str]]) -> None:
    texts = {name: " and ".join(used) for name, used in uses.items()}
    sources = {name: condition(FormulaSource(text, 1, 1, "", exact=True)) for name, text in texts.items()}
    report = Report("x")
    found = gather(sources, report)
    reached = {name: set(uses[name]) for name in uses}
    for _ in uses:
        for name in uses:
            reached[name] |= {deeper for used in reached[name] & uses.keys() for deeper in reached[used]}
    circular = {name for name in uses if name in reached[name]}
    assert report.failed == bool(circular)
    assert circular <= found.broken
    assert sorted(found.order) == sorted(uses)
    for name in uses.keys() - found.broken:
        assert found.rests_on[name] == reached[name] - uses.keys()
        assert all(found.order.index(used) < found.order.index(name) for used in uses[name] if used in uses)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a and b.c or len(d) > 1", {"a": 0, "b": 6, "d": 17}),
        ("any(x.a for x in xs)", {"xs": 17}),
        ("葛 == 氏名", {"葛": 0, "氏名": 5}),
        ("a +", {}),
        ("(" * 500, {}),
        ("", {}),
    ],
)
def test_the_names_that_an_expression_takes_from_outside(text: str, names: dict[str, int]) -> None:
    assert free_names(text) == names
