"""Sessions of people who signed in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, delete, event, select

from procedures.database import Database
from procedures.models import StaffRole, WebSession
from tests.web.browsing import Browser
from tests.web.conftest import Clock
from tests.web.platform.pages import add_page
from web.access import ANYONE, RESIDENT
from web.context import assurance, current_actor
from web.identity.sessions import LIVES, begin_session, end_session, read_session
from web.security.cookies import SESSION

Open = Callable[..., Browser]


@pytest.fixture
def app(new_app: Flask) -> Flask:
    """An application that gets pages of these tests."""
    return new_app


@pytest.fixture
def who(app: Flask) -> None:
    add_page(app, "/who", lambda: f"{current_actor().owner_key} {assurance()}", ANYONE)
    add_page(app, "/mine", lambda: "mine", RESIDENT)


def statements_of(engine: Engine) -> list[str]:
    """The list into which every statement of `engine` will be written from now on."""
    found: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *about: found.append(about[2]))
    return found


def test_a_session_is_known_by_its_cookie(browser: Open, who: None) -> None:
    assert browser("hanako").get("/who").text == "person:hanako substantial"


def test_the_cookie_is_not_what_the_database_holds(browser: Open, database: Database) -> None:
    hanako = browser("hanako")
    token = hanako.client.get_cookie(SESSION).value
    with database.read() as session:
        row = session.scalars(select(WebSession)).one()
    assert token not in {row.id_hash, row.device, *map(str, row.data.values())}
    assert read_session(database, row.created_at, row.id_hash) is None


def test_a_session_ends_after_half_a_day(browser: Open, who: None, clock: Clock) -> None:
    hanako = browser("hanako")
    clock.move(LIVES - timedelta(seconds=1))
    assert hanako.get("/mine").status_code == 200
    clock.move(timedelta(seconds=1))
    assert hanako.get("/mine").status_code == 302
    assert hanako.get("/who").text.startswith("visitor:")


def test_expired_sessions_are_swept_away(database: Database, people: object, clock: Clock) -> None:
    with database.write() as session:
        begin_session(session, clock(), "hanako", "local", "basic")
    clock.move(LIVES)
    with database.write() as session:
        begin_session(session, clock(), "taro", "local", "basic")
    with database.read() as session:
        assert [row.person_id for row in session.scalars(select(WebSession))] == ["taro"]


def test_ending_a_session_leaves_the_others(database: Database, people: object, clock: Clock) -> None:
    with database.write() as session:
        one, other = (begin_session(session, clock(), "hanako", "local", "basic") for _ in range(2))
        end_session(session, one)
        end_session(session, "never was")
    assert read_session(database, clock(), one) is None
    assert read_session(database, clock(), other).person_id == "hanako"


def test_staff_carry_each_role_with_its_office(browser: Open, app: Flask, database: Database) -> None:
    add_page(app, "/posts", lambda: f"{sorted(current_actor().posts)}", ANYONE)
    sato = browser("sato")
    assert sato.get("/posts").text == "[('clerk', '*')]"
    with database.write() as session:
        session.execute(delete(StaffRole).where(StaffRole.person_id == "sato"))
        session.add_all(StaffRole(person_id="sato", role=role, office=at) for role, at in TWO_OFFICES)
    assert sato.get("/posts").text == f"{sorted(TWO_OFFICES)}"


TWO_OFFICES = (("clerk", "hokenjo"), ("cashier", "shuzei"))


def test_a_request_reads_the_session_once_and_a_page_writes_nothing(
    browser: Open, database: Database, who: None
) -> None:
    hanako = browser("hanako")
    read, written = statements_of(database.reading_engine), statements_of(database.engine)
    hanako.get("/sign-in/done")
    hanako.get("/mine")
    assert len([text for text in read if "FROM web_session" in text]) == 2
    assert not [text for text in read + written if text.split()[0] in {"INSERT", "UPDATE", "DELETE"}]


def test_a_visitor_costs_the_database_nothing(browser: Open, database: Database, who: None) -> None:
    read, written = statements_of(database.reading_engine), statements_of(database.engine)
    reader = browser()
    reader.get("/sign-in/done")
    reader.post("/language", {"language": "en"})
    assert read + written == []


@pytest.mark.parametrize("token", ["", "x", "'; DROP TABLE web_session; --", "あ", "x" * 3000])
def test_a_cookie_that_is_none_of_ours_is_a_visitor(browser: Open, who: None, token: str) -> None:
    reader = browser()
    reader.client.set_cookie(SESSION, token)
    assert reader.get("/who").text.startswith("visitor:")
