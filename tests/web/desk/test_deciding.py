"""Deciding: by somebody else than the proposer, once, with a clear word for whoever comes second."""

from collections.abc import Callable

import pytest

from tests.web.browsing import Browser
from tests.web.casework import DOG, TAX, Casework

Browsers = Callable[..., Browser]


def approve(browser: Browser, application_id: str, proposal: str) -> object:
    return browser.post(f"/desk/cases/{application_id}/approve", {"proposal": proposal})


def send_back(browser: Browser, application_id: str, proposal: str, note: str) -> object:
    return browser.post(f"/desk/cases/{application_id}/send-back", {"proposal": proposal, "note": note})


def test_the_approver_sees_proposal_letter_and_buttons(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX)
    casework.propose(case.application_id, "refuse", ("T1",), "記録がありません。")
    text = browser("suzuki").get(f"/desk/cases/{case.application_id}").text
    for shown in ("佐藤 係員さんが", "記録がありません。", "不承認を決裁する", "差し戻す", "地方税法第20条の10"):
        assert shown in text


def test_an_approval_with_a_fee_after_it_waits_for_the_fee(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX)
    proposal = casework.propose(case.application_id)
    approver = browser("suzuki")
    assert approve(approver, case.application_id, proposal).status_code == 303
    page = approver.follow()
    assert "決裁しました" in page.text
    assert "交付手数料のお支払い待ち" in page.text
    assert "1,200円" in page.text


def test_an_approval_without_a_further_fee_completes_the_case(casework: Casework, browser: Browsers) -> None:
    case = casework.file(DOG, scenario=1)
    casework.pay(case.application_id)
    proposal = casework.propose(case.application_id)
    assert approve(browser("suzuki"), case.application_id, proposal).status_code == 303
    assert casework.see(case.application_id).status == "approved"


def test_a_refusal_is_shown_with_what_was_told(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX)
    proposal = casework.propose(case.application_id, "refuse", ("T1",), "記録がありません。")
    approver = browser("suzuki")
    approve(approver, case.application_id, proposal)
    text = approver.follow().text
    assert casework.see(case.application_id).status == "refused"
    assert "決裁の結果" in text
    assert "請求された年度・税目の課税または納付の記録がない" in text


def test_whoever_proposed_is_told_why_not(casework: Casework, browser: Browsers, both_roles: None) -> None:
    case = casework.file(TAX)
    proposal = casework.propose(case.application_id)
    clerk = browser("sato")
    page = clerk.get(f"/desk/cases/{case.application_id}")
    assert "起案した人は決裁できません" in page.text
    assert "承認を決裁する" not in page.text
    answer = approve(clerk, case.application_id, proposal)
    assert answer.status_code == 409
    assert "起案した人は決裁できません" in answer.text
    assert send_back(clerk, case.application_id, proposal, "やり直し").status_code == 409
    assert casework.see(case.application_id).status == "decision_proposed"


def test_the_second_is_told_who_decided_and_when(casework: Casework, browser: Browsers, rival: None) -> None:
    case = casework.file(TAX)
    proposal = casework.propose(case.application_id)
    second = browser("rival")
    assert second.get(f"/desk/cases/{case.application_id}").status_code == 200
    casework.approve(case.application_id, proposal)
    for answer in (
        approve(second, case.application_id, proposal),
        send_back(second, case.application_id, proposal, "待って"),
    ):
        assert answer.status_code == 409
        assert "鈴木 課長さんが2026年5月1日（金）10時00分に決裁済みです" in answer.text
    assert "待って" in answer.text


def test_a_changed_proposal_is_not_decided_unseen(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX)
    old = casework.propose(case.application_id)
    approver = browser("suzuki")
    send_back(approver, case.application_id, old, "理由を足してください")
    casework.propose(case.application_id, "refuse", ("T1",), "記録がありません。")
    answer = approve(approver, case.application_id, old)
    assert answer.status_code == 409
    assert "いまの状態を確かめてください" in answer.text
    assert casework.see(case.application_id).status == "decision_proposed"


@pytest.mark.parametrize("proposal", ["", "x", "a" * 26, "\x00"])
def test_a_made_up_proposal_decides_nothing(casework: Casework, browser: Browsers, proposal: str) -> None:
    case = casework.file(TAX)
    casework.propose(case.application_id)
    assert approve(browser("suzuki"), case.application_id, proposal).status_code == 409
    assert casework.see(case.application_id).status == "decision_proposed"


def test_sent_back_with_a_note_that_the_clerk_reads(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX)
    proposal = casework.propose(case.application_id, "refuse", ("T1",), "記録がありません。")
    answer = send_back(browser("suzuki"), case.application_id, proposal, "T3も確かめてください。")
    assert answer.status_code == 303
    clerk = browser("sato")
    page = clerk.get(f"/desk/cases/{case.application_id}")
    assert "決裁者から差し戻されました" in page.text
    assert "T3も確かめてください。" in page.text
    form = clerk.get(f"/desk/cases/{case.application_id}/propose")
    assert "記録がありません。" in form.text
    assert form.text.count(" checked") == 2


@pytest.mark.parametrize(
    ("note", "told"),
    [("", "直してほしいことを書いてください"), ("  \r\n ", "書いてください"), ("長" * 1001, "1,001字")],
)
def test_a_note_must_be_there_and_short(casework: Casework, browser: Browsers, note: str, told: str) -> None:
    case = casework.file(TAX)
    proposal = casework.propose(case.application_id)
    page = send_back(browser("suzuki"), case.application_id, proposal, note)
    assert page.status_code == 422
    assert page.text.count(told) >= 2
    assert note.strip() in page.text
    assert casework.see(case.application_id).status == "decision_proposed"


@pytest.mark.parametrize("path", ["approve", "send-back"])
@pytest.mark.parametrize("person", ["sato", "hanako", "tanaka"])
def test_only_approvers_decide(casework: Casework, browser: Browsers, person: str, path: str) -> None:
    case = casework.file(TAX)
    proposal = casework.propose(case.application_id)
    answer = browser(person).post(f"/desk/cases/{case.application_id}/{path}", {"proposal": proposal, "note": "x"})
    assert answer.status_code in {403, 404}
    assert casework.see(case.application_id).status == "decision_proposed"


@pytest.mark.parametrize("path", ["claim", "approve", "send-back", "propose"])
def test_a_case_that_is_not_there(casework: Casework, browser: Browsers, both_roles: None, path: str) -> None:
    answer = browser("sato").post(f"/desk/cases/{'a' * 26}/{path}", {"proposal": "x", "note": "x"})
    assert answer.status_code == 404


def test_a_done_case_says_so(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX)
    proposal = casework.propose(case.application_id, "refuse", ("T1",), "記録がありません。")
    casework.approve(case.application_id, proposal)
    assert "この案件は終わっています" in browser("sato").get(f"/desk/cases/{case.application_id}").text
