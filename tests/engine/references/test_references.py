"""References that people read out, mistype and still find."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.references import ALPHABET, check_character, new_reference, normalise

references = st.binary(min_size=8, max_size=16).map(new_reference)


@given(references)
def test_a_new_reference_is_valid_and_its_own_normal_form(reference: str) -> None:
    assert len(reference) == 9
    assert normalise(reference) == reference


@given(references, st.data())
def test_a_single_wrong_character_is_found(reference: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([0, 1, 2, 3, 5, 6, 7, 8]))
    other = data.draw(st.sampled_from(ALPHABET.replace(reference[place], "")))
    assert normalise(reference[:place] + other + reference[place + 1 :]) is None


@given(references, st.data())
def test_two_exchanged_characters_are_found(reference: str, data: st.DataObject) -> None:
    plain = reference.replace("-", "")
    one, other = sorted(data.draw(st.lists(st.integers(0, 7), min_size=2, max_size=2, unique=True)))
    if plain[one] != plain[other]:
        swapped = plain[:one] + plain[other] + plain[one + 1 : other] + plain[one] + plain[other + 1 :]
        assert normalise(swapped) is None


@given(references)
def test_however_it_is_typed(reference: str) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in reference)
    spaced = reference.replace("-", " ー ")
    for typed in (reference.lower(), reference.replace("-", ""), f" {reference} ", wide, spaced):
        assert normalise(typed) == reference


@pytest.mark.parametrize("text", ["", "7K3M", "7K3M-9QFA-7K3M", "七K3M-9QFA", "OOOO-IIII", "\ud800", "0" * 10_000])
def test_what_is_no_reference(text: str) -> None:
    assert normalise(text) is None


def test_no_character_can_be_taken_for_another() -> None:
    assert not set("01OIU") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET) == 31


def test_the_check_character_is_fixed_for_ever() -> None:
    assert check_character("2222222") == "2"
    assert new_reference(bytes(range(8))) == new_reference(bytes(range(8)))


def test_too_little_chance_is_refused() -> None:
    with pytest.raises(ValueError, match="random bytes"):
        new_reference(b"1234567")
