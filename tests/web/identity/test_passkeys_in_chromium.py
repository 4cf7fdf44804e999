"""Passkeys in a real browser, on the virtual authenticator of its developer tools; and the look of the pages."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from procedures.actors import Actor
from procedures.database import Database
from tests.browser import chromium as real
from tests.web.identity.conftest import serving
from web import create_app
from web.identity.sessions import begin_session
from web.security.cookies import SESSION
from web.settings import Settings

pytestmark = pytest.mark.sqlite_only


@dataclass
class Site:
    """A running website under a name, since passkeys have none under an IP address."""

    address: str
    token: str


@pytest.fixture
def site(database: Database, settings: Settings, people: dict[str, Actor]) -> Iterator[Site]:
    """With Sato, a clerk, signed in: passkeys are the same for staff and residents."""
    server = make_server("127.0.0.1", 0, lambda _environ, _start: [], threaded=True)
    address = f"http://localhost:{server.port}"
    here = Settings(public_url=address, data_dir=settings.data_dir, mail_sign_in=True)
    server.app = create_app(here, database)
    services = server.app.extensions["tetsuzuki"]
    with database.write() as session:
        token = begin_session(session, services.clock(), "sato", "local", "substantial")
    with serving(server):
        yield Site(address, token)


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with real.chromium(tmp_path_factory.mktemp("fonts")) as browser:
        yield browser


@pytest.fixture
def phone(chromium: Browser, site: Site) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark", locale="ja-JP")
    yield context
    context.close()


def with_authenticator(page: Page, *, verified: bool = True) -> None:
    """A device with a platform authenticator whose user is recognised, or not."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verified,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sound(page: Page) -> None:
    """No finding of axe, nothing to scroll sideways."""
    if folder := os.environ.get("LOOK"):
        page.screenshot(path=f"{folder}/{len(list(Path(folder).iterdir())):02}.png", full_page=True)
    found = Axe().run(page).response["violations"]
    assert found == [], [(one["id"], one["nodes"][0]["html"]) for one in found]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_passkey_is_added_and_signs_in(phone: BrowserContext, site: Site) -> None:
    phone.add_cookies([{"name": SESSION, "value": site.token, "url": site.address}])
    page = phone.new_page()
    with_authenticator(page)
    page.goto(f"{site.address}/account")
    sound(page)
    page.get_by_label("パスキーの名前").fill("スマホ")
    page.get_by_role("button", name="パスキーを追加する").click()
    page.get_by_text("パスキーを追加しました").wait_for()
    sound(page)
    with page.expect_navigation():
        page.get_by_role("button", name="ログアウト").click()
    page.goto(f"{site.address}/sign-in?next=/desk")
    sound(page)
    page.get_by_role("button", name="パスキーでログイン").click()
    page.wait_for_url(f"{site.address}/desk*")
    page.goto(f"{site.address}/account")
    assert "佐藤 係員" in page.locator("main").inner_text()
    with page.expect_navigation():
        page.get_by_role("link", name="削除する").click()
    sound(page)


def test_a_user_who_is_not_recognised_is_told(phone: BrowserContext, site: Site) -> None:
    phone.add_cookies([{"name": SESSION, "value": site.token, "url": site.address}])
    page = phone.new_page()
    with_authenticator(page, verified=False)
    page.goto(f"{site.address}/account")
    page.get_by_role("button", name="パスキーを追加する").click()
    page.get_by_text("パスキーを追加できませんでした").wait_for()
    sound(page)


def test_without_scripts_nothing_of_it_shows(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(java_script_enabled=False)
    context.add_cookies([{"name": SESSION, "value": site.token, "url": site.address}])
    page = context.new_page()
    page.goto(f"{site.address}/account")
    assert not page.get_by_role("button", name="パスキーを追加する").is_visible()
    context.close()


PATHS = (
    *("/sign-in", "/sign-in/mail", "/sign-in/mail/sent", "/sign-in?why=submit&level=high"),
    "/sign-in?why=start&level=substantial",
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("colours", ["dark", "light"])
def test_the_pages_of_sign_in_are_sound(chromium: Browser, site: Site, path: str, colours: str) -> None:
    for width in (390, 320):
        context = chromium.new_context(viewport={"width": width, "height": 844}, color_scheme=colours, locale="ja-JP")
        page = context.new_page()
        page.goto(site.address + path)
        sound(page)
        context.close()
