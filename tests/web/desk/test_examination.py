"""The record of the examination on the page of a case: filled in, refused with nothing lost, told when two write."""

import re
from collections.abc import Callable

import pytest

from procedures.examining.entries import record_of
from procedures.examining.saving import Typed, save
from tests.web.browsing import Browser
from tests.web.casework import Casework
from tests.web.client import faults

Browsers = Callable[..., Browser]
SPEC = "../tests/specs/features/checklist-and-clerk-fields.yaml"
HERE = "/desk/cases/{}"

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def case(casework: Casework) -> str:
    """A large place under Sato's review."""
    application_id = casework.file(SPEC).application_id
    casework.claim(application_id)
    return application_id


def hidden(page: str) -> dict[str, str]:
    """The numbers of what the form showed."""
    return dict(re.findall(r'name="(seen\.[^"]+)" value="(\d+)"', page))


def test_it_is_filled_in_on_the_page_of_the_case(casework: Casework, browser: Browsers, case: str) -> None:
    clerk = browser("sato")
    page = clerk.get(HERE.format(case))
    assert not faults(page)
    assert "次に進む前に必要なもの：本人の名前と書類の名前が同じ、現地を見た、測った面積" in page.text
    sent = {**hidden(page.text), "check": ["identity", "visit"], "record.measured": "１１０"}
    assert clerk.post(HERE.format(case) + "/examination/check", sent).status_code == 303
    page = clerk.follow()
    assert "審査の記録を保存しました" in page.text
    assert "次に進む前に必要なもの" not in page.text
    assert "写真を残した" in page.text  # 110 brings it up
    assert not faults(page)
    with casework.database.read() as session:
        assert record_of(session, case, 1).filled == {"measured": 110}


def test_wrong_input_comes_back_as_it_was_typed(browser: Browsers, case: str) -> None:
    clerk = browser("sato")
    sent = {"check": ["identity"], "record.measured": "たくさん"}
    page = clerk.post(HERE.format(case) + "/examination/check", sent)
    assert page.status_code == 422
    assert 'value="たくさん"' in page.text
    assert re.search(r'value="identity" checked', page.text)
    assert 'href="#f-record-measured"' in page.text
    assert not faults(page)


def test_two_who_write_the_same_see_both(casework: Casework, browser: Browsers, case: str) -> None:
    clerk = browser("sato")
    sent = {**hidden(clerk.get(HERE.format(case)).text), "record.measured": "108"}
    with casework.database.write() as session:
        save(session, casework.person("sato"), casework.now, case, "check", Typed({"measured": 105}, {}))
    page = clerk.post(HERE.format(case) + "/examination/check", sent)
    assert page.status_code == 409
    assert "まだ何も保存していません" in page.text
    assert re.search(r"佐藤 係員さんの記入.*?105", page.text, re.DOTALL)
    assert 'value="108"' in page.text
    assert not faults(page)
    again = {**hidden(page.text), "record.measured": "108"}
    assert clerk.post(HERE.format(case) + "/examination/check", again).status_code == 303


def test_a_proposal_waits_for_the_record(browser: Browsers, case: str) -> None:
    clerk = browser("sato")
    page = clerk.get(HERE.format(case) + "/propose")
    seen = re.search(r'name="seen" value="([^"]+)"', page.text)[1]
    sent = {"seen": seen, "outcome": "approve", "text": "許可します。", "step": "propose"}
    refused = clerk.post(HERE.format(case) + "/propose", sent)
    assert refused.status_code == 409
    assert "足りないもの：本人の名前と書類の名前が同じ、現地を見た、測った面積" in refused.text
    assert "許可します。" in refused.text


def test_an_approver_fills_in_what_is_theirs(casework: Casework, browser: Browsers, case: str) -> None:
    done = Typed({"measured": 110}, {"identity": True, "visit": True})
    with casework.database.write() as session:
        save(session, casework.person("sato"), casework.now, case, "check", done)
    proposal = casework.propose(case)
    approver = browser("suzuki")
    page = approver.get(HERE.format(case))
    assert "公印を確かめた" in page.text
    assert "確認済み" in page.text  # what the clerk ticked, to be read
    assert not faults(page)
    early = approver.post(HERE.format(case) + "/approve", {"proposal": proposal})
    assert early.status_code == 409
    assert "足りないもの：公印を確かめた、番号" in early.text
    approver.post(HERE.format(case) + "/examination/decide", {"check": "seal", "record.number": "００１２"})
    letter = re.search(r'<div class="letter".*?</section>', approver.follow().text, re.DOTALL)[0]
    assert "0012" in letter  # the certificate as it will be
    assert approver.post(HERE.format(case) + "/approve", {"proposal": proposal}).status_code == 303


@pytest.mark.parametrize(("who", "status"), [("hanako", 403), ("suzuki", 404), (None, 302)])
def test_others_cannot_write(browser: Browsers, case: str, who: str | None, status: int) -> None:
    answer = browser(who).post(HERE.format(case) + "/examination/check", {"check": "identity"})
    assert answer.status_code in {status, 404, 303}
    assert answer.status_code != 200


def test_the_automatic_checks_are_told_with_their_reason(casework: Casework, browser: Browsers) -> None:
    spec = "../tests/specs/features/stops-and-warnings.yaml"
    case = casework.file(spec).application_id
    page = browser("sato").get(HERE.format(case)).text
    assert 'id="checks"' in page
    assert "提出時の版の決まりで判定しています" in page
