"""The inventory of personal data as an author reads it, and what a resident is told of it before starting."""

from collections.abc import Callable

import pytest

from engine.words import say
from procedures.database import Database
from procedures.keeping.inventory import of_columns, of_procedure
from procedures.library import in_force
from tests.web.browsing import Browser
from tests.web.client import faults
from tests.web.conftest import Clock

ALL, ONE = "/author/inventory", "/author/procedures/dog-registration/inventory"


@pytest.mark.parametrize("language", ["ja", "easy", "en"])
@pytest.mark.parametrize("address", [ALL, ONE])
def test_the_pages_are_sound_in_each_language(
    published: object, browser: Callable[..., Browser], address: str, language: str
) -> None:
    kimura = browser("kimura")
    kimura.post("/language", {"language": language, "next": address})
    page = kimura.get(address)
    assert page.status_code == 200
    assert faults(page) == []
    assert say("author.inventory", language) in page.text


def test_every_question_about_a_person_stands_in_it(
    published: object, database: Database, clock: Clock, browser: Callable[..., Browser]
) -> None:
    with database.read() as session:
        procedure = in_force(session, "dog-registration", clock().date()).procedure
    entries = list(of_procedure(procedure, "ja"))
    page = browser("kimura").get(ONE)
    assert len(entries) > 5
    for one in entries:
        for words in (one.what, one.where.partition("/")[2], one.purpose, one.kept, one.seen_by):
            assert words in page.text, words
    assert "identifying" not in page.text


def test_the_list_leads_to_each_and_counts_its_questions(published: object, browser: Callable[..., Browser]) -> None:
    kimura = browser("kimura")
    assert f'href="{ALL}"' in kimura.get("/author").text
    assert f'href="{ONE}"' in kimura.get("/author/procedures/dog-registration").text
    page = kimura.get(ALL)
    assert f'href="{ONE}"' in page.text
    for one in of_columns("ja"):
        assert one.where in page.text


def test_it_is_a_table_for_spreadsheets_too(published: object, browser: Callable[..., Browser]) -> None:
    answer = browser("kimura").get(f"{ALL}.csv")
    assert answer.content_type.startswith("text/csv")
    lines = answer.get_data().decode("utf-8-sig").splitlines()
    assert lines[0].startswith('"場所","項目"')
    assert any(line.startswith('"dog-registration/') for line in lines)
    assert any(line.startswith('"message.body"') for line in lines)


@pytest.mark.parametrize("address", [ALL, f"{ALL}.csv", ONE])
def test_it_is_for_authors(published: object, browser: Callable[..., Browser], address: str) -> None:
    assert browser("sato").get(address).status_code == 403
    assert browser("kimura").get("/author/procedures/nothing/inventory").status_code == 404


@pytest.mark.parametrize("language", ["ja", "easy", "en", "zh", "ko"])
def test_before_starting_a_resident_reads_what_answers_are_for(
    published: object, browser: Callable[..., Browser], language: str
) -> None:
    """個人情報の保護に関する法律第62条: the purpose is told before anything is asked."""
    anybody = browser()
    anybody.post("/language", {"language": language, "next": "/"})
    page = anybody.get("/procedures/dog-registration")
    assert faults(page) == []
    bureau = say("bureau.hokeniryo", language)
    assert say("resident.answers_use_office", language, bureau=bureau, years=5) in page.text
