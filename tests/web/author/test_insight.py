"""People fill in, stumble and stop; the author reads it in numbers, and of nobody."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from procedures.database import Database
from procedures.insight.counting import EVERY
from procedures.models import Feedback, JourneyCount
from tests.web.browsing import Browser
from tests.web.client import faults
from tests.web.conftest import Clock
from tests.web.residents.applicant import DOG, OWNER, Applicant

PAGE = "/author/procedures/dog-registration"
PHONE = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148"}


@pytest.fixture
def crowd(applicant: Callable[..., Applicant], clock: Clock) -> list[Applicant]:
    """Six begin; all but one stumble over the telephone number, take a minute, and five send their application."""
    people = []
    for number in range(6):
        person = applicant("hanako")
        person.client.environ_base["HTTP_USER_AGENT"] = PHONE["User-Agent"]
        person.start("dog-registration")
        if number:
            person.send({**OWNER, "phone": "no number", "page:script": "1"})
            assert person.page.status_code == 422
            clock.move(timedelta(seconds=60))
            person.send({**OWNER, "page:script": "1"})
            person.send({**DOG, "page:script": "1"})
            person.send()
            person.send()
        people.append(person)
    clock.move(EVERY)
    people[0].open("/")
    return people


def figures(database: Database, measure: str) -> dict[tuple[str, str], int]:
    with database.read() as session:
        rows = session.scalars(select(JourneyCount).where(JourneyCount.measure == measure))
        return {(row.page, row.detail): row.count for row in rows}


def test_what_happened_is_counted(crowd: list[Applicant], database: Database) -> None:
    assert figures(database, "started") == {("", "phone"): 6}
    assert figures(database, "submitted") == {("", "phone"): 5}
    assert figures(database, "answered") == {("owner", ""): 5, ("dogs/dogs", ""): 5}
    assert figures(database, "refused") == {("owner", ""): 5}
    assert [key[0] for key in figures(database, "mistake")] == ["owner"]
    assert figures(database, "seconds")["owner", "60"] == 5
    assert figures(database, "without_script") == {}


def test_the_author_sees_where_people_stop(crowd: list[Applicant], browser: Callable[..., Browser]) -> None:
    page = browser("kimura").get(PAGE)
    assert faults(page) == []
    assert page.status_code == 200
    for words in ("スマートフォン", "電話番号", "飼い主", "52秒"):
        assert words in page.text, words


def test_so_few_that_one_could_be_recognised_are_not_counted_out(
    applicant: Callable[..., Applicant], clock: Clock, browser: Callable[..., Browser]
) -> None:
    applicant("hanako").start("dog-registration")
    clock.move(EVERY)
    page = browser("kimura").get(PAGE)
    assert "5未満" in page.text
    assert "スマートフォン" not in page.text


def test_it_is_a_table_too(crowd: list[Applicant], browser: Callable[..., Browser]) -> None:
    answer = browser("kimura").get(f"{PAGE}.csv?days=7")
    assert answer.content_type.startswith("text/csv")
    assert "飼い主" in answer.get_data(as_text=True)


@pytest.mark.parametrize("person", [None, "hanako", "sato", "tanaka"])
def test_nobody_else_sees_it(browser: Callable[..., Browser], people: object, person: str | None) -> None:
    for path in ("/author", PAGE, f"{PAGE}.csv"):
        assert browser(person).get(path).status_code in {302, 403}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("days", ["", "?days=7", "?days=x"])
def test_an_empty_page_is_sound(browser: Callable[..., Browser], published: None, language: str, days: str) -> None:
    author = browser("kimura")
    author.client.set_cookie("tetsuzuki_language", language)
    assert faults(author.get("/author")) == []
    assert faults(author.get(PAGE + days)) == []
    assert author.get("/author/procedures/unknown").status_code == 404


def test_no_count_holds_an_answer(crowd: list[Applicant], database: Database) -> None:
    with database.read() as session:
        rows = json.dumps([list(map(str, row)) for row in session.execute(text("SELECT * FROM journey_count"))])
    for answer in ("山田", "花子", "no number", "ポチ", "5321", "hanako"):
        assert answer not in rows


class TestFeedback:
    """The three questions."""

    @pytest.fixture
    def sent(self, hana: Applicant) -> str:
        id = hana.register()
        hana.send()
        return f"/applications/{id}/feedback"

    def test_it_is_offered_answered_and_thanked_for(self, hana: Applicant, sent: str, database: Database) -> None:
        hana.open(sent)
        hana.send({"ease": "4", "minutes": "１２", "words": "電話 03-5321-1111 へ。よかった"})
        assert hana.heading == "ご意見をありがとうございました"
        with database.read() as session:
            row = session.scalars(select(Feedback)).one()
        assert (row.ease, row.minutes, row.words) == (4, 12, "電話 □へ。よかった")
        assert sent.split("/")[2] not in row.token
        hana.open(sent)
        assert hana.heading == "ご意見をありがとうございました"

    def test_what_is_wrong_keeps_what_was_typed(self, hana: Applicant, sent: str) -> None:
        hana.open(sent)
        hana.send({"minutes": "ながい", "words": "あ" * 1_001})
        assert hana.page.status_code == 422
        assert len(hana.problems) == 3
        assert hana.typed("minutes") == ["ながい"]
        assert hana.typed("words") == ["あ" * 1_001]

    def test_another_and_a_draft_get_nothing(self, applicant: Callable[..., Applicant], sent: str) -> None:
        taro = applicant("taro")
        assert taro.get(sent).status_code == 404
        draft = taro.start("dog-registration")
        assert taro.get(f"/applications/{draft}/feedback").status_code == 404
