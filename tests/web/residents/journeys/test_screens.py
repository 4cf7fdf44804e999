"""Screens of a tax return as specs: every scenario filled in through the pages, page after page."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

import pytest

from engine.compiling import Concepts, compile_procedure
from engine.model import Procedure, Scenario
from procedures.database import Database
from tests.web.conftest import Clock
from tests.web.residents.applicant import Applicant
from tests.web.residents.filler import Filler
from tests.web.residents.journeys.test_walks import SPECS, publish
from web.context import TOKYO


def scenarios() -> list[Any]:
    """Each scenario of each screen."""
    found = []
    for spec, path in sorted(SPECS.items()):
        if path.parent.name == "screens":
            procedure = compile_procedure(path.read_bytes(), path.name, Concepts.empty()).procedure
            assert procedure is not None, path
            found += [pytest.param(procedure, one, id=f"{spec}-{one.name}") for one in procedure.scenarios]
    return found


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("procedure", "scenario"), scenarios())
def test_it_is_filled_in(
    applicant: Callable[..., Applicant],
    database: Database,
    clock: Clock,
    procedure: Procedure,
    scenario: Scenario,
) -> None:
    clock.moment = datetime.combine(scenario.on, time(10), TOKYO).astimezone(UTC)
    publish(database, clock.moment, procedure.id)
    person = applicant("hanako")
    filler = Filler(person, procedure, scenario)
    filler.fill()
    if scenario.expect.errors:
        assert person.page.status_code == 422
        assert person.problems
        return
    assert person.heading == "入力内容の確認", person.problems
    assert "まだ入力していない" not in person.main
    assert tuple(filler.steps) == scenario.expect.steps
    person.send(form="/check")
    assert person.at.endswith("/submitted")
