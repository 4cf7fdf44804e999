"""Passkeys: added under a sign-in, used to sign in, and refused whenever anything is not as it should be."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from procedures.database import Database
from procedures.models import AuditEvent, Passkey
from procedures.people.passkeys import MOST
from tests.web.browsing import TOKEN, Browser
from tests.web.client import faults
from tests.web.conftest import Clock
from tests.web.identity.authenticator import PRESENT, Authenticator
from web import create_app
from web.context import assurance, current_actor
from web.identity.passkeys.ceremony import available
from web.security.cookies import SESSION
from web.services import Overrides
from web.settings import Settings

Open = Callable[..., Browser]


def send(person: Browser, address: str, body: Any = None) -> Any:
    """As the script does: JSON, with the token of the page in a header."""
    page = person.client.get("/sign-in/done")
    token = TOKEN.search(page.text)[1]
    return person.client.post(address, json=body or {}, headers={"X-CSRF-Token": token})


def add(person: Browser, device: Authenticator, **more: Any) -> Any:
    """Add a passkey."""
    options = send(person, "/account/passkeys/options").json
    return send(person, "/account/passkeys", device.make(options, **more))


def sign_in(person: Browser, device: Authenticator, query: str = "", **more: Any) -> Any:
    """Sign in with it."""
    options = send(person, "/sign-in/passkey/options").json
    return send(person, f"/sign-in/passkey{query}", device.sign(options, **more))


def who(app: Flask, person: Browser) -> tuple[str, str | None]:
    """Who the site takes this browser for, and how surely."""
    cookie = person.client.get_cookie(SESSION)
    headers = {"Cookie": f"{SESSION}={cookie.value}"} if cookie else {}
    with app.test_request_context("/", headers=headers):
        return current_actor().id if current_actor().kind != "visitor" else "", assurance()


@pytest.fixture
def device(browser: Open) -> Authenticator:
    """Hanako's phone, with a passkey added under a substantial sign-in."""
    made = Authenticator()
    assert add(browser("hanako"), made, name="わたしの  スマホ").json == {"then": "/account?done=added"}
    return made


def test_it_signs_in_on_a_browser_that_knows_nothing(app: Flask, browser: Open, device: Authenticator) -> None:
    stranger = browser()
    answer = sign_in(stranger, device, "?next=/applications")
    assert answer.json == {"then": "/applications", "too_low": False}
    assert who(app, stranger) == ("hanako", "substantial")


def test_the_options_demand_a_verified_user_and_name_nobody(browser: Open, device: Authenticator) -> None:
    asked = send(browser(), "/sign-in/passkey/options").json
    assert asked["userVerification"] == "required"
    assert asked.get("allowCredentials", []) == []
    assert asked["rpId"] == "localhost"
    made = send(browser("hanako"), "/account/passkeys/options").json
    assert made["authenticatorSelection"]["residentKey"] == "required"
    assert made["authenticatorSelection"]["userVerification"] == "required"
    assert len(made["excludeCredentials"]) == 1


@pytest.mark.parametrize("level", ["basic", "substantial", "high"])
def test_its_level_is_that_of_the_sign_in_under_which_it_was_added(app: Flask, browser: Open, level: str) -> None:
    device = Authenticator()
    add(browser("hanako", assurance=level), device)
    stranger = browser()
    sign_in(stranger, device)
    assert who(app, stranger)[1] == level


def test_the_installation_may_say_that_it_proves_less(
    settings: Settings, database: Database, clock: Clock, browser: Open, device: Authenticator
) -> None:
    app = create_app(replace(settings, passkey_level="basic"), database, Overrides(clock=clock))
    stranger = Browser(app)
    answer = sign_in(stranger, device, "?level=substantial&next=/applications")
    assert answer.json == {"then": None, "too_low": True}
    assert who(app, stranger) == ("hanako", "basic")


def test_staff_sign_in_with_theirs(app: Flask, browser: Open) -> None:
    device, sato = Authenticator(), browser("sato")
    add(sato, device)
    stranger = browser()
    sign_in(stranger, device, "?next=/desk")
    assert stranger.get("/desk").status_code == 200


