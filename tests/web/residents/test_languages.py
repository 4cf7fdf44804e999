"""A procedure with all its texts speaks one language on all its pages; one without says what is missing."""

from collections.abc import Callable
from datetime import UTC, datetime, time

import pytest
from werkzeug.test import TestResponse

from engine.words import LANGUAGES, say, tag_of
from tests.web.client import Node, read
from tests.web.conftest import Clock
from tests.web.residents.applicant import Applicant
from tests.web.residents.filler import Filler
from tests.web.residents.test_every_scenario import CASES
from tests.web.tongues import strays
from web.context import TOKYO

FIRST = {procedure.id: (procedure, scenario) for procedure, scenario in (case.values for case in reversed(CASES))}
DOGS = "dog-registration"
INSTEAD = "data-instead"


def watched(person: Applicant) -> list[tuple[str, Node]]:
    """Every page that the person meets from now on."""
    pages: list[tuple[str, Node]] = []
    remember = person._remember

    def look(page: TestResponse) -> TestResponse:
        if page.mimetype == "text/html" and page.status_code not in range(300, 400):
            pages.append((f"{page.request.path} ({page.status_code})", read(page)))
        return remember(page)

    person._remember = look
    return pages


def walk(person: Applicant, id: str) -> None:
    """The whole way: the catalogue, each page empty and then answered, the check page, paying, the case."""
    procedure, scenario = FIRST[id]
    person.open("/")
    person.open(f"/procedures/{id}")
    person.send(form="/start")
    person.send(dict.fromkeys(("name.family", "phone", "email"), ""))
    person.open(person.at)
    Filler(person, procedure, scenario).fill()
    case = f"/applications/{person.at.split('/')[2]}"
    for step in procedure.steps:
        person.open(f"{case}/steps/{step.id}")
    person.open(case)
    person.open(f"{case}/check")
    person.send(form="/check")
    for page in ("", "/withdraw", "/pay"):
        person.open(f"{case}{page}")
    person.open("/applications")


@pytest.fixture
def somebody(applicant: Callable[..., Applicant], clock: Clock) -> Callable[[str, str], Applicant]:
    """Hanako on the day of the procedure's first example, reading a language."""

    def open_browser(id: str, language: str) -> Applicant:
        clock.moment = datetime.combine(FIRST[id][1].on, time(10), TOKYO).astimezone(UTC)
        person = applicant("hanako", assurance="high")
        person.client.set_cookie("tetsuzuki_language", language)
        return person

    return open_browser


@pytest.mark.sqlite_only
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_procedure_with_all_its_texts_speaks_one_language(
    somebody: Callable[[str, str], Applicant], language: str
) -> None:
    person = somebody(DOGS, language)
    pages = watched(person)
    walk(person, DOGS)
    assert len(pages) > 15
    for where, page in pages:
        assert page.all("html")[0].attributes["lang"] == tag_of(language), where
        if where.startswith("/ ("):
            continue  # the list of all procedures, of which others are not translated
        assert not list(strays(page)), where
        assert not [node for node in page if INSTEAD in node.attributes], where


@pytest.mark.sqlite_only
@pytest.mark.parametrize("language", ["easy", "zh", "ko"])
def test_what_a_procedure_does_not_say_is_marked(somebody: Callable[[str, str], Applicant], language: str) -> None:
    person = somebody("water-service-start", language)
    pages = watched(person)
    walk(person, "water-service-start")
    marked = 0
    for where, page in pages:
        instead = [node for node in page if INSTEAD in node.attributes]
        told = [node.said for node in page.all("p") if node.attributes.get("class") == "instead"]
        assert told == ([say("site.instead", language)] if instead else []), where
        assert {node.attributes.get("lang") for node in instead} <= {"ja"}, where
        marked += len(instead)
        # What is put together from several texts (a mistake that quotes the title) is in the language of the page.
        quoted = [line for line in strays(page) if "<title>" not in line and not _quotes(line)]
        assert not quoted, where
    assert bool(marked) is (language != "easy")


def _quotes(line: str) -> bool:
    return any(mark in line for mark in "“‘「（(")
