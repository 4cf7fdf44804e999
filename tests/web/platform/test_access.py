"""Who may use a route."""

from collections.abc import Callable

import pytest
from flask import Flask

from engine.model import SignIn
from procedures.actors import SYSTEM, Actor
from tests.web.browsing import Browser
from tests.web.platform.pages import add_page
from web.access import (
    ANYONE,
    APPLICANT,
    CLIENT,
    MAY,
    RESIDENT,
    SIGNED_MESSAGE,
    WATCHER,
    Policy,
    SignInNeeded,
    UndeclaredRoute,
    Who,
    policies_of,
    policy,
    require_sign_in,
)

Open = Callable[..., Browser]


def hello() -> str:
    return "hello"


@pytest.mark.parametrize(
    ("who", "person", "status"),
    [
        ((ANYONE,), None, 200),
        ((APPLICANT,), None, 200),
        ((APPLICANT,), "hanako", 200),
        ((RESIDENT,), None, 302),
        ((RESIDENT,), "hanako", 200),
        ((RESIDENT,), "sato", 200),
        ((MAY("case.claim"),), None, 302),
        ((MAY("case.claim"),), "hanako", 403),
        ((MAY("case.claim"),), "suzuki", 403),
        ((MAY("case.claim"),), "sato", 200),
        ((MAY("case.claim"), MAY("case.decide")), "suzuki", 200),
        ((MAY("finance.read"), MAY("operator.read")), "sato", 403),
    ],
)
def test_a_policy_admits_its_groups_alone(
    app: Flask, browser: Open, who: tuple[Who, ...], person: str, status: int
) -> None:
    add_page(app, "/hello", hello, *who)
    assert browser(person).get("/hello").status_code == status


CLERKS = MAY("case.claim")


@pytest.mark.parametrize(
    ("who", "open_to_all", "signed"),
    [
        ((ANYONE,), True, False),
        ((APPLICANT,), True, False),
        ((WATCHER,), True, False),
        ((RESIDENT,), False, False),
        ((CLERKS,), False, False),
        ((SIGNED_MESSAGE,), True, True),
        ((CLIENT,), True, True),
        ((CLERKS, ANYONE), True, False),
        ((SIGNED_MESSAGE, RESIDENT), True, False),  # a browser may come, too: the token is asked for
    ],
)
def test_who_needs_no_session_and_who_no_token(who: tuple[Who, ...], open_to_all: bool, signed: bool) -> None:
    assert (Policy(who).open, Policy(who).signed) == (open_to_all, signed)


def test_a_group_is_told_by_name_and_admits_nobody_by_itself() -> None:
    groups = (ANYONE, APPLICANT, WATCHER, RESIDENT, SIGNED_MESSAGE, CLIENT, CLERKS)
    assert [group.name for group in groups] == [
        *("anyone", "applicant", "watcher", "resident", "signed message", "client", "may case.claim")
    ]
    assert Who("new") == Who("new", action=None, open=False, signed=False)
    assert not Who("new").admits(Actor("visitor", "x"))
    assert not Who("new").admits(SYSTEM)
    assert Who("new", open=True).admits(Actor("visitor", "x"))


def test_the_view_does_not_run_for_somebody_who_is_refused(app: Flask, browser: Open) -> None:
    ran = []
    add_page(app, "/hello", lambda: ran.append(1) or "", MAY("case.claim"))
    browser("hanako").get("/hello")
    assert not ran


def test_a_stranger_is_sent_to_sign_in_and_back(app: Flask, browser: Open) -> None:
    add_page(app, "/hello", hello, RESIDENT)
    page = browser().get("/hello?tab=2")
    assert page.headers["Location"] == "/sign-in?next=%2Fhello%3Ftab%3D2"


def test_an_address_that_leads_nowhere_is_for_nobody_to_refuse(browser: Open) -> None:
    assert browser().get("/no-such-page").status_code == 404


def test_an_undeclared_route_keeps_the_application_from_starting(app: Flask) -> None:
    add_page(app, "/forgotten", hello)
    with pytest.raises(UndeclaredRoute, match="/forgotten"):
        policies_of(app)


def test_a_route_added_later_without_a_policy_is_not_served(app: Flask, browser: Open) -> None:
    add_page(app, "/forgotten", hello)
    assert browser("hanako").get("/forgotten").status_code == 500


def test_who_has_to_sign_in_is_told_how() -> None:
    assert (SignInNeeded().level, SignInNeeded().fresh, str(SignInNeeded())) == ("basic", False, "basic")
    assert str(SignInNeeded("high")) == "high"
    assert (SignInNeeded("high", fresh=True).level, SignInNeeded(fresh=True).fresh) == ("high", True)


def test_an_empty_policy_is_refused() -> None:
    with pytest.raises(UndeclaredRoute):
        policy()


def ask(rule: SignIn) -> Callable[[], str]:
    def view() -> str:
        require_sign_in(rule)
        return "inside"

    return view


@pytest.mark.parametrize(
    ("rule", "person", "assurance", "status"),
    [
        (SignIn(required=False), None, "basic", 200),
        (SignIn(), None, "basic", 302),
        (SignIn(), "hanako", "basic", 200),
        (SignIn(assurance="substantial"), "hanako", "basic", 302),
        (SignIn(assurance="substantial"), "hanako", "substantial", 200),
        (SignIn(assurance="substantial"), "hanako", "high", 200),
        (SignIn(assurance="high"), "hanako", "substantial", 302),
    ],
)
def test_a_procedure_asks_for_a_sign_in_of_its_assurance(
    app: Flask, browser: Open, rule: SignIn, person: str, assurance: str, status: int
) -> None:
    add_page(app, "/inside", ask(rule), APPLICANT)
    page = browser(person, assurance).get("/inside")
    assert page.status_code == status
    if status == 302:
        wanted = "" if rule.assurance == "basic" else f"&level={rule.assurance}"
        assert page.headers["Location"] == f"/sign-in?next=%2Finside{wanted}"
