"""Every page of the desk, in every state and both languages, holds to the rules of pages."""

from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from tests.web.browsing import Browser
from tests.web.casework import DOG, TAX, Casework
from tests.web.client import faults
from web.desk.pages.case import seen

Browsers = Callable[..., Browser]
Visit = Callable[[Browser, Casework, str], TestResponse]


def received(person: Browser, casework: Casework, case: str) -> TestResponse:
    return person.get(f"/desk/cases/{case}")


def claimed(person: Browser, casework: Casework, case: str) -> TestResponse:
    person.post(f"/desk/cases/{case}/claim")
    return person.follow()


def form(person: Browser, casework: Casework, case: str) -> TestResponse:
    casework.claim(case)
    return person.get(f"/desk/cases/{case}/propose")


def mended(person: Browser, casework: Casework, case: str) -> TestResponse:
    casework.claim(case)
    wrong = {"seen": seen(casework.see(case)), "outcome": "refuse", "text": "<&>"}
    return person.post(f"/desk/cases/{case}/propose", wrong)


def stale(person: Browser, casework: Casework, case: str) -> TestResponse:
    casework.claim(case)
    return person.post(f"/desk/cases/{case}/propose", {"outcome": "refuse", "text": "<&>"})


def previewed(person: Browser, casework: Casework, case: str) -> TestResponse:
    casework.claim(case)
    return person.post(f"/desk/cases/{case}/propose", {"seen": seen(casework.see(case)), "outcome": "approve"})


def proposed(person: Browser, casework: Casework, case: str) -> TestResponse:
    casework.propose(case, "refuse", ("T1",), "記録がありません。")
    return person.get(f"/desk/cases/{case}")


def own_proposal(person: Browser, casework: Casework, case: str) -> TestResponse:
    return person.post(f"/desk/cases/{case}/approve", {"proposal": casework.propose(case)})


def no_note(person: Browser, casework: Casework, case: str) -> TestResponse:
    proposal = casework.propose(case, by="rival")
    return person.post(f"/desk/cases/{case}/send-back", {"proposal": proposal})


def no_note_too_late(person: Browser, casework: Casework, case: str) -> TestResponse:
    casework.approve(case, casework.propose(case, by="rival"))
    return person.post(f"/desk/cases/{case}/send-back", {"proposal": "x"})


def sent_back(person: Browser, casework: Casework, case: str) -> TestResponse:
    proposal = casework.propose(case, by="rival")
    person.post(f"/desk/cases/{case}/send-back", {"proposal": proposal, "note": "直してください"})
    return person.follow()


def done(person: Browser, casework: Casework, case: str) -> TestResponse:
    casework.approve(case, casework.propose(case))
    return person.get(f"/desk/cases/{case}")


STATES = [
    *(received, claimed, form, mended, stale, previewed, proposed, own_proposal),
    *(no_note, no_note_too_late, sent_back, done),
]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("state", STATES)
def test_a_case_in_every_state(
    casework: Casework, browser: Browsers, both_roles: None, rival: None, state: Visit, language: str
) -> None:
    case = casework.file(TAX, scenario=1)
    person = browser("sato")
    person.client.set_cookie("tetsuzuki_language", language)
    page = state(person, casework, case.application_id)
    assert page.status_code < 500
    assert faults(page) == []
    assert f'lang="{language}"' in page.text


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?tab=unassigned",
        "?tab=with_applicant",
        "?tab=closed",
        "?q=none",
        "?status=received&due_from=xx&office=sato",
    ],
)
@pytest.mark.parametrize("language", ["ja", "easy", "en"])
def test_the_queue(casework: Casework, browser: Browsers, query: str, language: str) -> None:
    casework.file(TAX)
    casework.file(DOG)
    person = browser("sato")
    person.client.set_cookie("tetsuzuki_language", language)
    assert faults(person.get(f"/desk{query}")) == []
