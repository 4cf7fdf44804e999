"""Cookies, tokens and headers that nobody of ours wrote: no fault, no entry."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import LanguageAccept

from engine.words import LANGUAGES
from web.compression import compressed
from web.identity.visitors import LIVES, Visitor
from web.pages.languages import choose_language
from web.security.csrf import _unmasked, _xor

SECRET = "s" * 32
NOW = datetime(2026, 5, 1, tzinfo=UTC)


@given(st.text(max_size=200))
def test_no_text_is_a_visitor_we_know(text: str) -> None:
    assert Visitor.from_cookie(text, SECRET, NOW).renew


@given(st.timedeltas(timedelta(0), LIVES * 2))
def test_a_cookie_of_ours_counts_until_it_is_too_old(later: timedelta) -> None:
    visitor = Visitor.new()
    found = Visitor.from_cookie(visitor.cookie(SECRET, NOW), SECRET, NOW + later)
    assert (found.key == visitor.key) == (later < LIVES)


@given(st.integers(0, 80), st.characters(min_codepoint=33, max_codepoint=126))
def test_a_changed_cookie_does_not(place: int, letter: str) -> None:
    visitor = Visitor("k" * 24, renew=True)
    text = visitor.cookie(SECRET, NOW)
    changed = text[:place] + letter + text[place + 1 :]
    found = Visitor.from_cookie(changed, SECRET, NOW)
    assert changed[: len(text) - 1] == text[:-1] or found.key != visitor.key


def test_a_cookie_signed_with_another_secret_does_not() -> None:
    visitor = Visitor.new()
    assert Visitor.from_cookie(visitor.cookie("x" * 32, NOW), SECRET, NOW).key != visitor.key


@given(st.text(max_size=200))
def test_no_text_breaks_the_token_check(text: str) -> None:
    assert isinstance(_unmasked(text), bytes)


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_a_mask_is_taken_off_by_the_same_mask(mask: bytes, secret: bytes) -> None:
    assert _xor(mask, _xor(mask, secret)) == secret


@given(st.text(max_size=30), st.lists(st.tuples(st.text(max_size=8), st.floats(0, 1)), max_size=5))
def test_there_is_always_a_language(chosen: str, preferred: list[tuple[str, float]]) -> None:
    assert choose_language(chosen, LanguageAccept(preferred)) in LANGUAGES


@pytest.mark.parametrize("level", [1, 4, 9])
@given(st.binary(max_size=2000))
def test_what_is_compressed_comes_back(level: int, content: bytes) -> None:
    import gzip

    assert gzip.decompress(compressed(content, level)) == content
