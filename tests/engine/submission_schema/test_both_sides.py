"""The form and the schema agree about every submission of every feature and of every real procedure."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.language.specs import CONCEPTS, FEATURES, REAL
from tests.engine.submission_schema.answers import submissions
from tests.engine.submission_schema.sides import Sides, sides_of

SLOW = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


def sides(path: Path) -> Sides:
    return sides_of(path.read_text(encoding="utf-8"), CONCEPTS.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FEATURES, ids=lambda path: path.stem)
@given(data=st.data())
@SLOW
def test_features(path: Path, data: st.DataObject) -> None:
    both = sides(path)
    both.agree(data.draw(submissions(both.procedure)))


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
@given(data=st.data())
@SLOW
def test_real_procedures(path: Path, data: st.DataObject) -> None:
    both = sides(path)
    both.agree(data.draw(submissions(both.procedure)))


@pytest.mark.parametrize("path", [*FEATURES, *REAL], ids=lambda path: path.stem)
def test_scenarios(path: Path) -> None:
    both = sides(path)
    accepted = [both.agree(dict(scenario.answers)) for scenario in both.procedure.scenarios]
    assert any(accepted)
