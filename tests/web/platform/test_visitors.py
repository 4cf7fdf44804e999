"""Visitors who have not signed in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.web.browsing import Browser
from tests.web.conftest import Clock
from tests.web.platform.pages import add_page
from web.access import ANYONE
from web.context import current_actor
from web.security.cookies import VISITOR

Open = Callable[..., Browser]


@pytest.fixture
def who(app: Flask) -> None:
    add_page(app, "/who", lambda: current_actor().owner_key, ANYONE)


def test_a_browser_is_the_same_visitor_on_each_page(browser: Open, who: None) -> None:
    reader = browser()
    first = reader.get("/who")
    second = reader.get("/who")
    assert first.text.startswith("visitor:")
    assert second.text == first.text
    assert "Set-Cookie" in first.headers
    assert "Set-Cookie" not in second.headers


def test_two_browsers_are_two_visitors(browser: Open, who: None) -> None:
    assert browser().get("/who").text != browser().get("/who").text


@pytest.mark.parametrize(
    "forge",
    [
        lambda text: text[:-9] + ("A" if text[-9] != "A" else "B") + text[-8:],
        lambda text: "other|1777597200." + text.rpartition(".")[2],
        lambda _: "x",
    ],
)
def test_a_forged_cookie_is_a_new_visitor(browser: Open, who: None, forge: Callable[[str], str]) -> None:
    reader = browser()
    mine = reader.get("/who").text
    reader.client.set_cookie(VISITOR, forge(reader.client.get_cookie(VISITOR).value))
    assert reader.get("/who").text != mine


def test_the_cookie_is_renewed_while_somebody_keeps_coming(browser: Open, who: None, clock: Clock) -> None:
    reader = browser()
    mine = reader.get("/who").text
    for _ in range(10):
        clock.move(timedelta(days=20))
        page = reader.get("/who")
        assert page.text == mine
        assert VISITOR in page.headers["Set-Cookie"]


def test_a_cookie_left_alone_for_long_is_a_new_visitor(browser: Open, who: None, clock: Clock) -> None:
    reader = browser()
    mine = reader.get("/who").text
    clock.move(timedelta(days=61))
    assert reader.get("/who").text != mine
