"""Signing in by a link that was sent by mail."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from procedures.database import Database
from procedures.jobs import run_one
from procedures.models import Job, MailLink, Person
from procedures.people.mail_links import PER_ADDRESS, PER_SOURCE
from tests.web.browsing import Browser
from tests.web.client import faults
from tests.web.conftest import Clock
from tests.web.identity.test_passkeys import who
from web import create_app
from web.services import Overrides
from web.settings import Settings
from web.wiring import work_of

LINK = re.compile(r"http://localhost(/sign-in/mail/\S+)")
CODE = re.compile(r"\b([0-9]{6})\b")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """With the switch on."""
    return Settings(public_url="http://localhost", data_dir=tmp_path / "data", mail_sign_in=True)


@pytest.fixture
def mails(app: Flask, database: Database, clock: Clock) -> Callable[[], list[str]]:
    """Lets the worker send what waits; the texts of all mails so far."""
    services = app.extensions["tetsuzuki"]

    def read() -> list[str]:
        while run_one(database, clock, "worker", work_of(services).handlers):
            pass
        files = sorted(services.settings.mail_dir.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        letters = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
        return [f"{mail['To']}\n{mail.get_body(('plain',)).get_content()}" for mail in letters]

    return read


Mails = Callable[[], list[str]]


def ask(person: Browser, address: str = "hanako@example.jp", then: str = "/applications") -> int:
    """Ask for a mail; the status of the answer."""
    person.get(f"/sign-in/mail?next={then}")
    return person.post("/sign-in/mail", {"address": address, "next": then}).status_code


def test_the_link_signs_in_once_in_the_browser_that_asked(
    app: Flask, browser: Callable[..., Browser], mails: Mails, database: Database
) -> None:
    hanako = browser()
    assert ask(hanako) == 303
    assert faults(hanako.follow()) == []
    [mail] = mails()
    assert mail.startswith("hanako@example.jp\n")
    address = LINK.search(mail)[1]
    for _ in range(3):  # programs that look into mails open it too
        page = hanako.get(address)
        assert page.status_code == 200
        assert faults(page) == []
    assert who(app, hanako) == ("", None)
    sent = hanako.post(address)
    assert (sent.status_code, sent.headers["Location"]) == (303, "/applications")
    with database.read() as session:
        row = session.scalars(select(Person).where(Person.issuer == "mail")).one()
    assert who(app, hanako) == (row.id, "basic")
    assert (row.subject, row.email, row.assurance) == ("hanako@example.jp", "hanako@example.jp", "basic")
    hanako.get("/sign-in/done")
    assert hanako.post(address).status_code == 400


def test_the_same_mailbox_is_the_same_person(browser: Callable[..., Browser], mails: Mails, database: Database) -> None:
    for spelling in ("hanako@example.jp", " Hanako@EXAMPLE.jp ", "ｈａｎａｋｏ@example.jp"):
        hanako = browser()
        ask(hanako, spelling)
        hanako.post(LINK.search(mails()[-1])[1])
    with database.read() as session:
        assert len(session.scalars(select(Person).where(Person.issuer == "mail")).all()) == 1


def test_another_browser_is_told_to_go_back_and_cannot_use_it(
    app: Flask, browser: Callable[..., Browser], mails: Mails
) -> None:
    hanako, phone = browser(), browser()
    ask(hanako)
    address = LINK.search(mails()[0])[1]
    page = phone.get(address)
    assert faults(page) == []
    assert "最初の画面" in page.text
    main = page.text.partition("<main")[2].partition("</main>")[0]
    assert CODE.search(main) is None  # it stands in the mail alone
    assert phone.post(address).status_code == 400
    assert who(app, phone) == ("", None)
    assert hanako.post(address).status_code == 303


def test_the_code_signs_in_where_it_was_asked_for(app: Flask, browser: Callable[..., Browser], mails: Mails) -> None:
    hanako, stranger = browser(), browser()
    ask(hanako)
    code = CODE.search(mails()[0])[1]
    assert stranger.post("/sign-in/mail/code", {"code": code}).status_code == 400
    wide = code.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    sent = hanako.post("/sign-in/mail/code", {"code": f"{wide[:3]} {wide[3:]}"})
    assert (sent.status_code, sent.headers["Location"]) == (303, "/applications")
    assert who(app, hanako)[1] == "basic"
    hanako.get("/sign-in/done")
    assert hanako.post("/sign-in/mail/code", {"code": code}).status_code == 400


def test_a_code_cannot_be_guessed_at_for_long(browser: Callable[..., Browser], mails: Mails) -> None:
    hanako = browser()
    ask(hanako)
    code = CODE.search(mails()[0])[1]
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(5):
        page = hanako.post("/sign-in/mail/code", {"code": wrong})
        assert page.status_code == 422
        assert faults(page) == []
    assert hanako.post("/sign-in/mail/code", {"code": code}).status_code == 400


def test_after_a_quarter_of_an_hour_it_is_over(browser: Callable[..., Browser], mails: Mails, clock: Clock) -> None:
    hanako = browser()
    ask(hanako)
    [mail] = mails()
    clock.move(timedelta(minutes=15))
    address = LINK.search(mail)[1]
    assert hanako.get(address).status_code == 400
    assert hanako.post(address).status_code == 400
    assert hanako.post("/sign-in/mail/code", {"code": CODE.search(mail)[1]}).status_code == 400


def test_a_link_with_another_secret(browser: Callable[..., Browser], mails: Mails, database: Database) -> None:
    hanako = browser()
    ask(hanako)
    mails()
    with database.read() as session:
        id = session.scalars(select(MailLink.id)).one()
    for secret in ("x", "あ", "A" * 43):
        assert hanako.get(f"/sign-in/mail/{id}/{secret}").status_code == 400
        assert hanako.post(f"/sign-in/mail/{id}/{secret}").status_code == 400


def test_the_database_holds_nothing_that_signs_in(
    browser: Callable[..., Browser], mails: Mails, database: Database
) -> None:
    hanako = browser()
    ask(hanako)
    [mail] = mails()
    secret, code = LINK.search(mail)[1].rpartition("/")[2], CODE.search(mail)[1]
    with database.read() as session:
        rows = [*session.execute(select(MailLink.__table__)), *session.execute(select(Job.__table__))]
    held = " ".join(str(value) for row in rows for value in row)
    assert secret not in held
    assert f"'{code}'" not in held
    assert hanako.client.get_cookie("tetsuzuki_mail_link").value not in held


def test_whether_somebody_has_an_account_does_not_show(browser: Callable[..., Browser], mails: Mails) -> None:
    known = browser()
    ask(known)
    known.post(LINK.search(mails()[0])[1])
    answers = []
    for address in ("hanako@example.jp", "never-seen@example.jp"):
        person = browser()
        ask(person, address)
        page = person.follow().text
        answers.append(re.sub(r'value="[^"]*"', "", page))
    assert answers[0] == answers[1]


def test_one_address_gets_so_many_mails_and_nobody_is_told(browser: Callable[..., Browser], mails: Mails) -> None:
    for _ in range(PER_ADDRESS + 3):
        assert ask(browser()) == 303
    assert len(mails()) == PER_ADDRESS


def test_one_source_may_ask_so_often(browser: Callable[..., Browser], clock: Clock) -> None:
    hanako = browser()
    for number in range(PER_SOURCE):
        assert ask(hanako, f"a{number}@example.jp") == 303
    assert ask(hanako, "b@example.jp") == 429
    assert faults(hanako.page) == []
    assert 'value="b@example.jp"' in hanako.page.text
    clock.move(timedelta(hours=1))
    assert ask(hanako, "b@example.jp") == 303


def test_behind_a_proxy_sources_are_told_apart(
    settings: Settings, database: Database, clock: Clock, people: object
) -> None:
    app = create_app(replace(settings, proxies=1), database, Overrides(clock=clock))
    for name in ("192.0.2.1", "198.51.100.7, 192.0.2.2"):
        person = Browser(app)
        person.client.environ_base["HTTP_X_FORWARDED_FOR"] = name
        assert ask(person, "a@example.jp") == 303
    with database.read() as session:
        assert len(set(session.scalars(select(MailLink.source)))) == 2


@pytest.mark.parametrize(
    "address",
    ["", "hanako", "a@b", "a@b..jp", "a b@example.jp", "x" * 300 + "@example.jp", "a@example.jp\nBcc: b@c.jp"],
)
def test_what_is_no_address_is_told_and_kept(browser: Callable[..., Browser], mails: Mails, address: str) -> None:
    hanako = browser()
    assert ask(hanako, address) == 422
    assert faults(hanako.page) == []
    assert mails() == []


def test_nobody_is_sent_to_another_site(browser: Callable[..., Browser], mails: Mails) -> None:
    hanako = browser()
    ask(hanako, then="//evil.example")
    assert hanako.post(LINK.search(mails()[0])[1]).headers["Location"] == "/"


def test_the_sign_in_page_offers_it_only_where_it_is_enough(browser: Callable[..., Browser]) -> None:
    assert "/sign-in/mail?next=" in browser().get("/sign-in?next=/applications").text
    assert "/sign-in/mail" not in browser().get("/sign-in?why=start&level=substantial").text


def test_switched_off_it_is_not_there(settings: Settings, database: Database, clock: Clock, people: object) -> None:
    person = Browser(create_app(replace(settings, mail_sign_in=False), database, Overrides(clock=clock)))
    for path in ("/sign-in/mail", "/sign-in/mail/sent", f"/sign-in/mail/{'a' * 26}/x"):
        assert person.get(path).status_code == 404
    assert person.post("/sign-in/mail", {"address": "a@example.jp"}).status_code == 404


def test_the_mail_speaks_the_language_of_the_page(browser: Callable[..., Browser], mails: Mails) -> None:
    hanako = browser()
    hanako.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    ask(hanako)
    assert "Open this link within 15 minutes" in mails()[0]
