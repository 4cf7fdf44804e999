"""Paying for somebody by their link, through every page, and the receipts of both sides."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from payments.models import Charge
from payments.settlement import record
from procedures.database import Database
from procedures.keyring.owned import of
from procedures.models import Application
from procedures.seal import create_seal_key
from tests.payments.scripted import ScriptedProvider
from tests.web.browsing import Browser
from tests.web.casework import TAX, Casework
from tests.web.client import faults
from tests.web.conftest import Clock
from tests.web.standing import standing_app
from web.services import Overrides
from web.settings import Settings
from web.wiring import work_of
from web.worker import Worker

Open = Callable[..., Browser]
LINK = re.compile(r'value="http://localhost(/pay/[a-z2-7]{26})"')


@pytest.fixture
def provider(now: datetime) -> ScriptedProvider:
    return ScriptedProvider(now)


@pytest.fixture
def app(settings: Settings, database: Database, clock: Clock, provider: ScriptedProvider) -> Flask:
    """The application with a provider that does what the test says."""
    create_seal_key(settings.seal_dir, "東京都", clock())
    return standing_app(settings, database, Overrides(clock=clock, provider=provider))


@pytest.fixture
def owing(casework: Casework, database: Database) -> str:
    """A case of Hanako's that waits for its fee, with an address of hers."""
    application_id = casework.file(TAX).application_id
    casework.approve(application_id, casework.propose(application_id))
    with database.write() as session:
        mine = update(Application).where(Application.id == application_id)
        session.execute(mine.values(contact_email=of(application_id, "hanako@example.jp")))
    return application_id


def link_of(hanako: Browser, application_id: str) -> str:
    hanako.post(f"/applications/{application_id}/pay/link")
    page = hanako.get(f"/applications/{application_id}/pay")
    assert faults(page) == []
    return LINK.search(page.text)[1]


def settle(app: Flask, provider: ScriptedProvider, checkout: str) -> None:
    services = app.extensions["tetsuzuki"]
    with services.database.write() as session:
        record(session, "stripe", services.clock(), provider.states[checkout])


def work(app: Flask) -> None:
    services = app.extensions["tetsuzuki"]
    worker = Worker(services.database, services.clock, replace(work_of(services), periodic=()))
    while worker.step():
        pass


def test_from_the_link_to_the_receipt(app: Flask, browser: Open, provider: ScriptedProvider, owing: str) -> None:
    hanako, stranger = browser("hanako"), browser()
    link = link_of(hanako, owing)
    page = stranger.get(link)
    assert page.status_code == 200
    assert faults(page) == []
    for words in ("東京都（見本）", "納税証明", "お支払い期限", "円"):
        assert words in page.text
    for personal in ("花子", "山田", "hanako", "髙橋", owing):
        assert personal not in page.text
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert stranger.post(link).headers["Location"] == "http://pay/cs_1"
    assert hanako.post(f"/applications/{owing}/pay").headers["Location"] == "http://pay/cs_1"
    stranger.post(link)
    ((order, _),) = provider.by_key.values()
    assert order.email is None
    assert order.success_url == f"http://localhost{link}/return"
    page = stranger.get(f"{link}/return")
    assert "確認しています" in page.text
    assert faults(page) == []
    provider.pay("cs_1")
    settle(app, provider, "cs_1")
    assert faults(stranger.get(f"{link}/return")) == []
    assert "お支払いは済んでいます" in stranger.get(link).text
    assert stranger.post(link).headers["Location"] == f"{link}/return"
    here = stranger.get(f"{link}/receipt").headers["Location"]
    page = stranger.get(here)
    assert faults(page) == []
    assert 'name="name" value=""' in page.text
    assert stranger.post(here, {"name": "株式会社見本"}).headers["Location"] == here
    assert "作成しています" in stranger.follow().text
    work(app)
    page = stranger.get(here)
    assert faults(page) == []
    file = re.search(rf'href="({here}/[a-z2-7]+)"', page.text)[1]
    answer = stranger.get(file)
    assert answer.mimetype == "application/pdf"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.data.startswith(b"%PDF")
    answer.close()
    assert hanako.get(f"/applications/{owing}/pay").status_code == 303


