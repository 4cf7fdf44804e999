"""Every scenario of every procedure, filled in by hand: whatever the engine promises, the pages can do."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from engine.compiling import compile_procedure, load_concepts, load_tariffs
from engine.compiling.tariffs import is_tariff
from engine.model import Procedure, Scenario
from engine.words import tag_of
from procedures.submitting import audience
from tests.web.client import main_form
from tests.web.conftest import Clock
from tests.web.residents.applicant import Applicant
from tests.web.residents.filler import Filler
from web.context import TOKYO
from web.pages.languages import for_staff

SPECS = Path(__file__).parents[3] / "procedure_specs"


def compiled() -> list[Procedure]:
    """Every procedure of the project."""
    concepts, _ = load_concepts((SPECS / "concepts.yaml").read_text(encoding="utf-8"), "concepts.yaml")
    sources = {path: path.read_text(encoding="utf-8") for path in sorted(SPECS.glob("*/*.yaml"))}
    tariffs, _ = load_tariffs({str(path): source for path, source in sources.items() if is_tariff(path.as_posix())})
    found = [compile_procedure(source, path.name, concepts, tariffs).procedure for path, source in sources.items()]
    return [procedure for procedure in found if procedure is not None]


CASES = [
    pytest.param(procedure, scenario, id=f"{procedure.id}-{number}")
    for procedure in compiled()
    for number, scenario in enumerate(procedure.scenarios)
]


def somebody_for(procedure: Procedure) -> str:
    """A clerk for what is for staff alone, else Hanako."""
    return "sato" if procedure.audience == audience.STAFF_ALONE else "hanako"


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("procedure", "scenario"), CASES)
def test_it_can_be_filled_in(
    applicant: Callable[..., Applicant], clock: Clock, procedure: Procedure, scenario: Scenario
) -> None:
    clock.moment = datetime.combine(scenario.on, time(10), TOKYO).astimezone(UTC)
    person = applicant(somebody_for(procedure), assurance="high")
    filler = Filler(person, procedure, scenario)
    filler.fill()
    if scenario.expect.errors:
        assert person.page.status_code == 422
        assert person.problems
        return
    if scenario.expect.stop:
        assert person.heading == "この手続では申請できません", person.at
        reason = next(stop for stop in procedure.stops if stop.id == scenario.expect.stop).reason
        assert reason.ja in person.main
        return
    assert person.heading == "入力内容の確認", person.problems
    assert "まだ入力していない" not in person.main
    if scenario.expect.steps is not None:
        assert tuple(filler.steps) == scenario.expect.steps
    if scenario.expect.fee is not None:
        assert f"{scenario.expect.fee:,}円" in person.main


# All of them in English; in the others what promises them, whose walk is the longest.
IN_LANGUAGES = [
    pytest.param(*case.values, language, id=f"{case.id}-{language}")
    for case in CASES
    if str(case.id).endswith("-0")
    for language in ("en", *(() if case.values[0].id != "dog-registration" else ("easy", "zh", "ko")))
]


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("procedure", "scenario", "language"), IN_LANGUAGES)
def test_every_page_is_sound_in_every_language(
    applicant: Callable[..., Applicant], clock: Clock, procedure: Procedure, scenario: Scenario, language: str
) -> None:
    clock.moment = datetime.combine(scenario.on, time(10), TOKYO).astimezone(UTC)
    person = applicant(somebody_for(procedure), assurance="high")
    Filler(person, procedure, scenario).fill()
    check, id = person.at, person.at.split("/")[2]
    person.client.set_cookie("tetsuzuki_language", language)
    linked = {link.attributes["href"].partition("#")[0] for link in person.tree.all("a")}
    for page in (check, f"/applications/{id}", *sorted(linked - {""})):
        assert person.open(page).status_code == 200, page
        lang = person.tree.all("html")[0].attributes["lang"]
        assert lang == tag_of(language if somebody_for(procedure) == "hanako" else for_staff(language))
        if "/steps/" in page and main_form(person.tree).all("input"):
            person.send(
                {
                    node.attributes["name"]: ""
                    for node in main_form(person.tree).all("input")
                    if "text" in node.attributes.get("type", "")
                }
            )
            assert person.page.status_code in {200, 422}
