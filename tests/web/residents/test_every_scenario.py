"""Every scenario of every procedure, filled in by hand: whatever the engine promises, the pages can do."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest

from engine.compiling import compile_procedure, load_concepts, load_tariffs
from engine.compiling.tariffs import is_tariff
from engine.model import Field, Procedure, Scenario
from tests.web.casework import photo
from tests.web.client import main_form
from tests.web.conftest import Clock
from tests.web.residents.applicant import Applicant
from web.context import TOKYO

SPECS = Path(__file__).parents[3] / "procedure_specs"
PAGES = 60  # more than any of them has


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


class Filler:
    """Answers each page as the scenario says, until the check page comes or a page is refused."""

    def __init__(self, person: Applicant, procedure: Procedure, scenario: Scenario) -> None:
        self.person, self.procedure, self.answers = person, procedure, scenario.answers
        self.steps: list[str] = []

    def fill(self) -> None:
        """Go as far as it goes."""
        self.person.start(self.procedure.id)
        for _ in range(PAGES):
            if self.person.at.endswith("/check") or self.person.page.status_code != 200:
                return
            self._page(self.person.at.split("/")[4:])
        raise AssertionError(f"still not at the end: {self.person.at}")

    def _page(self, place: list[str]) -> None:
        step = self.procedure.step_by_id[place[0]]
        if step.id not in self.steps:
            self.steps.append(step.id)
        if len(place) == 1:
            self._send(step.plain_fields, self.answers)
        elif len(place) == 3:
            listed = self.procedure.fields[place[1]]
            self._send(listed.items.properties, self.answers[listed.id][int(place[2]) - 1])
        else:
            self._list(place[1])

    def _list(self, list_id: str) -> None:
        have = sum("card" in node.attributes.get("class", "") for node in self.person.tree.all("li"))
        if have < len(self.answers.get(list_id, ())):
            self.person.press("追加")
        else:
            self.person.send()

    def _send(self, fields: tuple[Field, ...], answers: Mapping[str, Any]) -> None:
        texts, files = {}, []
        for field in fields:
            if field.type.control == "file":
                files += [(f"{field.id}.new", f"{name}.jpg", photo()) for name in answers.get(field.id, ())]
            elif field.id in answers:
                for part, given in field.type.show_raw(field, answers[field.id]).items():
                    texts[f"{field.id}.{part}" if part else field.id] = given
        offered = {
            node.attributes.get("name") for node in main_form(self.person.tree).all("input", "select", "textarea")
        }
        assert texts.keys() <= offered, f"{self.person.at} does not ask {sorted(texts.keys() - offered)}"
        self.person.send(texts, files=files)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("procedure", "scenario"), CASES)
def test_it_can_be_filled_in(
    applicant: Callable[..., Applicant], clock: Clock, procedure: Procedure, scenario: Scenario
) -> None:
    clock.moment = datetime.combine(scenario.on, time(10), TOKYO).astimezone(UTC)
    person = applicant("hanako", assurance="high")
    filler = Filler(person, procedure, scenario)
    filler.fill()
    if scenario.expect.errors:
        assert person.page.status_code == 422
        assert person.problems
        return
    assert person.heading == "入力内容の確認", person.problems
    assert "まだ入力していない" not in person.main
    if scenario.expect.steps is not None:
        assert tuple(filler.steps) == scenario.expect.steps
    if scenario.expect.fee is not None:
        assert f"{scenario.expect.fee:,}円" in person.main


@pytest.mark.sqlite_only
@pytest.mark.parametrize("language", ["easy", "en"])
@pytest.mark.parametrize(("procedure", "scenario"), [case for case in CASES if str(case.id).endswith("-0")])
def test_every_page_is_sound_in_every_language(
    applicant: Callable[..., Applicant], clock: Clock, procedure: Procedure, scenario: Scenario, language: str
) -> None:
    clock.moment = datetime.combine(scenario.on, time(10), TOKYO).astimezone(UTC)
    person = applicant("hanako", assurance="high")
    Filler(person, procedure, scenario).fill()
    check, id = person.at, person.at.split("/")[2]
    person.client.set_cookie("tetsuzuki_language", language)
    linked = {link.attributes["href"].partition("#")[0] for link in person.tree.all("a")}
    for page in (check, f"/applications/{id}", *sorted(linked - {""})):
        assert person.open(page).status_code == 200, page
        lang = person.tree.all("html")[0].attributes["lang"]
        assert lang == ("en" if language == "en" else "ja")
        if "/steps/" in page and main_form(person.tree).all("input"):
            person.send(
                {
                    node.attributes["name"]: ""
                    for node in main_form(person.tree).all("input")
                    if "text" in node.attributes.get("type", "")
                }
            )
            assert person.page.status_code in {200, 422}
