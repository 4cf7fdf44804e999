"""Real definitions, where they are at hand: they import, compile, and judge as their originals do."""

from collections.abc import Callable
from functools import partial

import pytest

from tests.corpus.imports import CORPUS, Tally, digital_planning, gif, vets

# Of each source: what share of the vectors must be judged alike, counting stricter formats as told in docs/import.md.
ALIKE = {"vets-json-schema": 0.985, "digital-planning": 1.0, "gif-japan-dmd-json": 1.0}
MEASURES = (vets, partial(digital_planning, few=True), gif)
STRICTER = "e-mail addresses and days are checked more strictly than the reference does"


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "measure", [vets, partial(digital_planning, few=True), gif], ids=["vets", "digital-planning", "gif"]
)
def test_real_definitions(measure: Callable[[], Tally]) -> None:
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real definitions is not beside this repository")
    tally = measure()
    assert tally.definitions
    assert tally.imported == tally.compiled == tally.definitions, tally.why
    assert (tally.same + tally.why[STRICTER]) / tally.vectors >= ALIKE[tally.source], tally.why
    assert "accepted though the original refuses" not in tally.why
