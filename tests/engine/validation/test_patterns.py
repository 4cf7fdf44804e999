"""Patterns are found as the linear-time engine finds them, whichever engine looks."""

import re

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from engine import patterns
from engine.fields.types.person_name import KANA
from engine.fields.types.phone import PATTERN as PHONE
from engine.fields.types.postcode import PATTERN as POSTCODE

USUAL = [POSTCODE, PHONE, KANA, "^(?:[A-Z]{2}[0-9]{4})$", "^(?:a|bc|[x-z]{2,3})$", r"^a\.b\+$", "^[a-]*$", "^$"]
OTHERS = ["^(?:(a+)+)$", "^(?:x*x*)$", "[0-9]", "^a|b$", "^[^a]$", r"^\d+$", "^(?:[a]{2,3}[b])$", "^(?i:a)$", "^.$"]
SIGNS = st.text("abcxyzABC0127.+-\nア １", max_size=8) | st.text(max_size=4)

pieces = st.sampled_from(["[a-c]", "[0-9]{2}", "x", "[-a]", r"\.", "[a-c]+", "ア", "[x-z]{1,2}", "-", "b*"])
rows = st.lists(pieces, max_size=4).map("".join)
made = st.lists(rows, min_size=1, max_size=3).map(lambda several: f"^(?:{'|'.join(several)})$")


def is_usual(pattern: str) -> bool:
    return patterns._USUAL.fullmatch(pattern) is not None


def test_only_what_cannot_go_back_over_a_text_is_left_to_python() -> None:
    assert all(map(is_usual, USUAL))
    assert not any(map(is_usual, OTHERS))


@given(st.sampled_from([*USUAL, *OTHERS]) | made | rows, SIGNS)
def test_what_is_found_is_the_same(pattern: str, text: str) -> None:
    try:
        expected = re2.compile(pattern, QUIET).search(text) is not None
    except re2.error:
        return
    assert patterns.matches(pattern, text) is expected


QUIET = re2.Options()
QUIET.log_errors = False


@given(made)
def test_most_rows_are_usual(pattern: str) -> None:
    unusual = re.findall(r"[+*]|\{1,2\}|\[-", pattern)  # any number of times not at the end, a dash that comes first
    assert unusual or is_usual(pattern)


@pytest.mark.parametrize("text", ["\ud800", "1\udfff"])
def test_half_of_a_surrogate_pair_is_no_character(text: str) -> None:
    assert not patterns.matches("[^a]", text)
    assert not patterns.matches(POSTCODE, text)


def test_a_long_text_costs_no_more_than_its_length() -> None:
    assert not patterns.matches("^(?:[a-z]{2}[a-z]+)$", "a" * 200_000 + "1")
    assert not patterns.matches("^(?:(a+)+)$", "a" * 200_000 + "1")
