"""Files of the look."""

from pathlib import Path

import pytest
from flask import Flask, url_for

from web.pages.assets import FOLDER, read_assets


@pytest.fixture
def address(app: Flask) -> str:
    with app.test_request_context("/"):
        return url_for("static", filename="site.css")


def test_an_address_has_the_hash_of_what_it_leads_to(app: Flask, address: str) -> None:
    page = app.test_client().get(address)
    assert page.data == (FOLDER / "site.css").read_bytes()
    assert page.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert page.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "Set-Cookie" not in page.headers


def test_an_address_of_another_release_is_kept_only_briefly(app: Flask) -> None:
    page = app.test_client().get("/static/000000000000/site.css")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "public, max-age=300"


def test_files_are_compressed_once(app: Flask, address: str) -> None:
    page = app.test_client().get(address, headers={"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    assert page.headers["Vary"] == "Accept-Encoding"
    assert len(page.data) < len((FOLDER / "site.css").read_bytes()) / 2


@pytest.mark.parametrize(
    "path", ["../settings.py", "..%2fsettings.py", "%2e%2e/__init__.py", "none.css", "/etc/passwd"]
)
def test_nothing_outside_the_folder_is_served(app: Flask, path: str) -> None:
    assert app.test_client().get(f"/static/x/{path}", follow_redirects=True).status_code == 404


def test_a_changed_file_has_another_address(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.js").write_text("1", encoding="utf-8")
    before = read_assets(tmp_path)["a/x.js"].digest
    (tmp_path / "a" / "x.js").write_text("2", encoding="utf-8")
    assert read_assets(tmp_path)["a/x.js"].digest != before
