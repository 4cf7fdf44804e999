"""Sign-ins at a hostile issuer, further: what else must not be believed, and what must not keep the site waiting."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from time import monotonic, sleep
from typing import Any
from urllib.parse import quote

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from tests.web.identity.conftest import Person, query
from tests.web.identity.deceiving import deceived, liar
from tests.web.identity.liar import Liar, refused
from web.identity.openid import bounded
from web.identity.openid.bounded import LONGEST

__all__ = ["deceived", "liar"]
Open = Callable[[], Person]


def part(value: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": "tomorrow"},
        {"iat": None},
        {"aud": ["tetsuzuki", "evil"], "azp": "evil"},
        {"aud": ["evil"], "azp": "tetsuzuki"},
        {"aud": []},
        {"aud": ""},
        {"aud": "tetsuzuki-2"},
        {"azp": "evil"},
        {"iss": None},
        {"iss": ["http://127.0.0.1"]},
        {"sub": ""},
        {"at_hash": "of-another-token"},
        {"nonce": ""},
        {"nonce": ["x"]},
    ],
    ids=lambda claims: ",".join(f"{name}={value}" for name, value in claims.items())[:40],
)
def test_an_id_token_with_a_claim_that_does_not_fit(deceived: Callable, liar: Liar, claims: dict[str, Any]) -> None:
    liar.claims = claims
    person, page = deceived()
    refused(page, person)


@pytest.mark.parametrize("alg", ["none", "None", "NONE", "nOnE", ""])
def test_no_signature_however_it_is_spelt(deceived: Callable, liar: Liar, alg: str) -> None:
    liar.sign = lambda claims: f"{part({'alg': alg, 'kid': liar.key.kid})}.{part(claims)}."
    person, page = deceived()
    refused(page, person)


def test_a_key_that_the_token_brings_along(deceived: Callable, liar: Liar) -> None:
    mine = ECKey.generate_key("P-256", {"alg": "ES256", "use": "sig"}, auto_kid=True)
    for header in ({"jwk": mine.as_dict(private=False)}, {"jku": "http://127.0.0.1:9/keys"}, {"kid": liar.key.kid}):
        liar.sign = lambda claims, header=header: jwt.encode({"alg": "ES256", **header}, claims, mine)
        person, page = deceived()
        refused(page, person)


@pytest.mark.parametrize("kid", ["../../etc/passwd", "' OR 1=1 --", "\0", "x" * 10_000])
def test_a_key_by_an_odd_name(deceived: Callable, liar: Liar, kid: str) -> None:
    other = ECKey.generate_key("P-256", {"alg": "ES256", "use": "sig"}, auto_kid=True)
    liar.sign = lambda claims: jwt.encode({"alg": "ES256", "kid": kid}, claims, other)
    person, page = deceived()
    refused(page, person)


def test_a_key_of_another_kind_under_the_right_name(deceived: Callable, liar: Liar) -> None:
    rsa = RSAKey.generate_key(2048, {"use": "sig"}, auto_kid=True)
    liar.sign = lambda claims: jwt.encode({"alg": "RS256", "kid": liar.key.kid}, claims, rsa)
    person, page = deceived()
    refused(page, person)


def test_a_token_for_something_else_by_the_same_key(deceived: Callable, liar: Liar) -> None:
    """A logout token or an access token in the form of a JWT is no ID token: it says nothing of this attempt."""
    event = {"events": {"http://schemas.openid.net/event/backchannel-logout": {}}, "nonce": None}
    liar.claims = event
    person, page = deceived()
    refused(page, person)


def test_userinfo_of_somebody_else(deceived: Callable, liar: Liar) -> None:
    liar.userinfo = {"sub": "taro", "name": "鈴木 太郎"}
    person, page = deceived()
    refused(page, person)


def test_nobody_asks_without_a_proof_key(somebody: Open) -> None:
    """PKCE (RFC 7636): a hash of a verifier that never leaves in clear, anew for each attempt."""
    person = somebody()
    asked = [query(person.leave()) for _ in range(2)]
    assert [one["code_challenge_method"] for one in asked] == ["S256", "S256"]
    assert len({one["code_challenge"] for one in asked} | {one["state"] for one in asked}) == 4
    assert all(len(one["nonce"]) >= 20 for one in asked)
    assert "verifier" not in "".join(asked[0])


def test_a_challenge_that_somebody_took_away_opens_nothing(somebody: Open) -> None:
    """A downgrade: without a challenge the issuer gives a code, and our verifier does not fit it."""
    person = somebody()
    page = person.leave()
    bare = page.replace(f"&code_challenge={query(page)['code_challenge']}", "").replace(
        "&code_challenge_method=S256", ""
    )
    answer = person.browser.post(bare, data={"person": "hanako"}, allow_redirects=False, timeout=10)
    if answer.status_code in {302, 303} and "code=" in answer.headers["Location"]:
        refused(person.get(answer.headers["Location"]), person)
    else:
        assert answer.status_code >= 400 or "error=" in answer.headers["Location"]
    assert not person.signed_in


@pytest.mark.parametrize(
    "change",
    [
        lambda uri: uri + "/../evil",
        lambda uri: uri + "?x=1",
        lambda uri: uri.replace("127.0.0.1", "127.0.0.1.evil.example"),
        lambda uri: uri.replace("http://", "http://evil@"),
        lambda uri: uri.upper(),
    ],
)
def test_the_way_back_cannot_be_bent(somebody: Open, change: Callable[[str], str]) -> None:
    person = somebody()
    page = person.leave()
    ours = query(page)["redirect_uri"]
    bent = page.replace(quote(ours, safe=""), quote(change(ours), safe=""))
    assert bent != page
    answer = person.browser.post(bent, data={"person": "hanako"}, allow_redirects=False, timeout=10)
    assert "code=" not in answer.headers.get("Location", "")


@pytest.mark.parametrize(
    "then",
    [
        "//evil.example", "////evil", "/\\evil.example", "https://evil.example", "https:evil.example", "/%09/evil",
        "javascript:alert(1)", "data:text/html,x", "//evil.example/%2f..", "/\r\nSet-Cookie: a=b",
        "http://127.0.0.1@evil.example",
    ],
)  # fmt: skip
def test_signing_in_leads_nowhere_else(somebody: Open, then: str) -> None:
    person = somebody()
    page = person.sign_in("hanako", f"/sign-in?next={quote(then, safe='')}")
    assert page.status_code == 303
    onward = page.headers["Location"]
    assert onward == "/" or onward == then == "/%09/evil"  # which is a path of ours, and leads to nothing
    assert "a" not in person.browser.cookies


def test_state_is_of_one_browser_and_one_attempt(somebody: Open) -> None:
    person, other = somebody(), somebody()
    back = person.choose(person.leave(), "hanako")
    other.leave()
    refused(other.get(back), other)  # another's browser, with an attempt of its own
    assert person.get(back).status_code == 303
    again = person.get(back)  # the same answer once more
    assert again.status_code == 400


def test_a_new_session_at_every_sign_in(somebody: Open) -> None:
    person = somebody()
    person.sign_in("hanako")
    before = person.browser.cookies["tetsuzuki_session"]
    person.sign_in("hanako", "/sign-in?fresh=1")
    after = person.browser.cookies["tetsuzuki_session"]
    assert before != after
    thief = somebody()
    thief.browser.cookies.set("tetsuzuki_session", before)
    assert not thief.signed_in
    planted = somebody()  # fixation: what an attacker put there does not become anybody's
    planted.browser.cookies.set("tetsuzuki_session", "planted")
    planted.sign_in("taro")
    thief.browser.cookies.set("tetsuzuki_session", "planted")
    assert not thief.signed_in


def endless() -> Iterator[bytes]:
    """Ten times what is read at most."""
    yield b'{"access_token": "'
    for _ in range(10 * LONGEST // 65_536):
        yield b"a" * 65_536
    yield b'"}'


def dripping() -> Iterator[bytes]:
    """A byte now and then, so that no pause is ever long."""
    for _ in range(200):
        yield b" "
        sleep(0.05)
    yield b"{}"


@pytest.mark.parametrize("drip", [endless, dripping])
def test_an_answer_without_end_keeps_nobody_waiting(
    deceived: Callable, liar: Liar, monkeypatch: pytest.MonkeyPatch, drip: Callable[[], Iterator[bytes]]
) -> None:
    monkeypatch.setattr(bounded, "PATIENCE", 0.3)
    liar.drip = drip
    began = monotonic()
    person, page = deceived()
    assert page.status_code == 503
    assert "ログインできません" in page.text
    assert monotonic() - began < 8
    assert not person.signed_in
