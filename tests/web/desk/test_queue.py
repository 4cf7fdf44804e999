"""The queue: what is due first, tabs with counts, claiming, finding by number; each office its own."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest

from tests.web.browsing import Browser
from tests.web.casework import DOG, TAX, WATER, Casework
from tests.web.conftest import Clock

Browsers = Callable[..., Browser]


def test_a_new_case_waits_unassigned(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX)
    page = browser("sato").get("/desk")
    assert page.status_code == 200
    assert case.reference in page.text
    assert "担当者なし" in page.text
    assert "あと5営業日" in page.text


def test_what_is_due_first_is_on_top(casework: Casework, browser: Browsers) -> None:
    dog = casework.file(DOG, scenario=1)
    casework.pay(dog.application_id)
    tax = casework.file(TAX)
    text = browser("sato").get("/desk?tab=open").text
    assert text.index(tax.reference) < text.index(dog.reference)


@pytest.mark.parametrize(
    ("tab", "seen"),
    [
        ("mine", False),
        ("unassigned", True),
        ("approval", False),
        ("with_applicant", False),
        ("late", False),
        ("open", True),
        ("closed", False),
    ],
)
def test_a_received_case_is_in_its_tabs_only(casework: Casework, browser: Browsers, tab: str, seen: bool) -> None:
    case = casework.file(TAX)
    page = browser("sato").get(f"/desk?tab={tab}")
    assert page.status_code == 200
    assert (case.reference in page.text) is seen


def test_cases_that_wait_for_payment_are_with_the_applicant(casework: Casework, browser: Browsers) -> None:
    case = casework.file(DOG, scenario=1)
    page = browser("sato").get("/desk?tab=with_applicant")
    assert case.reference in page.text
    assert "お支払い待ち" in page.text
    assert "引き受ける" not in page.text.split("<tbody")[1].split("</tbody")[0]


def test_what_was_confirmed_at_once_is_no_work(casework: Casework, browser: Browsers) -> None:
    case = casework.file(WATER)
    assert case.reference not in browser("sato").get("/desk?tab=open").text


def test_a_late_case_says_how_late(casework: Casework, browser: Browsers, clock: Clock) -> None:
    casework.file(TAX)
    clock.move(timedelta(days=21))
    clerk = browser("sato")
    page = clerk.get("/desk?tab=late")
    assert "営業日の遅れ" in page.text
    assert 'class="late"' in page.text


def test_claiming_takes_one_press(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX)
    clerk = browser("sato")
    clerk.get("/desk")
    answer = clerk.post(f"/desk/cases/{case.application_id}/claim")
    assert answer.status_code == 303
    page = clerk.follow()
    assert "引き受けました" in page.text
    assert "審査中" in page.text
    assert case.reference in clerk.get("/desk?tab=mine").text


def test_whoever_comes_second_is_told_who_has_it(casework: Casework, browser: Browsers, rival: None) -> None:
    case = casework.file(TAX)
    casework.claim(case.application_id)
    answer = browser("rival").post(f"/desk/cases/{case.application_id}/claim")
    assert answer.status_code == 409
    assert "佐藤 係員さんが" in answer.text
    assert "引き受けています" in answer.text


def test_claiming_twice_is_no_mistake(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX)
    clerk = browser("sato")
    for _ in range(2):
        assert clerk.post(f"/desk/cases/{case.application_id}/claim").status_code == 303


def test_a_case_that_waits_for_payment_cannot_be_claimed(casework: Casework, browser: Browsers) -> None:
    case = casework.file(DOG, scenario=1)
    answer = browser("sato").post(f"/desk/cases/{case.application_id}/claim")
    assert answer.status_code == 409
    assert "お支払い待ち" in answer.text


@pytest.mark.parametrize("change", [str.lower, lambda text: text.replace("-", ""), lambda text: f" {text} "])
def test_a_case_is_found_by_its_number(casework: Casework, browser: Browsers, change: Callable[[str], str]) -> None:
    case = casework.file(TAX)
    answer = browser("sato").get("/desk", query_string={"q": change(case.reference)})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/desk/cases/{case.application_id}"


@pytest.mark.parametrize("typed", ["0000-0000", "<script>", "髙" * 500, "%' OR 1=1"])
def test_a_number_that_is_nowhere_is_told_kindly(casework: Casework, browser: Browsers, typed: str) -> None:
    answer = browser("sato").get("/desk", query_string={"q": typed})
    assert answer.status_code == 200
    assert "あなたの所属にはありません" in answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "tab=nonsense",
        "from=0",
        "from=b",
        "from=2026-13-01T00:00:00..a..",
        "from=2026-05-01T00:00:00..a..x",
        "done=x",
    ],
)
def test_odd_addresses_show_the_queue(casework: Casework, browser: Browsers, query: str) -> None:
    assert browser("sato").get(f"/desk?{query}").status_code == 200


def test_another_office_sees_nothing(casework: Casework, browser: Browsers, narrowed: None) -> None:
    case = casework.file(TAX)
    clerk = browser("sato")
    assert case.reference not in clerk.get("/desk?tab=open").text
    assert "あなたの所属にはありません" in clerk.get("/desk", query_string={"q": case.reference}).text
    assert clerk.get(f"/desk/cases/{case.application_id}").status_code == 404
    assert clerk.post(f"/desk/cases/{case.application_id}/claim").status_code == 404


def test_a_long_queue_has_pages(casework: Casework, browser: Browsers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.desk.views.queue.A_PAGE", 2)
    filed = [casework.file(TAX) for _ in range(3)]
    clerk = browser("sato")
    first = clerk.get("/desk?tab=open").text
    second = clerk.get(link(first, "next")).text
    assert sum(case.reference in first for case in filed) == 2
    assert sum(case.reference in second for case in filed) == 1
    assert "次のページ" not in second
    assert clerk.get(link(second, "prev")).text.count("<tr") == first.count("<tr")


def test_the_desk_speaks_english(casework: Casework, browser: Browsers) -> None:
    casework.file(TAX)
    clerk = browser("sato")
    page = clerk.get("/desk", headers={"Accept-Language": "en"})
    assert "Cases to review" in page.text
    assert 'lang="en"' in page.text


@pytest.mark.parametrize(("person", "first"), [("sato", "unassigned"), ("suzuki", "approval")])
def test_everybody_starts_with_what_waits_for_them(
    casework: Casework, browser: Browsers, person: str, first: str
) -> None:
    casework.file(TAX)
    text = browser(person).get("/desk").text
    assert f'href="/desk?tab={first}" aria-current="page"' in text


def link(text: str, rel: str) -> str:
    """Where the link of this relation leads."""
    return unescape(text.split(f'rel="{rel}" href="')[1].split('"', maxsplit=1)[0])