def test_nobody_is_sent_to_another_site(browser: Open, device: Authenticator) -> None:
    assert sign_in(browser(), device, "?next=//evil.example").json["then"] == "/"


def refused(app: Flask, person: Browser, answer: Any) -> None:
    """Not believed, without a word why, and nobody is signed in."""
    assert answer.status_code == 400
    assert set(answer.json) <= {"refused", "language"}
    assert who(app, person) == ("", None)


@pytest.mark.parametrize(
    "lie",
    [
        {"origin": "http://evil.example"},
        {"origin": "http://localhost:8000"},
        {"host": "evil.example"},
        {"flags": PRESENT},
        {"flags": 0},
    ],
    ids=str,
)
def test_an_answer_from_elsewhere_or_without_a_verified_user(
    app: Flask, browser: Open, device: Authenticator, lie: dict[str, Any]
) -> None:
    stranger = browser()
    refused(app, stranger, sign_in(stranger, replace(device, **lie)))


def test_an_answer_given_twice(app: Flask, browser: Open, device: Authenticator) -> None:
    first, second = browser(), browser()
    options = send(first, "/sign-in/passkey/options").json
    signed = device.sign(options)
    assert send(first, "/sign-in/passkey", signed).status_code == 200
    refused(app, second, send(second, "/sign-in/passkey", signed))


def test_a_challenge_that_we_never_gave_or_that_is_too_old(
    app: Flask, browser: Open, device: Authenticator, clock: Clock
) -> None:
    stranger = browser()
    refused(app, stranger, send(stranger, "/sign-in/passkey", device.sign({"challenge": "AAAA"})))
    options = send(stranger, "/sign-in/passkey/options").json
    clock.move(timedelta(minutes=5))
    refused(app, stranger, send(stranger, "/sign-in/passkey", device.sign(options)))


def test_a_challenge_for_adding_does_not_sign_in(app: Flask, browser: Open, device: Authenticator) -> None:
    options = send(browser("hanako"), "/account/passkeys/options").json
    stranger = browser()
    refused(app, stranger, send(stranger, "/sign-in/passkey", device.sign(options)))


def test_the_credential_of_one_with_the_key_of_another(app: Flask, browser: Open, device: Authenticator) -> None:
    stranger = browser()
    refused(app, stranger, sign_in(stranger, replace(device, key=Authenticator().key)))
    refused(app, stranger, sign_in(stranger, Authenticator()))


def test_a_credential_that_says_it_is_somebody_elses(app: Flask, browser: Open, device: Authenticator) -> None:
    stranger = browser()
    refused(app, stranger, sign_in(stranger, device, user="taro"))


def test_a_counter_that_goes_back(app: Flask, browser: Open, device: Authenticator, database: Database) -> None:
    """A copy of the key that was used less often than the device."""
    device.counter = 7
    assert sign_in(browser(), device).status_code == 200
    copy, stranger = replace(device, counter=3), browser()
    refused(app, stranger, sign_in(stranger, copy))
    with database.read() as session:
        assert session.scalars(select(Passkey.counter)).one() == 8


@pytest.mark.parametrize(
    "nonsense",
    [
        {},
        {"id": "x"},
        {"response": "x"},
        {"response": {"clientDataJSON": "!!"}},
        {"response": {"clientDataJSON": "bnVsbA"}},
        {"id": 5, "response": {"clientDataJSON": "eyJjaGFsbGVuZ2UiOiJBQUFBIn0"}},
        [1],
    ],
)
def test_nonsense(app: Flask, browser: Open, nonsense: Any) -> None:
    stranger = browser()
    refused(app, stranger, send(stranger, "/sign-in/passkey", nonsense))
    assert send(browser("hanako"), "/account/passkeys", nonsense).status_code == 400


