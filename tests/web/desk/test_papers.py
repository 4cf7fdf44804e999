"""Issued papers on the desk: revoked, issued again, given up, spelt otherwise; and their register."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from procedures.database import Database
from procedures.models import Certificate
from procedures.seal import create_seal_key
from tests.web.browsing import Browser
from tests.web.casework import TAX, Casework
from tests.web.client import faults
from web.wiring import work_of
from web.worker import Worker

pytestmark = pytest.mark.sqlite_only
NAME = {"family": "𪚥田", "given": "花子", "family_kana": "タツタ", "given_kana": "ハナコ"}
Browsers = Callable[..., Browser]


@pytest.fixture
def work(app: Flask, database: Database) -> Callable[[], None]:
    """Everything that waits for the worker."""
    services = app.extensions["tetsuzuki"]
    create_seal_key(services.settings.seal_dir, "東京都", services.clock())
    worker = Worker(database, services.clock, replace(work_of(services), periodic=()))

    def done() -> None:
        while worker.step():
            pass

    return done


@pytest.fixture
def decided(casework: Casework, work: Callable[[], None]) -> Callable[..., str]:
    """A case that was approved and paid, with what followed."""

    def decide(**answers: object) -> str:
        case = casework.file(TAX, **answers).application_id
        casework.approve(case, casework.propose(case))
        casework.pay(case)
        work()
        return case

    return decide


def newest(database: Database) -> Certificate:
    with database.read() as session:
        return session.scalars(select(Certificate).order_by(Certificate.edition.desc())).first()


def at(case: str, database: Database, action: str) -> str:
    return f"/desk/cases/{case}/certificates/{newest(database).id}/{action}"


def test_issued_again(
    browser: Browsers, database: Database, decided: Callable[..., str], work: Callable[[], None]
) -> None:
    case = decided()
    sato, hanako = browser("sato"), browser("hanako")
    page = sato.get(f"/desk/cases/{case}")
    assert "再交付する" in page.text
    assert "失効させる" not in page.text  # an approver's
    address = at(case, database, "again")
    assert faults(sato.get(address)) == []
    wrong = sato.post(address, {"reason": " "})
    assert (wrong.status_code, faults(wrong)) == (422, [])
    assert "理由を入力してください" in wrong.text
    assert sato.post(address, {"reason": "紛失のため"}).status_code == 303
    work()
    shown = hanako.get(f"/applications/{case}")
    assert faults(shown) == []
    assert "再交付した証明書です" in shown.text
    assert "新しい証明書に代わりました" in shown.text
    assert shown.text.count("ダウンロード（PDF）") == 1
    stale = sato.post(address, {"reason": "紛失のため"})
    assert stale.status_code == 422
    assert "もうその処理ができません" in stale.text


def test_revoked(browser: Browsers, database: Database, decided: Callable[..., str]) -> None:
    case = decided()
    address = at(case, database, "revoke")
    assert browser("sato").post(address, {"reason": "x"}).status_code == 404
    suzuki = browser("suzuki")
    assert faults(suzuki.get(address)) == []
    assert suzuki.post(address, {"reason": "虚偽の申請のため"}).status_code == 303
    page = suzuki.get(f"/desk/cases/{case}?done=paper_revoke")
    assert faults(page) == []
    assert "証明書を失効させました" in page.text
    shown = browser("hanako").get(f"/applications/{case}").text
    assert "この証明書は失効しました" in shown
    assert "虚偽の申請のため" in shown


def test_a_character_that_cannot_be_printed(
    browser: Browsers, database: Database, decided: Callable[..., str], work: Callable[[], None]
) -> None:
    case = decided(name=NAME)
    sato = browser("sato")
    page = sato.get(f"/desk/cases/{case}")
    assert faults(page) == []
    assert "U+2A6A5" in page.text
    assert "担当者が確認しています" in browser("hanako").get(f"/applications/{case}").text
    address = f"/desk/cases/{case}/spelling/name"
    assert faults(sato.get(address)) == []
    wrong = sato.post(address, {"spelling": "😀", "reason": "本人の了解"})
    assert (wrong.status_code, faults(wrong)) == (422, [])
    assert "本人の了解" in wrong.text
    assert sato.post(address, {"spelling": "龍田 花子", "reason": "本人の了解"}).status_code == 303
    work()
    assert newest(database).issued_at is not None
    assert "ダウンロード（PDF）" in browser("hanako").get(f"/applications/{case}").text
    assert sato.get(address).status_code == 404  # nothing is lacking any more


def test_given_up(browser: Browsers, database: Database, decided: Callable[..., str]) -> None:
    case = decided(name=NAME)
    sato = browser("sato")
    assert faults(sato.get(at(case, database, "give_up"))) == []
    assert sato.post(at(case, database, "give_up"), {"reason": "=HYPERLINK(1)"}).status_code == 303
    page = sato.get("/desk/register")
    assert faults(page) == []
    assert "取りやめ" in page.text
    assert "この証明書は作成されません" in browser("hanako").get(f"/applications/{case}").text
    query = f"kind=certificate&office=shuzei-shomei&year={newest(database).issued_on.year}"
    table = sato.get(f"/desk/register.csv?{query}")
    assert table.headers["Content-Type"].startswith("text/csv")
    assert '"shuzei-shomei-2026-000001"' in table.text
    assert '"\'=HYPERLINK(1)"' in table.text


@pytest.mark.usefixtures("narrowed")
def test_another_offices_register_is_not_there(
    browser: Browsers, database: Database, decided: Callable[..., str]
) -> None:
    decided()
    sato = browser("sato")
    assert "shuzei-shomei" not in sato.get("/desk/register").text
    for address in ("/desk/register", "/desk/register.csv"):
        assert sato.get(f"{address}?kind=certificate&office=shuzei-shomei&year=2026").status_code == 404
    for wrong in ("?kind=x&office=hokenjo&year=2026", "?kind=certificate", "?year=9999"):
        assert sato.get(f"/desk/register{wrong}").status_code == 404
    assert browser("hanako").get("/desk/register").status_code in {403, 404}


def test_nobody_elses_paper(browser: Browsers, database: Database, decided: Callable[..., str]) -> None:
    case = decided()
    for who in ("hanako", "taro", "tanaka"):
        assert browser(who).post(at(case, database, "again"), {"reason": "x"}).status_code in {403, 404}
    sato = browser("sato")
    assert sato.get(f"/desk/cases/{case}/certificates/unknown/again").status_code == 404
    assert sato.get(f"/desk/cases/{case}/spelling/name").status_code == 404
