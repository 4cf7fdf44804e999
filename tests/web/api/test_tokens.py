"""Getting a token: by secret or signed proof, for what one may; and what ends it."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime, timedelta
from time import time
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey
from sqlalchemy import select

from procedures.actors import SYSTEM
from procedures.clients import managing, proving
from procedures.clients.managing import ClientRefused
from procedures.database import Database
from procedures.models import ApiSecret, ApiToken
from tests.web.api.system import System, basic, wanted
from tests.web.conftest import Clock

Open = Callable[..., System]
TOKEN = "/api/oauth/token"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
pytestmark = pytest.mark.sqlite_only


def test_a_token_is_short_lived_and_for_what_was_asked(system: Open, clock: Clock) -> None:
    client = system()
    told = client.authorize(scope="cases:read").get_json()
    assert (told["token_type"], told["expires_in"], told["scope"]) == ("Bearer", 900, "cases:read")
    assert client.get("/cases").status_code == 200
    refused = client.submit("permit", {})
    assert refused.status_code == 403
    assert 'scope="cases:submit"' in refused.headers["WWW-Authenticate"]
    clock.move(timedelta(minutes=15))
    over = client.get("/cases")
    assert (over.status_code, over.mimetype) == (401, "application/problem+json")
    assert "invalid_token" in over.headers["WWW-Authenticate"]


def test_neither_secret_nor_token_lies_in_the_database(system: Open, database: Database) -> None:
    client = system()
    client.authorize()
    with database.read() as session:
        kept = [*session.scalars(select(ApiSecret.hash)), *session.scalars(select(ApiToken.hash))]
    assert len(kept) == 2
    assert not {client.secret, client.token} & set(kept)
    assert client.authorize().headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("form", "header", "status", "error"),
    [
        ({"grant_type": "password"}, None, 400, "unsupported_grant_type"),
        ({}, None, 400, "invalid_request"),
        ({"grant_type": "client_credentials", "scope": "everything"}, None, 400, "invalid_scope"),
        ({"grant_type": "client_credentials"}, {}, 401, "invalid_client"),
        ({"grant_type": "client_credentials"}, basic("nobody", "x"), 401, "invalid_client"),
        ({"grant_type": "client_credentials"}, {"Authorization": "Basic !!!"}, 401, "invalid_client"),
        ({"grant_type": "client_credentials"}, basic("a\0b", "x"), 401, "invalid_client"),
    ],
)
def test_refusals_are_worded_as_the_standard_has_them(
    system: Open, form: dict[str, str], header: dict[str, str] | None, status: int, error: str
) -> None:
    client = system()
    headers = basic(client.client_id, client.secret) if header is None else header
    answer = client.http.post(TOKEN, data=form, headers=headers)
    assert (answer.status_code, answer.get_json()["error"]) == (status, error)
    assert (status == 401) == ("WWW-Authenticate" in answer.headers)


def test_a_secret_in_the_body_is_not_taken(system: Open) -> None:
    client = system()
    form = {"grant_type": "client_credentials", "client_id": client.client_id, "client_secret": client.secret}
    assert client.http.post(TOKEN, data=form).status_code == 401


def test_two_secrets_live_side_by_side_and_one_can_go(system: Open, database: Database, now: datetime) -> None:
    client = system()
    with database.write() as session:
        second = managing.add_secret(session, SYSTEM, now, client.client_id)
        with pytest.raises(ClientRefused):
            managing.add_secret(session, SYSTEM, now, client.client_id)
    first_id = _secret_id(database, client.secret)
    assert client.authorize().status_code == 200
    with database.write() as session:
        managing.revoke_secret(session, SYSTEM, now, client.client_id, first_id)
    assert client.authorize().status_code == 401
    client.secret = second
    assert client.authorize().status_code == 200


def _secret_id(database: Database, secret: str) -> str:
    with database.read() as session:
        return session.scalars(select(ApiSecret.id).where(ApiSecret.hash == managing.secret_hash(secret))).one()


def test_a_revoked_token_opens_nothing_and_a_stranger_revokes_none(system: Open) -> None:
    client, other = system(), system()
    assert client.get("/cases").status_code == 200
    form = {"token": client.token}
    assert (
        other.http.post("/api/oauth/revoke", data=form, headers=basic(other.client_id, other.secret)).status_code == 200
    )
    assert client.get("/cases").status_code == 200
    client.http.post("/api/oauth/revoke", data=form, headers=basic(client.client_id, client.secret))
    assert client.get("/cases").status_code == 401
    assert client.http.post("/api/oauth/revoke", data=form).status_code == 401


def test_a_revoked_client_may_do_nothing_at_once(system: Open, database: Database, now: datetime) -> None:
    client = system()
    assert client.get("/cases").status_code == 200
    with database.write() as session:
        managing.revoke(session, SYSTEM, now, client.client_id)
    assert client.get("/cases").status_code == 401
    assert client.authorize().status_code == 401


def test_a_scope_that_is_taken_away_is_gone_from_tokens_that_are_out(
    system: Open, database: Database, now: datetime
) -> None:
    client = system()
    assert client.get("/cases").status_code == 200
    with database.write() as session:
        managing.change(session, SYSTEM, now, client.client_id, wanted(scopes=["cases:submit"]))
    assert client.get("/cases").status_code == 403


def test_who_guesses_waits(system: Open, clock: Clock) -> None:
    client = system()
    right, client.secret = client.secret, "wrong"
    seen = {client.authorize().status_code for _ in range(31)}
    assert seen == {401, 429}
    client.secret = right
    assert client.authorize().status_code == 429
    clock.move(timedelta(hours=1))
    assert client.authorize().status_code == 200


@pytest.fixture
def key() -> ECKey:
    """A key of a client."""
    return ECKey.generate_key("P-256", {"kid": "k1"})


def _keyed(system: Open, database: Database, now: datetime, key: Any) -> System:
    client = system()
    with database.write() as session:
        jwks = KeySet([key]).as_dict(private=False)
        managing.set_keys(session, SYSTEM, now, client.client_id, jwks)
    return client


def _proof(client: System, key: Any, **claims: Any) -> dict[str, str]:
    here = {"iss": client.client_id, "sub": client.client_id, "aud": "http://localhost/api/oauth/token"}
    body = {**here, "exp": int(time()) + 60, "jti": uuid4().hex, **claims}
    signed = jwt.encode({"alg": "ES256", "kid": "k1"}, {k: v for k, v in body.items() if v is not None}, key)
    return {"grant_type": "client_credentials", "client_assertion_type": ASSERTION, "client_assertion": signed}


def test_a_signed_proof_works_once(system: Open, database: Database, now: datetime, key: ECKey) -> None:
    client = _keyed(system, database, now, key)
    proof = _proof(client, key)
    assert client.http.post(TOKEN, data=proof).status_code == 200
    again = client.http.post(TOKEN, data=proof)
    assert again.get_json()["error"] == "invalid_client"


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "https://elsewhere.example"},
        {"iss": "somebody"},
        {"sub": "somebody"},
        {"exp": None},
        {"jti": None},
        {"jti": 5},
    ],
    ids=lambda claims: next(iter(claims)),
)
def test_a_proof_that_proves_nothing(
    system: Open, database: Database, now: datetime, key: ECKey, claims: dict[str, Any]
) -> None:
    client = _keyed(system, database, now, key)
    refused = client.http.post(TOKEN, data=_proof(client, key, **claims))
    assert refused.get_json()["error"] == "invalid_client"


@pytest.mark.parametrize("seconds", [-600, 86_400])
def test_a_proof_that_is_over_or_lasts_too_long(
    system: Open, database: Database, now: datetime, key: ECKey, seconds: int
) -> None:
    client = _keyed(system, database, now, key)
    refused = client.http.post(TOKEN, data=_proof(client, key, exp=int(time()) + seconds))
    assert refused.get_json()["error"] == "invalid_client"


def test_another_key_or_none_proves_nothing(system: Open, database: Database, now: datetime, key: ECKey) -> None:
    client = _keyed(system, database, now, key)
    other = ECKey.generate_key("P-256", {"kid": "k1"})
    assert client.http.post(TOKEN, data=_proof(client, other)).get_json()["error"] == "invalid_client"
    assert client.http.post(TOKEN, data=_proof(system(), key)).get_json()["error"] == "invalid_client"
    unsigned = _proof(client, key) | {"client_assertion": "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."}
    assert client.http.post(TOKEN, data=unsigned).get_json()["error"] == "invalid_client"


@pytest.mark.parametrize(
    "jwks",
    [
        {},
        {"keys": []},
        {"keys": "x"},
        {"keys": [{"kty": "EC"}]},
        {"keys": [OctKey.generate_key(256).as_dict()]},
        {"keys": [ECKey.generate_key("P-256").as_dict(private=True)]},
        {"keys": [{"kty": "RSA", "n": urlsafe_b64encode((2**1023 + 1).to_bytes(128)).decode(), "e": "AQAB"}]},
        {"keys": [{"kty": "RSA", "n": 5, "e": None}]},
    ],
    ids=range(8),
)
def test_only_strong_public_keys_are_taken(
    system: Open, database: Database, now: datetime, jwks: dict[str, Any]
) -> None:
    client_id = system().client_id
    with database.write() as session, pytest.raises(ClientRefused):
        managing.set_keys(session, SYSTEM, now, client_id, jwks)


def test_what_is_over_is_forgotten(system: Open, database: Database, clock: Clock) -> None:
    system().authorize()
    with database.write() as session:
        proving.forget(session, clock() + timedelta(minutes=15))
        assert session.scalars(select(ApiToken)).all() == []


def test_the_metadata_says_where(app: Flask) -> None:
    told = app.test_client().get("/.well-known/oauth-authorization-server").get_json()
    assert told["token_endpoint"] == "http://localhost/api/oauth/token"
    assert told["token_endpoint_auth_methods_supported"] == ["client_secret_basic", "private_key_jwt"]


@pytest.mark.parametrize("path", ["/api/oauth/token", "/api/v1/procedures/permit/submissions"])
def test_cookies_and_browsers_have_no_say(system: Open, path: str) -> None:
    client = system()
    refused = client.http.post(path, headers={**client.headers(), "Cookie": "tetsuzuki_session=x"})
    assert (refused.status_code, refused.get_json()["type"].rpartition("#")[2]) == (400, "cookies")
    assert "Set-Cookie" not in refused.headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1/cases/x%00y", 404),
        ("DELETE", "/api/v1/cases", 405),
        ("GET", "/api/oauth/token", 405),
        ("GET", "/api/v1/cases", 401),
    ],
)
def test_errors_of_the_frame_are_problems_too(app: Flask, method: str, path: str, status: int) -> None:
    answer = app.test_client().open(path, method=method)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
