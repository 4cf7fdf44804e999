"""Taro must see nothing: another's case and a missing one look the same."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.web.client import form_values, main_form
from tests.web.conftest import Clock
from tests.web.residents.applicant import OWNER, Applicant

PATHS = (
    "",
    "/check",
    "/pay",
    "/pay/return",
    "/submitted",
    "/withdraw",
    "/steps/owner",
    "/steps/dogs/dogs",
    "/steps/dogs/dogs/1",
    "/steps/dogs/dogs/1/remove",
    "/attachments/x",
    "/certificates/x",
)
MISSING = "aaaaaaaaaaaaaaaaaaaaaaaaaa"


@pytest.mark.parametrize("person", ["taro", "", "sato"])
def test_pages_of_another_look_like_missing_ones(
    hana: Applicant, applicant: Callable[..., Applicant], person: str
) -> None:
    id, other = hana.register(), applicant(person or None)
    for path in PATHS:
        theirs, none = (other.get(f"/applications/{which}{path}") for which in (id, MISSING))
        assert theirs.status_code == none.status_code == 404, path
        assert "山田" not in theirs.text


@pytest.mark.parametrize("path", ["/check", "/pay", "/withdraw", "/steps/owner", "/steps/dogs/dogs/1"])
def test_forms_of_another_change_nothing(hana: Applicant, applicant: Callable[..., Applicant], path: str) -> None:
    id, taro = hana.register(), applicant("taro")
    values = {name: text for name, text in form_values(main_form(hana.tree)).items() if name != "csrf_token"}
    for which in (id, MISSING):
        assert taro.post(f"/applications/{which}{path}", {**OWNER, **values}).status_code == 404
    hana.open(f"/applications/{id}")
    assert "下書き" in hana.main


def test_a_procedure_for_known_people_sends_a_visitor_to_sign_in(applicant: Callable[..., Applicant]) -> None:
    visitor = applicant()
    visitor.open("/procedures/dog-registration")
    form = main_form(visitor.tree, "/start")
    page = visitor.post(form.attributes["action"], form_values(form))
    assert page.status_code == 303
    assert page.headers["Location"].startswith("/sign-in")
    assert "dog-registration" in page.headers["Location"]


def test_a_weak_sign_in_does_not_start_what_needs_a_strong_one(applicant: Callable[..., Applicant]) -> None:
    hana = applicant("hanako", assurance="basic")
    hana.open("/procedures/metropolitan-tax-certificate")
    form = main_form(hana.tree, "/start")
    page = hana.post(form.attributes["action"], form_values(form))
    assert page.status_code == 303
    assert page.headers["Location"].startswith("/sign-in")


def test_two_visitors_do_not_meet(applicant: Callable[..., Applicant]) -> None:
    first, second = applicant(), applicant()
    id = first.start("water-service-start")
    assert second.get(f"/applications/{id}").status_code == 404
    assert "水道の使用開始" not in second.open("/applications").text


def test_personal_pages_are_never_stored(hana: Applicant) -> None:
    id = hana.register()
    for path in ("", "/check", "/steps/owner"):
        assert hana.get(f"/applications/{id}{path}").headers["Cache-Control"] == "no-store"


def test_who_comes_from_a_mail_is_shown_the_way_to_sign_in(
    hana: Applicant, applicant: Callable[..., Applicant]
) -> None:
    id, other_phone = hana.register(), applicant()
    assert other_phone.get(f"/applications/{id}").status_code == 404
    link = next(node for node in other_phone.tree.all("a") if "button" in node.attributes.get("class", ""))
    assert link.attributes["href"] == f"/sign-in?next=%2Fapplications%2F{id}"


def test_a_session_that_ended_meanwhile_loses_nothing_typed(hana: Applicant, clock: Clock) -> None:
    id = hana.start("dog-registration")
    values = form_values(main_form(hana.tree))
    clock.move(timedelta(days=20))
    page = hana.post(
        f"/applications/{id}/steps/owner",
        {**values, **OWNER},
        headers={"Sec-Fetch-Site": "same-origin", "Referer": f"http://localhost/applications/{id}/steps/owner"},
    )
    assert page.status_code == 401
    assert "西新宿2-8-1" in page.text
