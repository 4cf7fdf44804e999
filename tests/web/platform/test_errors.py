"""Error pages: helpful, and silent about the inside."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask, abort
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from procedures.database import Database
from procedures.errors import NotFound
from tests.web.browsing import Browser
from tests.web.platform.pages import add_page
from web import create_app
from web.access import ANYONE
from web.settings import Settings

Open = Callable[..., Browser]
SECRET = "マイナンバー123456789012"


@pytest.mark.parametrize("code", [400, 403, 404, 405, 409, 413, 422, 429, 500, 503])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_each_code_says_what_to_do(app: Flask, browser: Open, code: int, language: str) -> None:
    add_page(app, "/fails", lambda: abort(code), ANYONE)
    page = browser().get("/fails", headers={"Accept-Language": language})
    assert page.status_code == code
    assert page.text.count("<h1>") == 1
    assert 'href="/"' in page.text
    assert str(code) not in page.text.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize(("code", "like"), [(418, "受け付けられませんでした"), (501, "こちらの不具合")])
def test_a_rare_code_is_told_as_its_class(app: Flask, browser: Open, code: int, like: str) -> None:
    def fail() -> None:
        error = HTTPException()
        error.code = code
        raise error

    add_page(app, "/fails", fail, ANYONE)
    page = browser().get("/fails")
    assert page.status_code == code
    assert like in page.text


def test_anothers_object_and_a_missing_page_look_the_same(app: Flask, browser: Open) -> None:
    def refuse() -> None:
        raise NotFound

    add_page(app, "/cases/1", refuse, ANYONE)
    taro = browser("taro")
    anothers, missing = taro.get("/cases/1"), taro.get("/cases/2")
    assert (anothers.status_code, missing.status_code) == (404, 404)
    assert [line for line in anothers.text.splitlines() if "csrf_token" not in line and "/cases/" not in line] == [
        line for line in missing.text.splitlines() if "csrf_token" not in line and "/cases/" not in line
    ]


def test_a_fault_of_ours_shows_and_logs_nothing_of_the_inside(
    app: Flask, browser: Open, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise RuntimeError(SECRET)

    add_page(app, "/fails", fail, ANYONE)
    page = browser("hanako").get(f"/fails?q={SECRET}")
    assert page.status_code == 500
    assert "RuntimeError" not in page.text
    assert "Traceback" not in page.text
    told = "".join(capsys.readouterr())
    assert "request_failed" in told
    assert "RuntimeError" in told
    assert "test_errors.py" in told
    assert SECRET not in page.text + told


def test_a_page_that_cannot_be_framed_is_told_plainly(app: Flask, browser: Open) -> None:
    app.jinja_env.globals.pop("static_url")
    page = browser().get("/nowhere")
    assert page.status_code == 404
    assert "画面が見つかりません" in page.text
    assert "<title>" in page.text


def test_too_much_is_refused_with_a_page(settings: Settings, database: Database) -> None:
    app = create_app(replace(settings, upload_limit=1000), database)
    reader = Browser(app)
    page = reader.post("/language", {"next": "x" * 2000})
    assert page.status_code == 413
    assert "大きすぎます" in page.text


def test_a_wrong_method_is_told(browser: Open) -> None:
    assert browser().get("/sign-out").status_code == 405


def test_a_database_that_is_away_is_told_plainly(
    app: Flask, browser: Open, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hanako = browser("hanako")

    def away(*_about: object) -> None:
        raise OperationalError("SELECT … WHERE name = '山田 花子'", {}, Exception("gone"))

    monkeypatch.setattr("web.context.read_session", away)
    page = hanako.get("/signed-out")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "15")
    assert "残っています" in page.text
    assert "SELECT" not in page.text
    told = "".join(capsys.readouterr())
    assert "OperationalError" in told
    assert "花子" not in told
