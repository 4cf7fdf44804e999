"""What people may expect of any questionnaire, on small procedures of our own: every walk of `walks/`."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.tree import check_tree
from procedures import library
from procedures.actors import SYSTEM
from procedures.database import Database
from tests.house.tree import ROOT
from tests.web.conftest import Clock
from tests.web.residents.applicant import Applicant
from tests.web.residents.journeys.walking import Walk

SPECS = {path.stem: path for room in ("journeys", "screens") for path in (ROOT / "tests/specs" / room).glob("*.yaml")}
WALKS = sorted((Path(__file__).parent / "walks").glob("*.yaml"))


def walks() -> list[Any]:
    """Each walk of each file with the name of its spec."""
    return [
        pytest.param(file.stem, walk, id=f"{file.stem}-{walk['name']}")
        for file in WALKS
        for walk in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("spec", "walk"), walks())
def test_it_is_as_the_walk_says(
    applicant: Callable[..., Applicant],
    database: Database,
    now: datetime,
    clock: Clock,
    spec: str,
    walk: dict[str, Any],
) -> None:
    clock.moment = datetime(2026, 5, 1, 3, tzinfo=UTC)
    publish(database, now, spec)
    Walk(applicant("hanako"), spec).go(walk["way"])


def publish(database: Database, now: datetime, spec: str) -> None:
    """Put one of the small procedures in force."""
    source = SPECS[spec].read_text(encoding="utf-8")
    with database.write() as session:
        library.publish(session, SYSTEM, now, source, SPECS[spec].name, "")


def test_every_procedure_is_walked() -> None:
    assert SPECS.keys() == {path.stem for path in WALKS}


@pytest.mark.parametrize("spec", sorted(SPECS))
def test_its_scenarios_come_true_and_visit_all_of_it(spec: str) -> None:
    report = check_tree({SPECS[spec].name: SPECS[spec].read_bytes()})
    assert [problem.render("en") for problem in report.problems if problem.severity == "error"] == []
    for seen, all_of_them in report.scenarios[SPECS[spec].name].coverage.counts().values():
        assert seen == all_of_them
