"""Who asks too often waits, whichever process answers; others do not, and nothing typed is lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import Flask, request
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from procedures.continuing import trying
from procedures.database import Database
from tests.web.browsing import Browser
from tests.web.conftest import Clock
from tests.web.platform.pages import add_page
from web.access import ANYONE
from web.security import pace
from web.security.pace import Pace, TooOften, caller

Open = Callable[..., Browser]
MINUTE = timedelta(minutes=1)


def asked(app: Flask, limit: Pace, who: str = "a") -> bool:
    """One request of somebody."""
    with app.test_request_context("/"):
        try:
            limit.require(who)
        except TooOften:
            return False
    return True


def away(*_about: object) -> None:
    raise OperationalError("INSERT", {}, Exception("gone"))


def test_so_many_within_so_long(app: Flask, clock: Clock) -> None:
    limit = Pace("x", 2, MINUTE)
    assert [asked(app, limit) for _ in range(4)] == [True, True, False, False]
    assert asked(app, limit, "b")
    assert asked(app, Pace("y", 2, MINUTE))
    clock.move(MINUTE - timedelta(microseconds=1))
    assert not asked(app, limit)
    clock.move(timedelta(microseconds=1))
    assert [asked(app, limit) for _ in range(3)] == [True, True, False]


@pytest.mark.parametrize("portion", [1, 3, 7])
def test_processes_share_what_they_take(app: Flask, portion: int) -> None:
    processes = [Pace("x", 20, MINUTE, portion=portion) for _ in range(3)]
    got = sum(asked(app, processes[number % 3]) for number in range(200))
    assert got == 20


def test_most_requests_of_a_busy_caller_write_nothing(app: Flask, database: Database) -> None:
    limit, written = Pace("x", 600, MINUTE, portion=30), []
    event.listen(database.engine, "begin", lambda *_: written.append(1))
    assert all(asked(app, limit) for _ in range(600))
    assert not asked(app, limit)
    assert len(written) == 21


@pytest.mark.parametrize("shut", [False, True])
def test_without_the_database_doors_of_residents_stay_open_and_of_sign_in_shut(
    app: Flask, monkeypatch: pytest.MonkeyPatch, shut: bool
) -> None:
    monkeypatch.setattr(trying, "take", away)
    assert asked(app, Pace("x", 1, MINUTE, shut=shut)) is not shut


def test_doors_stay_open_where_nothing_else_is_said(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "take", away)
    assert asked(app, Pace("x", 1, MINUTE))


def test_it_does_not_grow_for_ever(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The callers who came last are remembered."""
    assert pace.MOST_KEPT == 10_000
    monkeypatch.setattr(pace, "MOST_KEPT", 3)
    limit = Pace("x", 10, MINUTE, portion=5, shut=True)
    for number in range(10):
        asked(app, limit, str(number))
    assert len(limit._kept) == 3
    monkeypatch.setattr(trying, "take", away)
    assert [asked(app, limit, str(number)) for number in range(10)] == [*[False] * 7, *[True] * 3]


def test_a_portion_counts_as_long_as_it_was_taken_for(
    app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = Pace("x", 10, MINUTE, portion=5, shut=True)
    assert asked(app, limit)
    monkeypatch.setattr(trying, "take", away)
    clock.move(MINUTE - timedelta(microseconds=1))
    assert asked(app, limit)
    clock.move(timedelta(microseconds=1))
    assert not asked(app, limit)


def test_what_is_taken_one_by_one_is_not_kept(app: Flask) -> None:
    limit = Pace("x", 10, MINUTE)
    assert asked(app, limit)
    assert not limit._kept


def test_what_could_not_be_asked_is_logged_and_told_for_a_minute(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "take", away)
    logged = []
    monkeypatch.setattr(pace, "log", SimpleNamespace(warning=lambda said, **facts: logged.append((said, facts))))
    with app.test_request_context("/"), pytest.raises(TooOften) as refused:
        Pace("doors", 1, MINUTE, shut=True).require("a")
    assert (refused.value.seconds, str(refused.value)) == (60, "60")
    assert logged == [("pace_unknown", {"name": "doors", "reason": "OperationalError"})]


@pytest.mark.parametrize(("seconds", "told"), [(-1, 1), (0, 1), (1, 1), (2, 2)])
def test_nobody_is_told_to_come_back_at_once(seconds: int, told: int) -> None:
    assert TooOften(seconds).seconds == told


def test_what_was_typed_can_be_sent_again(app: Flask, browser: Open, clock: Clock) -> None:
    limit, received = Pace("x", 1, MINUTE), []

    def take() -> str:
        limit.require("a")
        received.append(request.form["story"])
        return "taken"

    add_page(app, "/form", take, ANYONE, methods=["GET", "POST"])
    hanako = browser("hanako")
    typed = {"story": "髙橋 <b>\n二行目"}
    assert hanako.post("/form", typed).text == "taken"
    page = hanako.post("/form", typed, headers={"Sec-Fetch-Site": "same-origin"})
    assert (page.status_code, page.headers["Retry-After"]) == (429, "60")
    assert "髙橋 &lt;b&gt;" in page.text
    assert "もう一度送る" in page.text
    forged = hanako.post("/form", typed, headers={"Sec-Fetch-Site": "cross-site"})
    assert forged.status_code == 429
    assert "髙橋" not in forged.text
    clock.move(MINUTE)
    assert hanako.post("/form", typed).text == "taken"


@pytest.mark.parametrize(
    ("proxies", "told", "peer", "expected"),
    [
        (0, "", "192.0.2.1", "192.0.2.1"),
        (0, "198.51.100.7", "192.0.2.1", "192.0.2.1"),  # without a proxy of ours it is anybody's invention
        (1, "1.1.1.1, 198.51.100.7", "192.0.2.1", "198.51.100.7"),
        (2, "1.1.1.1, 198.51.100.7, 10.0.0.1", "192.0.2.1", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1", "192.0.2.1"),
        (1, " , 198.51.100.7, ,", "192.0.2.1", "198.51.100.7"),
        (1, " , ,", "192.0.2.1", "192.0.2.1"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2"),
        (0, "", None, ""),
    ],
)
def test_who_asks(app: Flask, proxies: int, told: str, peer: str | None, expected: str) -> None:
    services = app.extensions["tetsuzuki"]
    app.extensions["tetsuzuki"] = replace(services, settings=replace(services.settings, proxies=proxies))
    headers = {"X-Forwarded-For": told} if told else {}
    with app.test_request_context("/", headers=headers, environ_base={"REMOTE_ADDR": peer}):
        assert caller() == expected
