"""The two examples of docs/sign-in.md, signed in with at an issuer of other people's making."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from sqlalchemy import select
from werkzeug.serving import make_server

from procedures.database import Database
from procedures.models import Person as PersonRow
from procedures.people.claims import VerifiedClaim, verified
from tests.web.identity.conftest import Person, Place, query, serving
from tests.web.identity.foreign import Wish, example, foreign_issuer
from web import create_app
from web.identity.client_keys import ensure_key, public_keys
from web.identity.issuers_file import read_issuers
from web.settings import Settings

SECRET = "0123456789abcdef0123456789abcdef"  # shaped like a channel secret
HANAKO = {
    "name": "山田 花子",
    "address": {"formatted": "東京都千代田区丸の内一丁目1番1号 葛󠄀荘𠮷号"},
    "birthdate": "1990-04-02",
    "gender": "2",
}
APP_SCOPES = {scope: [scope] for scope in ("name", "address", "birthdate", "gender")}


@dataclass
class Abroad:
    """Our website with one foreign issuer."""

    place: Place
    issuer_id: str
    issuer: str

    def person(self) -> Person:
        """A fresh browser."""
        return Person(self.place)

    def back(self, person: Person, path: str = "/sign-in?next=/applications") -> str:
        """Through the issuer's redirects; the address at which it sends the browser back to us."""
        address = person.leave(path)
        while not address.startswith(self.place.site):
            sent = person.browser.get(address, allow_redirects=False, timeout=10)
            assert sent.status_code in {302, 303}, sent.text
            address = requests.compat.urljoin(address, sent.headers["Location"])
        return address

    def known(self) -> tuple[PersonRow, dict[str, VerifiedClaim]]:
        """Who signed in, and what is vouched for of them."""
        with self.place.database.read() as session:
            row = session.scalars(select(PersonRow)).one()
            return row, verified(session, row.id)


Go = Callable[..., Any]


@pytest.fixture
def abroad(database: Database, settings: Settings, tmp_path: Path) -> Go:
    """`abroad(id, …)` starts the example `id` of the documentation; only addresses and secrets are replaced."""
    (tmp_path / "line.secret").write_text(f"{SECRET}\n", encoding="utf-8")

    @contextmanager
    def start(issuer_id: str, client: dict[str, Any], **wish: Any) -> Iterator[Abroad]:
        website = make_server("127.0.0.1", 0, lambda _environ, _start: [], threaded=True)
        site = f"http://127.0.0.1:{website.port}"
        row = example(issuer_id)
        about_us = {
            "client_id": row["client_id"],
            "redirect_uris": [f"{site}/sign-in/{issuer_id}/callback"],
            "post_logout_redirect_uris": [f"{site}/signed-out"],
            "token_endpoint_auth_method": row["token_auth"],
            **client,
        }
        with foreign_issuer(Wish(about_us, **wish)) as address:
            issuers = read_issuers(yaml.safe_dump([{**row, "issuer": address}]), tmp_path)
            here = Settings(public_url=site, data_dir=settings.data_dir, issuers=issuers)
            website.app = create_app(here, database)
            with serving(website):
                yield Abroad(Place(website.app, site, address, database, here), issuer_id, address)

    return start


@pytest.fixture
def auth_app(abroad: Go, settings: Settings) -> Iterator[Abroad]:
    """The authentication app: knows our public key, signs with ES256, tells the four facts of the card by userinfo."""
    client = {
        "jwks": public_keys(ensure_key(settings.data_dir)),
        "token_endpoint_auth_signing_alg": "ES256",
        "id_token_signed_response_alg": "ES256",
    }
    with abroad("auth-app", client, claims=APP_SCOPES, account=HANAKO, acr="aal3", algorithms=["ES256"]) as here:
        yield here


@pytest.fixture
def line(abroad: Go) -> Iterator[Abroad]:
    """LINE: signs with the channel's secret, tells name and mail address in the ID token."""
    client = {"client_secret": SECRET, "id_token_signed_response_alg": "HS256"}
    scopes = {"profile": ["name", "picture"], "email": ["email"]}
    account = {"name": "はなこ🌸", "email": "hanako@example.jp"}
    with abroad("line", client, claims=scopes, account=account, algorithms=["HS256"], inIdToken=True) as here:
        yield here


def test_the_authentication_app_tells_who_it_is(auth_app: Abroad) -> None:
    hanako = auth_app.person()
    arrived = hanako.get(auth_app.back(hanako))
    assert (arrived.status_code, arrived.headers["Location"]) == (303, "/applications")
    row, claims = auth_app.known()
    assert (row.name, row.assurance) == ("山田 花子", "high")
    assert {name: claim.value for name, claim in claims.items()} == {**HANAKO, "gender": "female"}
    assert {claim.issuer for claim in claims.values()} == {auth_app.issuer}
    assert {claim.assurance for claim in claims.values()} == {"high"}


