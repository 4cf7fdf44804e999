"""Issuers by configuration."""

import pytest

from web.identity.configuration import local_issuer, read_issuers

GOOD = """
- id: jpki
  title: {ja: 認証アプリ, en: Authentication app}
  issuer: https://issuer.example.jp/
  client_id: us
  scopes: [openid, name]
  claims: {name: full_name}
  assurance: {"urn:high": high, 2: substantial}
  assurance_default: substantial
- id: other
  title: ほか
  issuer: https://other.example.jp
  client_id: us
  client_secret: agreed
"""


def test_a_good_file_is_read() -> None:
    jpki, other = read_issuers(GOOD)
    assert jpki.issuer == "https://issuer.example.jp"
    assert jpki.title.say("en") == "Authentication app"
    assert jpki.claims == {"name": "full_name", "email": "email"}
    assert jpki.scopes == ("openid", "name")
    assert [jpki.level(acr) for acr in ("urn:high", "2", 2, "unheard", None)] == [
        "high",
        "substantial",
        "substantial",
        "substantial",
        "substantial",
    ]
    assert (other.title.say("en"), other.client_secret, other.level("high")) == ("ほか", "agreed", "basic")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("", "list"),
        ("{}", "list"),
        ("[]", "list"),
        ("[1]", "id, title, issuer"),
        ("[{id: a, title: A, issuer: x}]", "client_id"),
        ("[{id: a, title: A, issuer: x, client_id: y, colour: red}]", "colour"),
        ("[{id: a, title: A, issuer: x, client_id: y, assurance: {a: sure}}]", "sure"),
        ("[{id: a, title: A, issuer: x, client_id: y, scopes: openid}]", "scopes"),
        ("[{id: a, title: {en: A}, issuer: x, client_id: y}]", "ja"),
        ("[{id: a, title: A, issuer: x, client_id: y}, {id: a, title: B, issuer: z, client_id: y}]", "same id"),
    ],
)
def test_a_mistake_is_told(source: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_issuers(source)


def test_the_local_issuer_is_marked_so_that_production_can_refuse_it() -> None:
    assert local_issuer().local
    assert not any(issuer.local for issuer in read_issuers(GOOD))
