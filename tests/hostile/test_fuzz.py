"""A short run of the fuzzer, always the same: nothing but problems comes out of the engine."""

from tests.hostile import fuzz


def test_spoiled_specs_show_problems_and_nothing_else() -> None:
    tried, broken = fuzz.fuzz(seconds=60, seed=20260401, most=1500)
    assert tried > 100
    assert [trace for _, trace in broken] == []
