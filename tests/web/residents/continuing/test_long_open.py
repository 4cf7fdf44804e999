"""A tab that was left open: what was typed comes back, whatever ended meanwhile; nothing stale is accepted silently."""

from collections.abc import Callable
from datetime import timedelta

from tests.web.client import form_values, main_form
from tests.web.conftest import Clock
from tests.web.residents.applicant import OWNER, PLACE, Applicant

OURS = {"Sec-Fetch-Site": "same-origin", "Referer": "http://localhost/applications/x/steps/owner"}


def typed(person: Applicant) -> list[str]:
    """The texts that the page would send again."""
    return [node.text.strip() for node in person.tree.all("textarea")]


def test_a_session_that_ended_costs_nothing_typed_and_leads_back_to_the_check_page(
    hana: Applicant, clock: Clock
) -> None:
    id = hana.register()
    address = f"/applications/{id}/steps/owner?return=check"
    hana.open(address)
    form = form_values(main_form(hana.tree))
    clock.move(timedelta(days=7))
    page = hana.post(address, {**form, "phone": "0311112222"}, headers=OURS)
    assert page.status_code == 401
    assert "0311112222" in typed(hana)
    [again] = [node for node in hana.tree.all("form") if "/steps/owner" in node.attributes["action"]]
    assert again.attributes["action"] == address
    hana.sign_in("hanako")
    assert hana.post(address, form_values(again), headers=OURS).status_code == 403  # the token of the session before
    assert "0311112222" in typed(hana)
    hana.send(form="/steps/owner")
    assert hana.heading == "入力内容の確認"
    assert "0311112222" in hana.main


def test_a_visitor_who_signed_in_meanwhile_loses_nothing_typed(applicant: Callable[..., Applicant]) -> None:
    visitor = applicant()
    id = visitor.start("water-service-start")
    form = form_values(main_form(visitor.tree))
    stranger = applicant()
    stranger.open("/")
    own = {name: value for name, value in form.items() if name != "csrf_token"}
    page = stranger.post(f"/applications/{id}/steps/place", {**own, **PLACE}, headers=OURS)
    assert page.status_code == 401
    assert PLACE["address.street"] in typed(stranger)


def test_a_draft_that_lapsed_says_so(hana: Applicant, clock: Clock, lapse: Callable[[], None]) -> None:
    id = hana.start("dog-registration")
    form = form_values(main_form(hana.tree))
    clock.move(timedelta(days=31))
    lapse()
    hana.sign_in("hanako")
    hana.open("/applications")
    token = form_values(main_form(hana.open("/procedures/dog-registration") and hana.tree, "/start"))["csrf_token"]
    page = hana.post(f"/applications/{id}/steps/owner", {**form, **OWNER, "csrf_token": token})
    assert page.status_code == 303
    hana.follow()
    assert "期限" in hana.main or "終了" in hana.main
