"""What changed between any two rounds, and the automatic checks, on the page of a case."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from payments import cases as paid_cases
from procedures.corrections import requesting, working
from procedures.corrections.kept import Mark
from tests.web.browsing import Browser
from tests.web.casework import TAX, Casework
from tests.web.client import faults

Browsers = Callable[..., Browser]
HERE = "/desk/cases/{}"

pytestmark = pytest.mark.sqlite_only


def correct(casework: Casework, case: str, field: str, value: object) -> None:
    """Sato asks for one answer, Hanako changes it and sends."""
    hanako, day = casework.person("hanako"), casework.now.date() + timedelta(days=20)
    with casework.database.write() as session:
        requesting.request(session, casework.person("sato"), casework.now, case, [Mark((field,), "直す")], "", day)
    with casework.database.write() as session:
        work = working.open_request(session, hanako, case)
        revision = working.save(session, hanako, casework.now, case, (field,), value, work.revision)
    with casework.database.write() as session:
        paid_cases.resubmit(session, hanako, casework.now, case, revision, "seen", "直しました。")


@pytest.fixture
def thrice(casework: Casework) -> str:
    """A case that was sent three times, with another purpose each time."""
    case = casework.file(TAX, scenario=1, purpose="other", purpose_other="一番目の目的").application_id
    casework.claim(case)
    correct(casework, case, "purpose_other", "二番目の目的")
    correct(casework, case, "purpose_other", "三番目の目的")
    return case


def compared(page: str) -> str:
    """The panel of changes."""
    return re.search(r'<section aria-labelledby="changes">.*?</section>', page, re.DOTALL)[0]


@pytest.mark.parametrize(
    ("asked", "told", "silent"),
    [
        ("", ["2回目から3回目", "二番目", "三番目"], "一番目"),
        ("?before=1&after=3", ["1回目から3回目", "一番目", "三番目"], "二番目"),
        ("?before=1&after=2", ["1回目から2回目", "一番目", "二番目"], "三番目"),
        ("?before=3&after=1", ["3回目から1回目", "三番目", "一番目"], "二番目"),
        ("?before=9&after=x", ["2回目から3回目", "二番目", "三番目"], "一番目"),
        ("?before=2&after=2", ["答えは変わっていません"], "二番目"),
    ],
)
def test_any_two_rounds_are_compared(browser: Browsers, thrice: str, asked: str, told: list[str], silent: str) -> None:
    page = browser("sato").get(HERE.format(thrice) + asked)
    assert page.status_code == 200
    assert not faults(page)
    panel = compared(page.text)
    for words in told:
        assert words in panel
    assert silent not in panel


def test_a_case_that_was_sent_once_has_nothing_to_compare(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX).application_id
    assert 'id="changes"' not in browser("sato").get(HERE.format(case)).text


def test_checks_are_judged_on_what_was_sent_with_their_reason(casework: Casework, browser: Browsers) -> None:
    case = casework.file("../tests/specs/features/checks-over-several-fields.yaml").application_id
    page = browser("sato").get(HERE.format(case))
    panel = re.search(r'<section class="judged".*?</section>', page.text, re.DOTALL)[0]
    assert "提出時の版の決まりで判定しています" in panel
    assert "適合" in panel
    assert not faults(page)
