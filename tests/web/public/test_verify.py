"""/verify: what it tells a holder, what it tells nobody, and how often it may be asked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask

from procedures.database import Database
from procedures.models import Certificate
from procedures.papers.codes import Verifying
from procedures.seal import create_seal_key
from tests.web.browsing import Browser
from tests.web.casework import TAX, Casework
from tests.web.client import faults
from tests.web.conftest import Clock
from web.public import verifying
from web.wiring import work_of
from web.worker import Worker

Open = Callable[..., Browser]


@pytest.fixture
def held(app: Flask, casework: Casework, database: Database) -> tuple[str, bytes]:
    """A certificate of Hanako's: its code and its file."""
    services = app.extensions["tetsuzuki"]
    create_seal_key(services.settings.seal_dir, "東京都", services.clock())
    application_id = casework.file(TAX).application_id
    casework.approve(application_id, casework.propose(application_id))
    casework.pay(application_id)
    worker = Worker(database, services.clock, replace(work_of(services), periodic=()))
    while worker.step():
        pass
    with database.read() as session:
        row = session.query(Certificate).one()
    code = Verifying(services.settings.secret_key, "").code_of(row.id)
    with services.blobs.open(row.blob_key, row.blob_secret) as stream:
        return code, stream.read()


def upload(browser: Browser, code: str, content: bytes) -> str:
    page = browser.post(
        "/verify", {"code": code, "file": (BytesIO(content), "納税証明書.pdf")}, content_type="multipart/form-data"
    )
    assert page.status_code == 200
    assert faults(page) == []
    return page.text


def test_the_qr_address_says_genuine_and_no_name(browser: Open, held: tuple[str, bytes]) -> None:
    page = browser().get(f"/verify/{held[0]}")
    assert page.status_code == 200
    assert faults(page) == []
    for words in ("本物の証明書です", "shuzei-shomei-2026-000001", "2026年5月1日", "東京都（見本）"):
        assert words in page.text
    for personal in ("花子", "山田", "髙橋", "/applications/"):
        assert personal not in page.text


def test_typed_by_hand_in_any_way(browser: Open, held: tuple[str, bytes]) -> None:
    stranger = browser()
    assert faults(stranger.get("/verify")) == []
    for typed in (held[0].lower(), held[0].replace("-", " "), held[0].translate({45: 0x30FC})):
        assert "本物の証明書です" in stranger.post("/verify", {"code": typed}).text


def test_unknown_and_malformed_look_alike(browser: Open, held: tuple[str, bytes]) -> None:
    stranger = browser()
    unknown = Verifying("x" * 32, "").code_of("nobody")
    pages = [stranger.post("/verify", {"code": typed}) for typed in (unknown, "nonsense", "", held[0][:-1] + "2")]
    assert {page.status_code for page in pages} == {404}
    assert all("見つかりません" in page.text and faults(page) == [] for page in pages)
    assert stranger.get(f"/verify/{unknown}").status_code == stranger.get("/verify/nonsense").status_code == 404


def test_nobody_lists_these_pages(browser: Open) -> None:
    page = browser().get("/verify")
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex, nofollow">' in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_the_file_itself_is_recognised_and_a_changed_one_too(browser: Open, held: tuple[str, bytes]) -> None:
    code, pdf = held
    stranger = browser()
    assert "発行したファイルと同じです" in upload(stranger, code, pdf)
    place = pdf.index(b"stream") + 20
    changed = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
    assert "変えられたファイル" in upload(stranger, code, changed)
    assert "読み取れない" in upload(stranger, code, b"GIF89a")
    assert "本物の証明書です" in upload(stranger, code, pdf)


def test_a_file_alone_is_recognised(browser: Open, held: tuple[str, bytes]) -> None:
    code, pdf = held
    stranger = browser()

    def sent(content: bytes) -> tuple[int, str]:
        page = stranger.post("/verify", {"file": (BytesIO(content), "a.pdf")}, content_type="multipart/form-data")
        assert faults(page) == []
        assert code not in page.text
        return page.status_code, page.text

    status, text = sent(pdf)
    assert (status, "本物の証明書です" in text, "発行したファイルと同じです" in text) == (200, True, True)
    status, text = sent(pdf + b" ")
    assert (status, "変えられたファイル" in text) == (404, True)
    status, text = sent(b"GIF89a")
    assert (status, "読み取れない" in text) == (404, True)


def test_a_file_is_not_kept(app: Flask, browser: Open, held: tuple[str, bytes]) -> None:
    folder = app.extensions["tetsuzuki"].settings.blobs_dir
    before = sorted(folder.rglob("*"))
    upload(browser(), *held)
    assert sorted(folder.rglob("*")) == before


def test_too_large_a_file(browser: Open, held: tuple[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "MOST_BYTES", 1000)
    assert "大きすぎます" in upload(browser(), held[0], b"%PDF-" + b"0" * 1000)


def test_who_asks_too_often_waits(browser: Open, clock: Clock) -> None:
    stranger = browser()
    codes = [stranger.get("/verify/nonsense").status_code for _ in range(31)]
    assert codes == [404] * 30 + [429]
    clock.move(timedelta(minutes=1))
    assert stranger.get("/verify/nonsense").status_code == 404


def test_files_are_slower_still(browser: Open, held: tuple[str, bytes]) -> None:
    stranger = browser()
    for _ in range(6):
        upload(stranger, held[0], b"GIF89a")
    page = stranger.post(
        "/verify", {"code": held[0], "file": (BytesIO(b"x"), "a.pdf")}, content_type="multipart/form-data"
    )
    assert page.status_code == 429
    assert faults(page) == []
