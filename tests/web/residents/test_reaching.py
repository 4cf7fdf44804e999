"""The page on how we reach somebody, and the short links of messages."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from procedures.database import Database
from procedures.models import Application, ContactCode, Person
from procedures.reaching.codes import code_of
from tests.procedures.gateway import Gateway, running_gateway
from tests.web.browsing import Browser
from tests.web.casework import TAX, Casework
from tests.web.client import faults
from web.gateways import Gateways
from web.settings import Settings
from web.wiring import work_of
from web.worker import Worker

PAGE = "/account/notices"
Open = Callable[..., Browser]


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with running_gateway() as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path, gateway: Gateway) -> Settings:
    """An installation with SMS and LINE."""
    gateways = Gateways(sms_url=gateway.url, line_token="t", line_api=gateway.url)
    return Settings(public_url="http://localhost", data_dir=tmp_path / "data", gateways=gateways)


def work(app: Flask) -> None:
    services = app.extensions["tetsuzuki"]
    worker = Worker(services.database, services.clock, replace(work_of(services), periodic=()))
    while worker.step():
        pass


def code(app: Flask, database: Database) -> str:
    with database.read() as session:
        row = session.scalars(select(ContactCode).order_by(ContactCode.sent_at.desc())).first()
        return code_of(row.id, app.extensions["tetsuzuki"].settings.secret_key)


def test_from_a_number_to_a_notice_by_sms(
    app: Flask, browser: Open, database: Database, gateway: Gateway, casework: Casework
) -> None:
    hanako = browser("hanako")
    page = hanako.get(PAGE)
    assert faults(page) == []
    assert "hanako@example.jp" in page.text
    assert "携帯電話のSMS" not in page.text
    assert hanako.post(f"{PAGE}/phone", {"phone": "０９０－１２３４－５６７８"}).status_code == 303
    page = hanako.follow()
    assert faults(page) == []
    assert "*********5678" in page.text
    assert "9012345678" not in page.text
    work(app)
    assert gateway.bodies[0]["to"] == "+819012345678"
    page = hanako.post(f"{PAGE}/code", {"code": "000000x"})
    assert page.status_code == 422
    assert faults(page) == []
    assert hanako.post(f"{PAGE}/code", {"code": code(app, database)}).status_code == 303
    page = hanako.follow()
    assert "受け取り方を変更しました" in page.text
    assert 'value="sms" checked' in page.text
    case = casework.file(TAX)
    work(app)
    text = gateway.bodies[-1]["text"]
    link = text.rpartition("\n")[2]
    assert link.startswith("http://localhost/r/")
    assert (
        hanako.get(link.removeprefix("http://localhost")).headers["Location"] == f"/applications/{case.application_id}"
    )


def test_a_number_that_takes_no_sms_is_said_and_kept_typed(browser: Open, gateway: Gateway) -> None:
    hanako = browser("hanako")
    page = hanako.post(f"{PAGE}/phone", {"phone": "03-1234-5678"})
    assert page.status_code == 422
    assert faults(page) == []
    assert 'value="03-1234-5678"' in page.text
    assert 'href="#phone"' in page.text


def test_mail_again_and_forgotten(app: Flask, browser: Open, database: Database) -> None:
    hanako = browser("hanako")
    hanako.post(f"{PAGE}/phone", {"phone": "09012345678"})
    hanako.post(f"{PAGE}/code", {"code": code(app, database)})
    hanako.post(PAGE, {"channel": "mail"})
    assert 'value="mail" checked' in hanako.follow().text
    hanako.post(f"{PAGE}/forget")
    assert 'value="sms"' not in hanako.follow().text
    assert hanako.post(PAGE, {"channel": "sms"}).status_code == 404


def test_line_is_offered_to_who_signed_in_with_it(browser: Open, database: Database) -> None:
    hanako = browser("hanako")
    assert 'value="line"' not in hanako.get(PAGE).text
    assert hanako.post(PAGE, {"channel": "line"}).status_code == 404
    with database.write() as session:
        session.get_one(Person, "hanako").issuer = "https://access.line.me"
    assert 'value="line"' in hanako.get(PAGE).text
    assert hanako.post(PAGE, {"channel": "line"}).status_code == 303
    assert 'value="line" checked' in hanako.follow().text


def test_a_stranger_signs_in_first(browser: Open) -> None:
    assert browser().get(PAGE).status_code == 302


def test_too_many_codes(browser: Open) -> None:
    hanako = browser("hanako")
    answers = [hanako.post(f"{PAGE}/phone", {"phone": "09012345678"}).status_code for _ in range(6)]
    assert answers == [303] * 5 + [429]


class TestShortLinks:
    def test_another_persons_case_and_none_look_alike(
        self, browser: Open, database: Database, casework: Casework
    ) -> None:
        case = casework.file(TAX)
        with database.read() as session:
            reference = session.scalar(select(Application.reference).where(Application.id == case.application_id))
        taro, visitor = browser("taro"), browser()
        assert taro.get(f"/r/{reference}").status_code == taro.get("/r/2222-2222").status_code == 404
        theirs, none = visitor.get(f"/r/{reference}"), visitor.get("/r/2222-2222")
        assert theirs.status_code == none.status_code == 302
        assert theirs.headers["Location"].startswith("/sign-in?next=%2Fr%2F")

    @pytest.mark.parametrize("text", ["nothing", "7K3M-9QF", "2222-2223", "<script>"])
    def test_what_is_no_reference_is_not_found(self, browser: Open, text: str) -> None:
        assert browser().get(f"/r/{text}").status_code == 404


class TestNotConfigured:
    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(public_url="http://localhost", data_dir=tmp_path / "data")

    def test_only_mail_is_there(self, browser: Open) -> None:
        hanako = browser("hanako")
        assert PAGE not in hanako.get("/applications").text
        assert 'id="phone"' not in hanako.get(PAGE).text
        assert hanako.post(f"{PAGE}/phone", {"phone": "09012345678"}).status_code == 404
        assert hanako.post(PAGE, {"channel": "line"}).status_code == 404


def test_the_choice_is_linked_where_there_is_one(browser: Open) -> None:
    assert PAGE in browser("hanako").get("/applications").text
    assert PAGE not in browser().get("/applications").text
