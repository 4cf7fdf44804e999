"""Check digits of corporate and individual numbers: known numbers, and each wrong digit that the rules find."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fields.types.identifiers import corporate_number, my_number
from engine.validation.prepared import prepared
from tests.engine.fields.samples import field, parse

DAY = date(2026, 5, 1)


def digits(length: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=length, max_size=length)


def keys(name: str, answer: str) -> list[str]:
    """What is wrong with an answer: by its schema, else by its check digit."""
    one = field(name)
    if prepared(one).errors(answer):
        return ["schema"]
    return [problem.key for problem in one.type.check(one, answer, DAY)]


@pytest.mark.parametrize(
    "number",
    [
        "7000012050002",  # 国税庁
        "8000020130001",  # 東京都
        "8000012010038",  # デジタル庁
        "1180301018771",  # トヨタ自動車
    ],
)
def test_numbers_of_corporations_that_everybody_knows(number: str) -> None:
    assert keys("corporate_number", number) == []


def test_the_usual_sample_of_an_individual_number() -> None:
    assert keys("my_number", "123456789018") == []


def test_a_remainder_of_0_or_1_gives_a_check_digit_of_0() -> None:
    # by hand: 4 × 2 + 1 × 3 = 11, 5 × 4 = 20, 6 × 2 = 12
    assert [my_number.remainder(base) for base in ("00000000014", "00000000500")] == [0, 9]
    assert my_number.check_digit("00000000014") == "0"
    assert my_number.remainder("00000000006") == 1
    assert my_number.check_digit("00000000006") == "0"


@given(digits(12), st.integers(0, 11), st.sampled_from("123456789"))
def test_one_wrong_digit_of_a_corporate_number_is_found_but_for_0_and_9(base: str, place: int, step: str) -> None:
    wrong = str((int(base[place]) + int(step)) % 10)
    number = corporate_number.check_digit(base) + base[:place] + wrong + base[place + 1 :]
    found = bool(keys("corporate_number", number))
    assert found == ({base[place], wrong} != {"0", "9"})


@given(digits(12), st.sampled_from("0123456789"))
def test_a_wrong_check_digit_of_a_corporate_number_is_always_found(base: str, digit: str) -> None:
    right = corporate_number.check_digit(base)
    assert bool(keys("corporate_number", digit + base)) == (digit != right)


@given(digits(11), st.integers(0, 10), st.sampled_from("123456789"))
def test_one_wrong_digit_of_an_individual_number_is_found_unless_both_remainders_give_0(
    base: str, place: int, step: str
) -> None:
    changed = base[:place] + str((int(base[place]) + int(step)) % 10) + base[place + 1 :]
    assert my_number.remainder(base) != my_number.remainder(changed)
    found = bool(keys("my_number", changed + my_number.check_digit(base)))
    assert found != ({my_number.remainder(base), my_number.remainder(changed)} == {0, 1})


@given(digits(11), st.sampled_from("0123456789"))
def test_a_wrong_check_digit_of_an_individual_number_is_always_found(base: str, digit: str) -> None:
    assert bool(keys("my_number", base + digit)) == (digit != my_number.check_digit(base))


@pytest.mark.parametrize(
    ("name", "typed", "read"),
    [
        ("corporate_number", "７０００－０１２０５－０００２", "7000012050002"),
        ("corporate_number", "T7000012050002", "7000012050002"),
        ("corporate_number", "Ｔ7000 0120 5000 2", "7000012050002"),
        ("my_number", "１２３４ ５６７８ ９０１８", "123456789018"),
        ("my_number", "1234-5678-9018", "123456789018"),
    ],
)
def test_as_people_write_them(name: str, typed: str, read: str) -> None:
    assert parse(name, typed) == read
    assert keys(name, read) == []


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("corporate_number", "0000012050002"),
        ("corporate_number", "700001205000"),
        ("my_number", "12345678901"),
        ("my_number", "1234567890185"),
        ("my_number", "12345678901X"),
    ],
)
def test_another_form_is_refused_by_the_schema(name: str, answer: str) -> None:
    assert keys(name, answer) == ["schema"]


@given(digits(12))
def test_an_individual_number_is_never_shown_in_full(number: str) -> None:
    one = field("my_number")
    for language in ("ja", "easy", "en"):
        assert one.type.show(one, number, language) == "********" + number[-4:]


def test_an_individual_number_is_as_private_as_can_be() -> None:
    assert field("my_number").privacy == "my_number"
