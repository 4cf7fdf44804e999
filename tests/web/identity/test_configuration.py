"""Issuers by configuration."""

from pathlib import Path

import pytest
import yaml

from tests.web.identity.foreign import example
from web.identity.configuration import LEVELS, USUAL_CLAIMS, local_issuer
from web.identity.issuers_file import read_issuers

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
    assert jpki.claims == {**USUAL_CLAIMS, "name": "full_name"}
    assert jpki.scopes == ("openid", "name")
    assert [jpki.level(acr) for acr in ("urn:high", "2", 2, "unheard", None)] == [
        "high",
        "substantial",
        "substantial",
        "substantial",
        "substantial",
    ]
    assert (other.title.say("en"), other.client_secret, other.level("high")) == ("ほか", "agreed", "basic")


A = "{id: a, title: A, issuer: x, client_id: y"


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
        (f"[{A}, claims: {{nickname: n}}}}]", "nickname"),
        (f"[{A}, claims: [name]}}]", "claims"),
        (f"[{A}, values: {{gender: male}}}}]", "values.gender"),
        (f"[{A}, acr_values: {{sure: x}}}}]", "sure"),
        (f"[{A}, algorithms: [none]}}]", "none"),
        (f"[{A}, algorithms: [HS256]}}]", "HS256 needs client_secret"),
        (f"[{A}, client_secret: s, algorithms: [HS256, RS256]}}]", "mix"),
        (f"[{A}, token_auth: tls}}]", "tls"),
        (f"[{A}, token_auth: client_secret_post}}]", "client_secret_post needs"),
        (f"[{A}, scopes: [profile]}}]", "openid"),
        (f"[{A}, endpoints: {{token_endpoint: x}}}}]", "authorization_endpoint"),
        (f"[{A}, endpoints: {{token: x}}}}]", "token"),
        (f"[{A}, parameters: {{nonce: x}}}}]", "nonce cannot be set"),
        (f"[{A}, leeway: 4000}}]", "300"),
        (f"[{A}, logout: perhaps}}]", "true or false"),
        ("[{id: a, title: A, issuer: x, client_id: y}, {id: a, title: B, issuer: z, client_id: y}]", "same id"),
    ],
)
def test_a_mistake_is_told(source: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_issuers(source)


def test_the_local_issuer_is_marked_so_that_production_can_refuse_it() -> None:
    assert local_issuer().local
    assert not any(issuer.local for issuer in read_issuers(GOOD))


def test_files_are_looked_for_beside_the_file_of_issuers(tmp_path: Path) -> None:
    (tmp_path / "line.secret").write_text("agreed\n", encoding="utf-8")
    [issuer] = read_issuers(f"[{A}, client_secret_file: line.secret, key_file: our.pem}}]", tmp_path)
    assert (issuer.client_secret, issuer.proof) == ("agreed", "client_secret_basic")
    assert issuer.key_file == str(tmp_path / "our.pem")
    with pytest.raises(OSError, match="other"):
        read_issuers(f"[{A}, client_secret_file: other}}]", tmp_path)


def test_what_is_asked_for_to_reach_a_level() -> None:
    issuer = local_issuer()
    assert [issuer.asks_for(level) for level in LEVELS] == ["", "substantial high", "high"]
    [card] = read_issuers(f"[{A}, acr_values: {{basic: aal3, high: aal3 crl}}, assurance: {{aal3: high}}}}]")
    assert [card.asks_for(level) for level in LEVELS] == ["aal3", "aal3", "aal3 crl"]
    assert (card.reaches, local_issuer().reaches) == ("high", "high")


def test_the_documented_issuers_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "line.secret").write_text("x" * 32, encoding="utf-8")
    for issuer_id in ("auth-app", "line"):
        [issuer] = read_issuers(yaml.safe_dump([example(issuer_id)]), tmp_path)
        assert issuer.issuer.startswith("https://")
        assert set(issuer.title.others) == {"en", "easy"}
