"""The local issuer by itself: what it refuses."""

from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from web.issuer.app import create_issuer
from web.issuer.people import PEOPLE

ISSUER = "http://127.0.0.1:8001"
BACK = "http://127.0.0.1:8000/sign-in/local/callback"
ASKED = {
    "response_type": "code",
    "client_id": "tetsuzuki",
    "redirect_uri": BACK,
    "scope": "openid",
    "state": "s",
    "nonce": "n",
    "code_challenge": "a" * 43,
    "code_challenge_method": "S256",
}


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return create_issuer(ISSUER, "http://127.0.0.1:8000", tmp_path).test_client()


def address(**changes: str) -> str:
    return f"/authorize?{urlencode({**ASKED, **changes})}"


def test_the_page_lists_everybody_and_is_strict(client: FlaskClient) -> None:
    page = client.get(address(), base_url=ISSUER)
    assert page.status_code == 200
    for person in PEOPLE.values():
        assert person.name in page.text
    assert page.text.count("<h1>") == 1
    assert "unsafe-inline" not in page.headers["Content-Security-Policy"]
    assert "script" not in page.text


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "another"},
        {"redirect_uri": "https://evil.example/"},
        {"redirect_uri": BACK + "/x"},
        {"response_type": "token"},
        {"nonce": ""},
        {"scope": "offline_access"},
        {"code_challenge_method": "plain"},
        {"code_challenge": "short"},
    ],
)
def test_a_request_that_is_not_as_it_should_be_is_refused(client: FlaskClient, changes: dict[str, str]) -> None:
    for page in (
        client.get(address(**changes), base_url=ISSUER),
        client.post(address(**changes), base_url=ISSUER, data={"person": "hanako"}),
    ):
        assert "code=" not in page.headers.get("Location", "")
        assert not page.headers.get("Location", "").startswith("https://evil.example")


def test_choosing_sends_a_code_back_with_the_issuers_name(client: FlaskClient) -> None:
    back = client.post(address(), base_url=ISSUER, data={"person": "hanako"}).headers["Location"]
    assert back.startswith(f"{BACK}?code=")
    assert "&state=s" in back
    assert "iss=http%3A%2F%2F127.0.0.1%3A8001" in back


def test_nobody_gets_a_token_without_our_key(client: FlaskClient) -> None:
    back = client.post(address(), base_url=ISSUER, data={"person": "hanako"}).headers["Location"]
    code = back.split("code=")[1].split("&")[0]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": "a" * 43}
    for proof in ({"client_id": "tetsuzuki"}, {"client_id": "tetsuzuki", "client_secret": "x"}):
        answer = client.post("/token", base_url=ISSUER, data={**form, **proof})
        assert answer.status_code in {400, 401}
        assert answer.json["error"] == "invalid_client"


def test_each_person_of_the_tests_is_there() -> None:
    assert {"hanako", "taro", "sato", "suzuki", "tanaka", "kimura"} < set(PEOPLE)
    assert {role for person in PEOPLE.values() for role, _ in person.roles} == {
        "clerk",
        "approver",
        "finance",
        "author",
        "operator",
        "cashier",
        "manager",
        "auditor",
    }