def test_the_applicant_sees_that_the_other_has_paid(
    app: Flask, browser: Open, provider: ScriptedProvider, database: Database, owing: str
) -> None:
    hanako, stranger = browser("hanako"), browser()
    link = link_of(hanako, owing)
    stranger.post(link)
    provider.pay("cs_1")
    settle(app, provider, "cs_1")
    with database.read() as session:
        charge_id = session.scalar(select(Charge.id))
    here = f"/applications/{owing}/charges/{charge_id}/receipt"
    assert here in hanako.get(f"/applications/{owing}").text
    page = hanako.get(here)
    assert faults(page) == []
    assert "リンクを受け取った方が済ませました" in page.text
    assert hanako.post(here, {"name": "山田"}).status_code == 404
    assert hanako.get(f"{link}/return").headers["Location"] == f"/applications/{owing}/pay/return"


def test_the_applicants_own_receipt_and_its_re_issue(
    app: Flask, browser: Open, provider: ScriptedProvider, database: Database, owing: str, clock: Clock
) -> None:
    hanako = browser("hanako")
    hanako.post(f"/applications/{owing}/pay")
    provider.pay("cs_1")
    settle(app, provider, "cs_1")
    with database.read() as session:
        charge_id = session.scalar(select(Charge.id))
    here = f"/applications/{owing}/charges/{charge_id}/receipt"
    page = hanako.get(here)
    assert 'value="山田 花子"' in page.text
    page = hanako.post(here, {"name": " "})
    assert page.status_code == 422
    assert faults(page) == []
    page = hanako.post(here, {"name": "\U000f1234"})
    assert "印字できない文字" in page.text
    assert hanako.post(here, {"name": "山田 花子"}).status_code == 303
    work(app)
    file = re.search(rf'href="({here}/[a-z2-7]+)"', hanako.get(here).text)[1]
    answer = hanako.get(file)
    assert answer.data.startswith(b"%PDF")
    answer.close()
    for other in (browser("taro"), browser(), browser("sato")):
        assert {other.get(here).status_code, other.get(file).status_code, other.post(here).status_code} == {404}
    clock.move(timedelta(days=2))
    hanako = browser("hanako")
    assert hanako.get(file).status_code == 404
    page = hanako.get(here)
    assert "再発行する" in page.text
    assert faults(page) == []
    assert hanako.post(here).status_code == 303


@pytest.mark.parametrize("path", ["", "/return", "/receipt", "/charges/aaaaaaaaaaaaaaaaaaaaaaaaaa/receipt"])
def test_unknown_taken_back_and_over_look_alike(browser: Open, owing: str, clock: Clock, path: str) -> None:
    hanako = browser("hanako")
    first = link_of(hanako, owing)
    hanako.post(f"/applications/{owing}/pay/link/remove")
    second = link_of(hanako, owing)
    assert first != second
    clock.move(timedelta(days=60))
    stranger = browser()
    pages = [stranger.get(link + path) for link in ("/pay/" + "a" * 26, first, second, "/pay/x")]
    assert {page.status_code for page in pages} == {404}
    bodies = {re.sub(r'csrf_token" value="[^"]*"|name="next" value="[^"]*"', "", page.text) for page in pages}
    assert len(bodies) == 1


def test_a_link_opens_nothing_else(browser: Open, owing: str) -> None:
    link, stranger = link_of(browser("hanako"), owing), browser()
    stranger.get(link)
    for path in ("", "/pay", "/pay/return", "/withdraw", "/submitted"):
        assert stranger.get(f"/applications/{owing}{path}").status_code == 404


def test_others_cannot_make_or_take_back(browser: Open, owing: str) -> None:
    link = link_of(browser("hanako"), owing)
    for other in (browser("taro"), browser()):
        assert other.post(f"/applications/{owing}/pay/link").status_code == 404
        assert other.post(f"/applications/{owing}/pay/link/remove").status_code == 404
    assert browser().get(link).status_code == 200


def test_the_provider_is_away(browser: Open, provider: ScriptedProvider, owing: str) -> None:
    link, stranger = link_of(browser("hanako"), owing), browser()
    provider.fail_next = ["lost"]
    page = stranger.post(link)
    assert page.status_code == 503
    assert faults(page) == []
    assert "済んでいません" not in page.text, "somebody else may have paid"
    assert stranger.post(link).status_code == 303


def test_a_konbini_number_of_the_applicant(browser: Open, provider: ScriptedProvider, owing: str, clock: Clock) -> None:
    hanako, stranger = browser("hanako"), browser()
    link = link_of(hanako, owing)
    hanako.post(f"/applications/{owing}/pay")
    provider.issue_number("cs_1", clock() + timedelta(days=2))
    page = stranger.post(link)
    assert page.status_code == 200
    assert faults(page) == []
    assert "http://v/" not in page.text
    assert stranger.post(link, {"another_way": "1"}).headers["Location"] == "http://pay/cs_2"
