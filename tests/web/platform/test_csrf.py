"""Forged and expired forms."""

from collections.abc import Callable

import pytest
from flask import Flask, request

from tests.web.browsing import TOKEN, Browser
from tests.web.platform.pages import add_page
from web.access import ANYONE, RESIDENT, SIGNED_MESSAGE
from web.context import visit
from web.security.cookies import SESSION
from web.security.csrf import csrf_token

Open = Callable[..., Browser]
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def received(app: Flask) -> list[dict[str, str]]:
    """What reached the views: /form for anyone, /own for people signed in, /signed for signed messages."""
    found: list[dict[str, str]] = []

    def take() -> str:
        found.append(request.form.to_dict())
        return "taken"

    add_page(app, "/form", take, ANYONE, methods=["GET", "POST"])
    add_page(app, "/own", take, RESIDENT, methods=["POST"])
    add_page(app, "/signed", take, SIGNED_MESSAGE, methods=["POST"])
    return found


@pytest.mark.parametrize("person", [None, "hanako"])
def test_a_form_of_ours_is_taken(browser: Open, received: list, person: str | None) -> None:
    assert browser(person).post("/form", {"name": "髙橋"}).status_code == 200
    assert received[0]["name"] == "髙橋"


@pytest.mark.parametrize("token", ["", "x", "A" * 86 + "==", "あ", "=" * 400, "_" * 400])
@pytest.mark.parametrize("person", [None, "hanako"])
def test_a_form_without_our_token_is_not(browser: Open, received: list, token: str, person: str | None) -> None:
    page = browser(person).post("/form", {"csrf_token": token})
    assert page.status_code == 403
    assert not received


def test_a_token_of_another_session_is_not(browser: Open, received: list) -> None:
    stolen = TOKEN.search(browser("taro").get("/sign-in/done").text)[1]
    assert browser("hanako").post("/form", {"csrf_token": stolen}).status_code == 403
    assert not received


def test_a_token_of_before_the_sign_in_is_not(app: Flask, browser: Open, received: list) -> None:
    hanako = browser()
    before = TOKEN.search(hanako.get("/sign-in/done").text)[1]
    hanako.sign_in("hanako")
    assert hanako.post("/form", {"csrf_token": before}).status_code == 403


def test_tokens_differ_from_page_to_page_and_all_hold(browser: Open, received: list) -> None:
    hanako = browser("hanako")
    tokens = {TOKEN.search(hanako.get("/sign-in/done").text)[1] for _ in range(3)}
    assert len(tokens) == 3
    for token in tokens:
        assert hanako.post("/form", {"csrf_token": token}).status_code == 200


def test_a_script_may_send_the_token_as_a_header(browser: Open, received: list) -> None:
    hanako = browser("hanako")
    token = TOKEN.search(hanako.get("/sign-in/done").text)[1]
    page = hanako.client.post("/form", data=b"{}", content_type="application/json", headers={"X-CSRF-Token": token})
    assert page.status_code == 200


def test_a_signed_message_needs_no_token(browser: Open, received: list) -> None:
    assert browser().client.post("/signed").status_code == 200


def test_an_address_that_leads_nowhere_says_so_without_a_token(browser: Open) -> None:
    assert browser().client.post("/no-such-page").status_code == 404


def test_the_forms_of_one_page_carry_one_token(app: Flask) -> None:
    with app.test_request_context("/"):
        assert csrf_token() == csrf_token() == visit().token


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_needs_no_token(browser: Open, received: list, method: str) -> None:
    assert browser().client.open("/form", method=method).status_code == 200


def test_an_expired_page_of_ours_keeps_what_was_typed_and_can_be_sent_again(browser: Open, received: list) -> None:
    hanako = browser("hanako")
    typed = {"name": "髙橋 <b>", "story": "\n一行目\n二行目", "csrf_token": "old"}
    page = hanako.post("/form", typed, headers=OURS)
    assert page.status_code == 403
    assert "髙橋 &lt;b&gt;" in page.text
    assert "もう一度送る" in page.text
    again = hanako.post("/form", {"name": "髙橋 <b>", "story": "\n一行目\n二行目"}, headers=OURS)
    assert again.status_code == 200
    assert received[0]["story"] == "\n一行目\n二行目"


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_a_forged_form_gets_no_button_to_send_it(browser: Open, received: list, headers: dict[str, str]) -> None:
    page = browser("hanako").post("/form", {"to": "evil", "csrf_token": ""}, headers=headers)
    assert page.status_code == 403
    assert "evil" not in page.text
    assert "もう一度送る" not in page.text


def test_an_old_browser_is_believed_by_its_origin(browser: Open, received: list) -> None:
    page = browser("hanako").post("/form", {"a": "1", "csrf_token": ""}, headers={"Origin": "http://localhost"})
    assert "もう一度送る" in page.text


def test_a_session_that_ended_while_somebody_typed_loses_nothing(browser: Open, received: list) -> None:
    hanako = browser("hanako")
    hanako.get("/sign-in/done")
    hanako.client.set_cookie(SESSION, "ended")
    headers = {**OURS, "Referer": "http://localhost/applications/1/steps/owner"}
    page = hanako.post("/own", {"name": "髙橋"}, headers=headers)
    assert page.status_code == 401
    assert "髙橋" in page.text
    assert "/sign-in?next=%2Fsign-in%2Fdone" in page.text
    hanako.sign_in("hanako")  # in a second window; the first still shows the token of before
    page = hanako.post("/own", {"name": "髙橋", "csrf_token": "old"}, headers=headers)
    assert page.status_code == 403
    assert "髙橋" in page.text
    assert hanako.post("/own", {"name": "髙橋"}, headers=headers).status_code == 200
    assert received == [{"name": "髙橋", "csrf_token": received[0]["csrf_token"]}]
