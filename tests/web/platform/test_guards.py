"""Headers, hosts, compression: what every answer has."""

import gzip
import re
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace

import pytest
from flask import Flask, render_template_string
from werkzeug.exceptions import NotFound

from procedures.database import Database
from tests.web.browsing import Browser
from tests.web.platform.pages import add_page
from web import create_app
from web.access import ANYONE
from web.security.hosts import check_path
from web.settings import Settings

Open = Callable[..., Browser]


def test_pages_carry_the_security_headers(browser: Open) -> None:
    headers = browser().get("/signed-out").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in headers


def test_forms_may_lead_on_to_the_issuer_and_the_pay_page(browser: Open) -> None:
    policy = browser().get("/signed-out").headers["Content-Security-Policy"]
    assert "form-action 'self' http://127.0.0.1:8001 http://127.0.0.1:8002" in policy


def test_a_page_with_its_own_script_gets_a_new_nonce_each_time(app: Flask, browser: Open) -> None:
    add_page(app, "/scripted", lambda: render_template_string("{{ csp_nonce() }}"), ANYONE)
    seen = set()
    for _ in range(3):
        page = browser().get("/scripted")
        assert f"script-src 'self' 'nonce-{page.text}'" in page.headers["Content-Security-Policy"]
        seen.add(page.text)
    assert len(seen) == 3


def test_over_tls_cookies_are_bound_to_the_host(settings: Settings, database: Database) -> None:
    app = create_app(replace(settings, public_url="https://tetsuzuki.example.jp"), database)
    client = app.test_client()
    page = client.get("/signed-out", base_url="https://tetsuzuki.example.jp")
    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("__Host-tetsuzuki_visitor=")
    for attribute in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert attribute in cookie
    assert "Domain" not in cookie
    assert page.headers["Strict-Transport-Security"].startswith("max-age=63072000")


@pytest.mark.parametrize("host", ["evil.example", "localhost:9", "localhost.evil.example", ""])
def test_another_host_is_not_answered(app: Flask, host: str) -> None:
    page = app.test_client().get("/signed-out", headers={"Host": host})
    assert page.status_code == 400
    assert not host or host not in page.text


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_load_balancer_may_ask_by_address(app: Flask, path: str) -> None:
    assert app.test_client().get(path, headers={"Host": "10.0.0.5"}).status_code in {200, 503}


def test_a_view_may_set_its_own_cache_rule(browser: Open) -> None:
    assert browser().get("/sign-in/keys").headers["Cache-Control"] == "public, max-age=300"


def test_text_is_compressed_where_the_browser_takes_it(app: Flask) -> None:
    client = app.test_client()
    plain = client.get("/signed-out")
    zipped = client.get("/signed-out", headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in zipped.headers["Vary"]
    assert int(zipped.headers["Content-Length"]) == len(zipped.data) < len(plain.data)
    masked = re.compile(rb'value="[\w=-]{80,}"')
    assert masked.sub(b"", gzip.decompress(zipped.data)) == masked.sub(b"", plain.data)


def test_a_few_bytes_are_not_compressed(app: Flask) -> None:
    add_page(app, "/short", lambda: "short", ANYONE)
    assert "Content-Encoding" not in app.test_client().get("/short", headers={"Accept-Encoding": "gzip"}).headers


def test_pictures_are_not_compressed(app: Flask) -> None:
    add_page(app, "/picture", lambda: (b"\x89PNG" * 1000, {"Content-Type": "image/png"}), ANYONE)
    assert "Content-Encoding" not in app.test_client().get("/picture", headers={"Accept-Encoding": "gzip"}).headers


@pytest.mark.parametrize("path", ["/?q=%00", "/finance/entries.csv?account=a%00", "/desk?q=%E5%B1%B1%00", "/%00"])
def test_an_address_with_a_nul_leads_nowhere(browser: Open, path: str) -> None:
    assert browser("tanaka").get(path).status_code == 404


@pytest.mark.parametrize(
    ("address", "refused"),
    [
        ("/", False),
        ("/verify/a%00", True),
        ("/verify/a?q=%00", True),
        ("/api/v1/cases?q=a", False),
        ("/api/v1/cases?q=%00", False),  # the API says itself which parameter it is
        ("/api/v1/cases/a%00", True),
    ],
)
def test_a_nul_is_refused_before_anything_looks_for_it(app: Flask, address: str, refused: bool) -> None:
    with app.test_request_context(address), pytest.raises(NotFound) if refused else nullcontext():
        check_path()
