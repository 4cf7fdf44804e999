"""Signing in, from the first click to the session, over real sockets."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from engine.model.text import Text
from procedures.actors import Actor
from procedures.database import Database
from procedures.models import Person as PersonRow
from procedures.models import WebSession
from tests.web.identity.conftest import Person, Place, query
from web import create_app
from web.demo.preparation import hire
from web.identity.configuration import local_issuer
from web.identity.people import find_person
from web.identity.sessions import read_session
from web.security.cookies import SESSION, VISITOR
from web.settings import Settings

Open = Callable[[], Person]


def actor_of(place: Place, person: Person) -> Actor:
    services = place.app.extensions["tetsuzuki"]
    return read_session(place.database, services.clock(), person.browser.cookies[SESSION]).actor("ja")


def test_hanako_signs_in_and_returns_to_where_she_was(somebody: Open) -> None:
    hanako = somebody()
    back = hanako.sign_in("hanako", "/sign-in?next=/applications/1/steps/owner%3Fa%3Db")
    assert back.status_code == 303
    assert back.headers["Location"] == "/applications/1/steps/owner?a=b"
    assert hanako.signed_in


def test_the_request_to_the_issuer_has_what_protects_it(somebody: Open, place: Place) -> None:
    asked = query(somebody().leave())
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) == 43
    assert len(asked["state"]) >= 20
    assert len(asked["nonce"]) >= 20
    assert asked["redirect_uri"] == f"{place.site}/sign-in/local/callback"
    assert "openid" in asked["scope"]


def test_two_attempts_share_nothing(somebody: Open) -> None:
    first, second = query(somebody().leave()), query(somebody().leave())
    for secret in ("state", "nonce", "code_challenge"):
        assert first[secret] != second[secret]


def test_the_person_is_remembered_once(somebody: Open, place: Place) -> None:
    for _ in range(2):
        assert somebody().sign_in("hanako").status_code == 303
    with place.database.read() as session:
        row = session.scalars(select(PersonRow)).one()
    assert (row.issuer, row.subject, row.name) == (place.issuer, "hanako", "山田 花子")
    assert (row.email, row.assurance) == ("hanako@example.jp", "substantial")


def test_a_second_sign_in_with_the_same_key_works(somebody: Open) -> None:
    """Authlib repeats the `jti` of its proof when it is given `claims`; the issuer then refuses the second one."""
    hanako = somebody()
    assert hanako.sign_in("hanako").status_code == 303
    assert hanako.sign_in("hanako").status_code == 303


def test_a_sign_in_gets_a_new_session_and_ends_the_old(somebody: Open, place: Place) -> None:
    hanako = somebody()
    hanako.sign_in("hanako")
    before = hanako.browser.cookies[SESSION]
    hanako.sign_in("hanako")
    assert hanako.browser.cookies[SESSION] != before
    with place.database.read() as session:
        assert len(session.scalars(select(WebSession)).all()) == 1
    assert read_session(place.database, place.app.extensions["tetsuzuki"].clock(), before) is None


def test_a_session_set_from_outside_is_not_taken_up(somebody: Open) -> None:
    hanako = somebody()
    hanako.browser.cookies.set(SESSION, "chosen-by-somebody-else", domain="127.0.0.1", path="/")
    hanako.sign_in("hanako")
    assert "chosen-by-somebody-else" not in hanako.browser.cookies.get_dict().values()


def test_the_visitors_cookie_ends_with_the_sign_in(somebody: Open) -> None:
    hanako = somebody()
    hanako.get("/signed-out")
    assert VISITOR in hanako.browser.cookies
    hanako.sign_in("hanako")
    assert VISITOR not in hanako.browser.cookies


def test_staff_get_the_roles_of_the_table_and_residents_none(somebody: Open, place: Place) -> None:
    hire(place.database, place.settings)
    sato, hanako = somebody(), somebody()
    sato.sign_in("sato")
    hanako.sign_in("hanako")
    assert actor_of(place, sato).kind == "staff"
    assert actor_of(place, sato).roles == {"clerk", "cashier"}
    assert actor_of(place, sato).offices_as("clerk") == {"hokenjo", "shuzei-shomei"}
    assert actor_of(place, hanako).kind == "resident"


def test_hiring_twice_changes_nothing(place: Place) -> None:
    hire(place.database, place.settings)
    hire(place.database, place.settings)
    with place.database.read() as session:
        assert find_person(session, place.issuer, "suzuki") is not None
        assert len(session.scalars(select(PersonRow)).all()) == 9


def test_signing_out_ends_the_session_in_the_database_too(somebody: Open, place: Place) -> None:
    hanako = somebody()
    hanako.sign_in("hanako")
    token = hanako.browser.cookies[SESSION]
    form = hanako.get("/sign-in/done").text.split('name="csrf_token" value="')[1].split('"')[0]
    sent = hanako.browser.post(f"{place.site}/sign-out", data={"csrf_token": form}, allow_redirects=False, timeout=10)
    assert sent.headers["Location"] == "/signed-out"
    assert SESSION not in hanako.browser.cookies
    assert not hanako.signed_in
    assert read_session(place.database, place.app.extensions["tetsuzuki"].clock(), token) is None


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_on_to_another_site(somebody: Open, evil: str) -> None:
    person = somebody()
    page = person.get(f"/sign-in?{urlencode({'next': evil})}").headers["Location"]
    assert person.get(person.choose(page, "hanako")).headers["Location"] == "/"


def test_turning_back_at_the_issuer_is_no_error(somebody: Open) -> None:
    person = somebody()
    page = person.get(person.choose(person.leave(), ""))
    assert page.status_code == 200
    assert "取りやめました" in page.text
    assert not person.signed_in


def test_a_stronger_sign_in_is_asked_for_and_reached(somebody: Open, place: Place) -> None:
    taro = somebody()
    taro.sign_in("taro")
    assert actor_level(place, taro) == "basic"
    page = taro.leave("/sign-in?next=/inside&level=substantial")
    assert query(page)["acr_values"] == "substantial high"
    assert query(page)["prompt"] == "login"
    assert taro.get(taro.choose(page, "taro")).headers["Location"] == "/inside"
    assert actor_level(place, taro) == "substantial"


def actor_level(place: Place, person: Person) -> str:
    services = place.app.extensions["tetsuzuki"]
    return read_session(place.database, services.clock(), person.browser.cookies[SESSION]).assurance


def test_an_unknown_level_is_the_lowest(somebody: Open) -> None:
    assert "acr_values" not in query(somebody().leave("/sign-in?level=absolute"))


def test_the_issuer_speaks_the_language_of_the_site(somebody: Open) -> None:
    person = somebody()
    person.browser.headers["Accept-Language"] = "en"
    page = person.get(person.leave())
    assert '<html lang="en">' in page.text
    assert "Whom do you want to sign in as?" in page.text


def test_our_public_key_can_be_fetched_and_nothing_of_the_private_one(somebody: Open) -> None:
    found = somebody().get("/sign-in/keys").json()["keys"]
    assert [set(key) for key in found] == [{"kty", "crv", "x", "y", "kid", "use", "alg"}]


def test_with_several_issuers_one_is_chosen(settings: Settings, database: Database) -> None:
    other = replace(local_issuer("http://127.0.0.1:9"), id="other", title=Text("別の方法", {"en": "Another way"}))
    app = create_app(replace(settings, issuers=(local_issuer(), other)), database)
    page = app.test_client().get("/sign-in?next=/applications&level=high", headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert "Another way" in page.text
    assert 'href="/sign-in/other?next=%2Fapplications&amp;level=high"' in page.text
    assert 'href="/sign-in/local?next=%2Fapplications&amp;level=high"' in page.text


def test_a_sign_in_too_weak_for_what_was_asked_is_told(somebody: Open, place: Place) -> None:
    taro = somebody()
    page = taro.leave("/sign-in?next=/inside&level=substantial")
    weak = page.replace("acr_values=substantial+high&", "")  # an issuer that does not heed what is asked
    assert weak != page
    back = taro.get(taro.choose(weak, "taro"))
    assert back.status_code == 403
    assert "マイナンバーカード" in back.text
    assert "level=substantial" in back.text
    assert actor_level(place, taro) == "basic"
