"""The official suite of JSON Schema, where it is at hand: in a field, and of whole schemas that are imported."""

import pytest

from tests.corpus.suite import DRAFT, SUITE, Tally, formats, imported, in_a_field

pytestmark = pytest.mark.skipif(not SUITE.is_dir(), reason="the JSON Schema test suite is not beside this repository")
LEAST = {DRAFT: 0.96, "draft7": 0.965}


def test_every_required_keyword_holds_in_a_field() -> None:
    tallies = {tally.part: tally for tally in in_a_field()}
    assert tallies["required"].wrong == []
    assert tallies["required"].right > 1_000
    others = [name for tally in tallies.values() for name in tally.wrong]
    assert {name.split(":")[0] for name in others} <= {"ecmascript-regex"}
    assert all("\\s" in name or "\\S" in name for name in others), "white space is that of ASCII to us"


def test_formats_with_a_field_type_are_checked() -> None:
    assert {tally.part for tally in formats()} >= {"format date", "format email"}
    for tally in formats():
        assert len(tally.wrong) <= 5, tally.wrong


@pytest.mark.parametrize("draft", LEAST)
def test_whole_schemas_of_the_suite(draft: str) -> None:
    tally: Tally = imported(draft)
    assert tally.right / (tally.right + len(tally.wrong)) >= LEAST[draft], tally.wrong