def test_the_request_is_as_the_authentication_app_wants_it(auth_app: Abroad) -> None:
    asked = query(auth_app.person().leave())
    assert asked["response_type"] == "code"
    assert asked["scope"] == "openid name address birthdate gender"
    assert asked["acr_values"] == "aal3"
    assert asked["code_challenge_method"] == "S256"
    assert asked.keys() >= {"client_id", "redirect_uri", "state", "nonce", "code_challenge"}


def test_line_is_believed_by_the_channels_secret(line: Abroad) -> None:
    hanako = line.person()
    assert hanako.get(line.back(hanako)).status_code == 303
    row, claims = line.known()
    assert (row.name, row.email, row.assurance) == ("はなこ🌸", "hanako@example.jp", "basic")
    assert {name: claim.value for name, claim in claims.items()} == {"name": "はなこ🌸", "email": "hanako@example.jp"}


def test_line_is_not_believed_with_another_secret(abroad: Go) -> None:
    client = {"client_secret": SECRET[::-1], "id_token_signed_response_alg": "HS256"}
    with abroad("line", client, claims={"profile": ["name"]}, account={}, algorithms=["HS256"]) as here:
        person = here.person()
        assert person.get(here.back(person)).status_code == 400
        assert not person.signed_in


def test_a_code_of_line_works_once_and_in_one_browser(line: Abroad) -> None:
    works_once_and_in_one_browser(line)


def test_a_code_of_the_app_works_once_and_in_one_browser(auth_app: Abroad) -> None:
    works_once_and_in_one_browser(auth_app)


def works_once_and_in_one_browser(here: Abroad) -> None:
    hanako, thief = here.person(), here.person()
    address = here.back(hanako)
    assert thief.get(address).status_code == 400  # its state is unknown in this browser
    kept = dict(hanako.browser.cookies)
    assert hanako.get(address).status_code == 303
    thief.browser.cookies.update(kept)
    assert thief.get(address).status_code == 400
    assert not thief.signed_in


@pytest.mark.parametrize(
    ("parameter", "value"),
    [("state", "another"), ("code", "another"), ("iss", "http%3A%2F%2Fevil.example")],
)
def test_a_changed_answer_is_not_believed(auth_app: Abroad, parameter: str, value: str) -> None:
    person = auth_app.person()
    address = auth_app.back(person)
    old = requests.compat.quote(query(address)[parameter], safe="")
    changed = address.replace(f"{parameter}={old}", f"{parameter}={value}")
    assert changed != address
    assert person.get(changed).status_code == 400
    assert not person.signed_in


def test_hs256_is_not_believed_where_the_file_does_not_say_so(abroad: Go, settings: Settings) -> None:
    """The same issuer as the authentication app, but it signs with a secret that it made up."""
    client = {
        "jwks": public_keys(ensure_key(settings.data_dir)),
        "token_endpoint_auth_signing_alg": "ES256",
        "id_token_signed_response_alg": "HS256",
        "client_secret": SECRET,
    }
    with abroad("auth-app", client, claims=APP_SCOPES, account=HANAKO, acr="aal3", algorithms=["HS256"]) as here:
        person = here.person()
        assert person.get(here.back(person)).status_code == 400
        assert not person.signed_in


def test_signing_out_ends_it_at_the_issuer_too_where_that_is_wanted(auth_app: Abroad) -> None:
    issuer = auth_app.place.app.extensions["tetsuzuki"].issuers.get("auth-app")
    issuer.settings = replace(issuer.settings, logout=True)
    hanako = auth_app.person()
    assert hanako.get(auth_app.back(hanako)).status_code == 303
    token = hanako.get("/sign-in/done").text.split('name="csrf_token" value="')[1].split('"')[0]
    sent = hanako.browser.post(
        f"{auth_app.place.site}/sign-out", data={"csrf_token": token}, allow_redirects=False, timeout=10
    )
    address = sent.headers["Location"]
    assert address.startswith(auth_app.issuer)
    assert query(address)["post_logout_redirect_uri"] == f"{auth_app.place.site}/signed-out"
    assert query(address)["id_token_hint"].count(".") == 2
    page = hanako.browser.get(address, timeout=10)
    assert page.status_code == 200  # the issuer knows the token and asks whether to sign out
    assert not hanako.signed_in
