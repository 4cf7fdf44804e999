"""The look of the pages on which somebody says for whom they act: a phone, dark and light, by axe."""

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from tests.browser import chromium as real
from tests.web.identity.conftest import serving
from tests.web.residents.test_acting import WHOM, Open, ask_for_grant, procedure
from tests.web.residents.test_businesses import ACME
from web.identity.sessions import Opening, begin_session
from web.security.cookies import SESSION
from web.settings import Settings

__all__ = ["procedure"]

with socket.socket() as probe:  # a free port, which the settings must know before the server listens
    probe.bind(("127.0.0.1", 0))
    PORT = probe.getsockname()[1]

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Reached by a real browser too."""
    ports = frozenset({f"localhost:{PORT}"})
    return Settings(public_url="http://localhost", data_dir=tmp_path / "data", allowed_hosts=ports)


@pytest.fixture
def chromium(tmp_path: Path) -> Iterator[Browser]:
    with real.chromium(tmp_path) as browser:
        yield browser


def sound(page: Page, name: str) -> None:
    """No finding of axe, nothing to scroll sideways."""
    if folder := os.environ.get("LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
    found = Axe().run(page).response["violations"]
    assert found == [], [(one["id"], one["nodes"][0]["html"]) for one in found]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("colours", ["dark", "light"])
def test_the_pages_are_sound(
    app: Flask, applicant: Open, procedure: Callable[[str], str], chromium: Browser, colours: str
) -> None:
    hana, taro = applicant("hanako"), applicant("taro")
    id = hana.start(procedure("either"))
    hana.open(f"/applications/{id}/acting")
    hana.send(WHOM)
    link = ask_for_grant(hana)
    services = app.extensions["tetsuzuki"]
    with services.database.write() as session:
        firm = begin_session(session, services.clock(), "taro", "local", "substantial", Opening(business=ACME))
    acting = f"/applications/{id}/acting"
    visits = (
        (hana.client.get_cookie(SESSION).value, [acting, f"{acting}/mandate"]),
        (taro.client.get_cookie(SESSION).value, [link, "/account/mandates"]),
        (firm, ["/applications", "/sign-in/as-business"]),
    )
    server = make_server("127.0.0.1", PORT, app, threaded=True)
    with serving(server):
        for width in (390, 320):
            for token, paths in visits:
                context = chromium.new_context(
                    viewport={"width": width, "height": 844},
                    color_scheme=colours,
                    locale="ja-JP",
                )
                context.add_cookies([{"name": SESSION, "value": token, "url": f"http://localhost:{server.port}"}])
                page = context.new_page()
                for path in paths:
                    page.goto(f"http://localhost:{server.port}{path}")
                    sound(page, f"{colours}-{width}-{path.strip('/').replace('/', '-')[:40]}")
                context.close()
