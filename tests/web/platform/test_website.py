"""Our answers leave out work of Flask's; what leaves the server is what it would have been."""

import pytest
from flask import Response, redirect
from hypothesis import assume, given
from hypothesis import strategies as st
from werkzeug.urls import iri_to_uri

from web.website import Answer, Website

app = Website(__name__)


@pytest.mark.parametrize(
    "address",
    ["/applications/abc/steps/name?return=check#f-name", "/?q=犬", "/a b", "https://www.example.jp/支払?x=%20", '/"<'],
)
@pytest.mark.parametrize("code", [302, 303])
def test_a_redirect_leads_where_that_of_flask_leads(address: str, code: int) -> None:
    with app.test_request_context("/"):
        usual = app.ensure_sync(lambda: super(Website, app).redirect(address, code))()
        ours = redirect(address, code)
        assert ours.get_wsgi_headers({})["Location"] == Response.get_wsgi_headers(usual, {})["Location"]
        assert (ours.status_code, ours.get_data()) == (code, b"")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30))
def test_any_address_arrives_as_ascii(rest: str) -> None:
    assume(not rest.startswith("/"))  # that is another host
    with app.test_request_context("/"):
        assert redirect("/" + rest).headers["Location"] == iri_to_uri("/" + rest)


def test_an_address_cannot_add_a_header() -> None:
    with app.test_request_context("/"):
        assert redirect("/\r\nSet-Cookie: a=b").headers.getlist("Set-Cookie") == []
        assert "\n" not in redirect("/\r\nSet-Cookie: a=b").headers["Location"]


@pytest.mark.parametrize("status", [200, 204, 304, 404, 500])
@pytest.mark.parametrize("body", ["", "頁", ["一", "二"]])
def test_headers_are_those_of_flask(status: int, body: str | list[str]) -> None:
    ours, usual = Answer(body, status), Response(body, status)
    assert sorted(ours.get_wsgi_headers({})) == sorted(usual.get_wsgi_headers({}))
