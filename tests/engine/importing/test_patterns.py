"""Look-ahead is said without it, and a pattern found anywhere is one for the whole value."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.importing.reading.patterns import constraints, takes, whole
from engine.patterns import matches
from engine.validation.dialect import Validator

LOOKING = (
    r"^(?!0000)[0-9]{4}$",
    r"^(?!\s)(?!.*?\s{2,})[^<>%$#@!^&*]+$",
    r"^(?!\s*$).+",
    r"^((?!http|www\.|\.co).)*$",
    r"^(?:(?!ab).)+$",
    r"^(?!000|666)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}$",
    r"^(?=.*[0-9])(?=.*[a-z])[a-z0-9]{4,}$",
    r"^[a-c]{2}(?!x)\w*$",
)
END = re.compile(r"\$(?=$|\))")  # which to Python is also before a last line break
TEXTS = st.text("ab0x6 .<-hwtpco\n", max_size=12) | st.from_regex(r"[0-9]{3}-[0-9]{2}-[0-9]{4}", fullmatch=True)


@pytest.mark.parametrize("pattern", LOOKING)
@given(text=TEXTS)
def test_what_looks_ahead_is_said_without(pattern: str, text: str) -> None:
    said = constraints(pattern)
    assert said is not None
    wanted = re.search(END.sub(r"\\Z", pattern), text) is not None
    assert Validator(said).is_valid(text) == wanted


@pytest.mark.parametrize(
    "pattern",
    [r"(a)\1", r"(?<=a)b", r"^a*(?!b)c", r"^(?:a(?!b))+$", r"a(?!b)", r"^a|(?!b)c$", r"^(?!(?=a)b).*$", "(", "[z-a]"],
)
def test_what_cannot_be_said_is_not(pattern: str) -> None:
    assert constraints(pattern) is None


@pytest.mark.parametrize(
    "pattern", [r"^[0-9]+$", r"[0-9]", r"^a", r"b$", r"^a|b$", r"(?:^a|b)x", r"\$", r"a[$]", "^$", ""]
)
@given(text=st.text("ab09x$\n", max_size=8))
def test_a_fields_pattern_for_the_whole_means_what_the_standard_says(pattern: str, text: str) -> None:
    assert matches(f"^(?:{whole(pattern)})$", text) == matches(pattern, text)


def test_the_usual_pattern_stays_readable() -> None:
    assert whole(r"^\d{3}-\d{4}$") == r"\d{3}-\d{4}"


def test_a_pattern_that_is_no_text_is_not_taken() -> None:
    assert not takes("\ud800")
