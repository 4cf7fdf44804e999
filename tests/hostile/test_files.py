"""Every broken or malicious spec is refused with problems at places, never with a traceback."""

import pytest

from engine.problems import has_errors, render_json, render_sarif, render_text
from engine.tree import check_tree
from tests.hostile.files import HOSTILE

ENOUGH = 60


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= ENOUGH


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_in_every_way_of_telling(name: str) -> None:
    problems = check_tree({"sample.yaml": HOSTILE[name]()}).problems
    assert has_errors(problems)
    for language in ("ja", "en"):
        for render in (render_text, render_json, render_sarif):
            assert render(problems, language)
    assert all(problem.line >= 1 and problem.col >= 1 for problem in problems)
    assert all(len(problem.render("en")) < 2_000 for problem in problems)
