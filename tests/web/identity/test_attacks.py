"""Sign-ins that must not be believed."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from tests.web.identity.conftest import Person, Place, query
from tests.web.identity.deceiving import deceived, liar
from tests.web.identity.liar import Liar, refused
from web import create_app
from web.identity.configuration import IssuerSettings

__all__ = ["deceived", "liar"]

Open = Callable[[], Person]


def test_a_state_that_was_not_ours(somebody: Open) -> None:
    person = somebody()
    back = person.choose(person.leave(), "hanako")
    refused(person.get(back.replace(query(back)["state"], "another")), person)


def test_a_callback_without_anything(somebody: Open) -> None:
    person = somebody()
    refused(person.get("/sign-in/local/callback"), person)


def test_somebody_elses_callback(somebody: Open) -> None:
    """Login CSRF: Taro makes Hanako's browser finish his sign-in."""
    taro, hanako = somebody(), somebody()
    hanako.leave()
    refused(hanako.get(taro.choose(taro.leave(), "taro")), hanako)


def test_a_code_used_twice(somebody: Open) -> None:
    person = somebody()
    back = person.choose(person.leave(), "hanako")
    kept = dict(person.browser.cookies)
    assert person.get(back).status_code == 303
    thief = somebody()
    thief.browser.cookies.update(kept)  # even with the cookie of the attempt
    refused(thief.get(back), thief)


def test_a_code_of_another_attempt(somebody: Open) -> None:
    """The verifier of PKCE belongs to one attempt."""
    person, other = somebody(), somebody()
    mine, theirs = person.choose(person.leave(), "hanako"), other.choose(other.leave(), "taro")
    refused(person.get(mine.replace(query(mine)["code"], query(theirs)["code"])), person)


def test_an_answer_that_names_another_issuer(somebody: Open) -> None:
    person = somebody()
    back = person.choose(person.leave(), "hanako")
    refused(person.get(back.replace("iss=http%3A%2F%2F127.0.0.1", "iss=http%3A%2F%2Fevil.example")), person)


def test_an_answer_that_names_no_issuer_though_it_should(somebody: Open) -> None:
    person = somebody()
    back = person.choose(person.leave(), "hanako")
    refused(person.get(back.partition("&iss=")[0]), person)


def test_an_error_of_the_issuer(somebody: Open) -> None:
    person = somebody()
    state = query(person.leave())["state"]
    page = person.get(f"/sign-in/local/callback?error=server_error&error_description=%3Cscript%3E&state={state}")
    refused(page, person)
    assert "<script>" not in page.text.replace("<script src=", "")


def test_an_issuer_that_is_not_configured(somebody: Open) -> None:
    assert somebody().get("/sign-in/evil").status_code == 404
    assert somebody().get("/sign-in/evil/callback?code=1&state=2").status_code == 404


def test_many_unfinished_attempts_keep_the_cookie_small(somebody: Open) -> None:
    person = somebody()
    for _ in range(30):
        page = person.leave("/sign-in?next=/" + "x" * 400)
    assert len(person.browser.cookies["tetsuzuki_signing_in"]) < 4000
    assert person.get(person.choose(page, "hanako")).status_code == 303


def test_the_liar_is_believed_while_it_tells_the_truth(deceived: Callable) -> None:
    person, page = deceived()
    assert page.status_code == 303
    assert person.signed_in


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://evil.example"},
        {"aud": "somebody-else"},
        {"exp": 1},
        {"sub": None},
    ],
)
def test_an_id_token_with_a_wrong_claim(deceived: Callable, liar: Liar, claims: dict[str, Any]) -> None:
    liar.claims = claims
    person, page = deceived()
    refused(page, person)


def test_an_id_token_without_a_signature(deceived: Callable, liar: Liar) -> None:
    from base64 import urlsafe_b64encode

    def part(value: dict[str, Any]) -> str:
        return urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    liar.sign = lambda claims: f"{part({'alg': 'none'})}.{part(claims)}."
    person, page = deceived()
    refused(page, person)


def test_an_id_token_signed_with_the_public_key_as_a_secret(deceived: Callable, liar: Liar) -> None:
    secret = OctKey.import_key(json.dumps(liar.key.as_dict(private=False)))
    liar.sign = lambda claims: jwt.encode({"alg": "HS256"}, claims, secret, algorithms=["HS256"])
    person, page = deceived()
    refused(page, person)


def test_an_id_token_signed_by_somebody_else(deceived: Callable, liar: Liar) -> None:
    other = ECKey.generate_key("P-256", auto_kid=True)
    liar.sign = lambda claims: jwt.encode({"alg": "ES256", "kid": other.kid}, claims, other)
    person, page = deceived()
    refused(page, person)


@pytest.mark.parametrize("nonsense", ["", "x", "a.b.c", "あ"])
def test_an_id_token_that_is_none(deceived: Callable, liar: Liar, nonsense: str) -> None:
    liar.sign = lambda _claims: nonsense
    person, page = deceived()
    refused(page, person)


def test_an_answer_without_an_id_token(deceived: Callable, liar: Liar) -> None:
    liar.sign = lambda _claims: None
    person, page = deceived()
    refused(page, person)


def test_an_issuer_that_describes_itself_as_another(deceived: Callable, liar: Liar) -> None:
    liar.metadata = {"issuer": "https://evil.example"}
    person, page = deceived()
    assert page.status_code == 503
    assert "ログインできません" in page.text
    assert not person.signed_in
    assert deceived()[1].status_code == 503  # and is not believed the second time either


def test_an_issuer_that_does_not_answer(place: Place, settings: Any) -> None:
    issuer = IssuerSettings(id="gone", title=place.settings.issuers[0].title, issuer="http://127.0.0.1:9")
    app = create_app(replace(settings, issuers=(issuer,)), place.database)
    page = app.test_client().get("/sign-in?next=/applications")
    assert page.status_code == 503
    assert "/sign-in?next=/applications" in page.text


def test_an_issuer_that_stops_answering_in_between(
    somebody: Open, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = somebody()
    back = person.choose(person.leave(), "hanako")

    def silent(*_about: object, **_more: object) -> None:
        raise requests.ConnectionError

    client = place.app.extensions["tetsuzuki"].issuers.get("local")._client
    monkeypatch.setattr(client, "fetch_access_token", silent)
    page = person.get(back)
    assert page.status_code == 503
    assert not person.signed_in
