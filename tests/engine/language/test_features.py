"""One small spec a feature; each is right, and its scenarios come true and visit all of it."""

from pathlib import Path

import pytest

from engine.tree import check_tree
from tests.engine.language.specs import CONCEPTS, FEATURES, REAL, REAL_TARIFFS, TARIFFS


@pytest.mark.parametrize("path", FEATURES, ids=lambda path: path.stem)
def test_a_feature_works_as_its_scenarios_say(path: Path) -> None:
    report = check_tree({path.name: path.read_bytes(), **TARIFFS})
    assert [problem.render("en") for problem in report.problems] == []
    for seen, all_of_them in report.scenarios[path.name].coverage.counts().values():
        assert seen == all_of_them


def test_the_real_procedures_are_right() -> None:
    report = check_tree(
        {f"{path.parent.name}/{path.name}": path.read_bytes() for path in [CONCEPTS, *REAL]} | REAL_TARIFFS
    )
    assert [problem.render("en") for problem in report.problems if problem.severity == "error"] == []
    assert len(report.procedures) == len(REAL)
    assert [problem.render("en") for problem in report.problems if problem.code == "not-covered"] == []
