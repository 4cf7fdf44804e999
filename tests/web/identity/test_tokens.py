"""Tokens and userinfo of an issuer that lies, is late, or changes its keys."""

from collections.abc import Callable
from dataclasses import replace
from time import time
from typing import Any

import pytest
import requests
from joserfc.jwk import ECKey
from sqlalchemy import select
from werkzeug.serving import make_server

from procedures.models import Person as PersonRow
from procedures.people.claims import verified
from tests.web.identity.conftest import Person, Place, query, serving
from tests.web.identity.deceiving import deceived, liar
from tests.web.identity.liar import Liar, refused
from web import create_app
from web.identity.configuration import IssuerSettings

__all__ = ["deceived", "liar"]

Open = Callable[[], Person]


@pytest.mark.parametrize(
    "claims",
    [
        *({"at_hash": "x"}, {"aud": ["tetsuzuki", "another"]}, {"azp": "another"}, {"iat": None}),
        *({"aud": "another", "azp": "tetsuzuki"}, {"aud": ["another", "third"], "azp": "tetsuzuki"}),
    ],
)
def test_a_token_meant_for_another_or_another_access_token(
    deceived: Callable, liar: Liar, claims: dict[str, Any]
) -> None:
    liar.claims = claims
    person, page = deceived()
    refused(page, person)


@pytest.mark.parametrize(("claim", "off"), [("exp", -30), ("iat", 30)])
def test_clocks_may_differ_a_little(deceived: Callable, liar: Liar, claim: str, off: int) -> None:
    liar.claims = {claim: int(time()) + off}
    assert deceived()[1].status_code == 303


@pytest.mark.parametrize(("claim", "off"), [("exp", -600), ("iat", 3600), ("nbf", 3600)])
def test_but_not_much(deceived: Callable, liar: Liar, claim: str, off: int) -> None:
    liar.claims = {claim: int(time()) + off}
    person, page = deceived()
    refused(page, person)


def test_a_nonce_of_the_sign_in_before(deceived: Callable, liar: Liar) -> None:
    """The token of a finished sign-in, played again in the next one."""
    sent: list[str] = []
    liar.sign = lambda claims: sent.append(liar.honestly(claims)) or sent[0]
    assert deceived()[1].status_code == 303
    person, page = deceived()
    refused(page, person)


def test_keys_that_change_are_fetched_again(deceived: Callable, liar: Liar) -> None:
    assert deceived()[1].status_code == 303
    liar.key = ECKey.generate_key("P-256", {"alg": "ES256", "use": "sig"}, auto_kid=True)
    assert deceived()[1].status_code == 303


def test_a_key_that_the_issuer_took_back_is_not_believed(deceived: Callable, liar: Liar) -> None:
    other = ECKey.generate_key("P-256", {"alg": "ES256", "use": "sig"}, auto_kid=True)
    liar.published = [other]
    person, page = deceived()
    refused(page, person)


def test_a_key_under_the_same_name_is_fetched_again(deceived: Callable, liar: Liar) -> None:
    assert deceived()[1].status_code == 303
    kid = liar.key.kid
    liar.key = ECKey.generate_key("P-256", {"alg": "ES256", "use": "sig", "kid": kid})
    assert deceived()[1].status_code == 303


def test_userinfo_adds_to_the_token_and_never_goes_over_it(deceived: Callable, liar: Liar, place: Place) -> None:
    liar.userinfo = {"sub": "hanako", "name": "Another", "birthdate": "1990-04-02", "acr": "high", "iss": "x"}
    assert deceived()[1].status_code == 303
    with place.database.read() as session:
        row = session.scalars(select(PersonRow)).one()
        assert (row.name, row.assurance) == ("山田 花子", "basic")
        assert verified(session, row.id)["birthdate"].value == "1990-04-02"


def test_userinfo_may_be_signed(deceived: Callable, liar: Liar, place: Place) -> None:
    liar.userinfo = liar.honestly({"sub": "hanako", "gender": "female"})
    assert deceived()[1].status_code == 303
    with place.database.read() as session:
        row = session.scalars(select(PersonRow)).one()
        assert verified(session, row.id)["gender"].value == "female"


@pytest.mark.parametrize("userinfo", [{"sub": "taro"}, {}, "x.y.z", {"name": "山田 花子"}])
def test_userinfo_of_somebody_else(deceived: Callable, liar: Liar, userinfo: dict[str, Any] | str) -> None:
    liar.userinfo = userinfo
    person, page = deceived()
    refused(page, person)


@pytest.mark.parametrize("told", [False, True])
def test_an_old_proof_where_a_new_one_was_asked_for(deceived: Callable, liar: Liar, *, told: bool) -> None:
    liar.claims = {"auth_time": int(time()) - 3600} if told else {}
    person, page = deceived("/sign-in?fresh=1")
    refused(page, person)


def test_a_new_proof_where_one_was_asked_for(deceived: Callable, liar: Liar) -> None:
    liar.claims = {"auth_time": int(time())}
    assert deceived("/sign-in?fresh=1")[1].status_code == 303


def test_an_issuer_without_discovery(place: Place, liar: Liar) -> None:
    """Its endpoints stand in the file; nothing else changes."""
    endpoints = {
        "authorization_endpoint": f"{liar.address}/authorize",
        "token_endpoint": f"{liar.address}/token",
        "jwks_uri": f"{liar.address}/keys",
    }
    title = place.settings.issuers[0].title
    issuer = IssuerSettings(id="liar", title=title, issuer=liar.address, endpoints=endpoints)
    liar.metadata = {"issuer": "https://never.asked.example"}
    site = make_server("127.0.0.1", 0, lambda _environ, _start: [], threaded=True)
    address = f"http://127.0.0.1:{site.port}"
    site.app = create_app(replace(place.settings, public_url=address, issuers=(issuer,)), place.database)
    with serving(site):
        person = Person(replace(place, site=address))
        asked = query(person.leave())
        liar.nonce = asked["nonce"]
        assert person.get(f"/sign-in/liar/callback?code=c&state={asked['state']}").status_code == 303


def test_a_description_that_cannot_be_fetched_again_is_believed_for_a_day(
    somebody: Open, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = place.app.extensions["tetsuzuki"].issuers.get("local")._client
    assert somebody().leave().startswith(place.issuer)
    fetched: list[str] = []

    def gone() -> None:
        fetched.append("asked")
        raise requests.ConnectionError

    monkeypatch.setattr(client, "_discovered", gone)
    assert somebody().leave().startswith(place.issuer)
    assert fetched == []
    client.server_metadata["_loaded_at"] -= 2 * 60 * 60
    assert somebody().leave().startswith(place.issuer)
    assert fetched == ["asked"]
    client.server_metadata["_loaded_at"] -= 24 * 60 * 60
    assert somebody().get("/sign-in").status_code == 503