class TestAdding:
    """Only under one's own sign-in, only once, only what this site asked for."""

    def test_a_visitor_adds_none(self, browser: Open) -> None:
        assert send(browser(), "/account/passkeys/options").status_code in {302, 303, 401}

    def test_an_answer_to_somebody_elses_challenge(self, browser: Open) -> None:
        options = send(browser("hanako"), "/account/passkeys/options").json
        assert send(browser("taro"), "/account/passkeys", Authenticator().make(options)).status_code == 400

    def test_an_answer_given_twice(self, browser: Open) -> None:
        hanako = browser("hanako")
        made = Authenticator().make(send(hanako, "/account/passkeys/options").json)
        assert send(hanako, "/account/passkeys", made).status_code == 200
        assert send(hanako, "/account/passkeys", made).status_code == 400

    def test_a_passkey_that_somebody_has(self, browser: Open, device: Authenticator, database: Database) -> None:
        assert add(browser("taro"), device).status_code == 400
        with database.read() as session:
            assert session.scalars(select(Passkey.person_id)).all() == ["hanako"]

    @pytest.mark.parametrize("lie", [{"origin": "http://evil.example"}, {"host": "evil.example"}, {"flags": PRESENT}])
    def test_one_made_elsewhere_or_without_a_verified_user(self, browser: Open, lie: dict[str, Any]) -> None:
        assert add(browser("hanako"), replace(Authenticator(), **lie)).status_code == 400

    def test_not_more_than_so_many(self, browser: Open) -> None:
        hanako = browser("hanako")
        for _ in range(MOST):
            assert add(hanako, Authenticator()).status_code == 200
        assert add(hanako, Authenticator()).status_code == 400
        assert "data-passkey" not in hanako.get("/account").text


class TestThePage:
    """The list of one's own."""

    def test_it_is_there_by_name(self, browser: Open, device: Authenticator) -> None:
        hanako = browser("hanako")
        page = hanako.get("/account?done=added")
        assert faults(page) == []
        assert "わたしの スマホ" in page.text
        assert "まだ使っていません" in page.text
        sign_in(browser(), device)
        assert "まだ使っていません" not in hanako.get("/account").text

    def test_renaming_and_removing(self, app: Flask, browser: Open, device: Authenticator, database: Database) -> None:
        hanako = browser("hanako")
        with database.read() as session:
            id = session.scalars(select(Passkey.id)).one()
        assert hanako.post(f"/account/passkeys/{id}/rename", {"name": "仕事用" + "x" * 100}).status_code == 303
        assert "仕事用xxx" in hanako.get("/account").text
        assert faults(hanako.get(f"/account/passkeys/{id}/remove")) == []
        assert hanako.post(f"/account/passkeys/{id}/remove").status_code == 303
        assert "パスキーはまだありません" in hanako.get("/account").text
        stranger = browser()
        refused(app, stranger, sign_in(stranger, device))
        with database.read() as session:
            assert session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)).all() == [
                "passkey.added",
                "passkey.removed",
            ]

    def test_anothers_is_not_there(self, browser: Open, device: Authenticator, database: Database) -> None:
        taro = browser("taro")
        with database.read() as session:
            id = session.scalars(select(Passkey.id)).one()
        for answer in (
            taro.get(f"/account/passkeys/{id}/remove"),
            taro.post(f"/account/passkeys/{id}/remove"),
            taro.post(f"/account/passkeys/{id}/rename", {"name": "x"}),
        ):
            assert answer.status_code == 404
        assert "スマホ" not in taro.get("/account").text

    def test_the_sign_in_page_offers_it_once_one_was_added_here(self, browser: Open) -> None:
        hanako = browser("hanako")
        add(hanako, Authenticator())
        page = hanako.get("/sign-in?next=/applications")
        assert faults(page) == []
        assert "パスキーでログイン" in page.text
        assert "data-query=" in page.text


@pytest.mark.parametrize(
    ("address", "possible"),
    [
        ("http://localhost:8000", True),
        ("https://tetsuzuki.example.jp", True),
        ("http://127.0.0.1:8000", False),
        ("https://[::1]", False),
    ],
)
def test_an_ip_address_has_no_passkeys(address: str, possible: bool) -> None:
    assert available(Settings(public_url=address)) is possible
    assert not available(Settings(public_url=address, passkeys=False))
