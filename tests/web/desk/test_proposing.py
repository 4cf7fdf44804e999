"""Proposing: the form, the preview of what the applicant gets, and nothing typed is ever lost."""

from collections.abc import Callable

import pytest

from tests.web.browsing import Browser
from tests.web.casework import DOG, TAX, Casework
from web.desk.pages.case import seen

Browsers = Callable[..., Browser]


def sent(casework: Casework, application_id: str, step: str = "propose", **fields: object) -> dict[str, object]:
    """A form as the page would send it now."""
    return {"seen": seen(casework.see(application_id)), "step": step, "outcome": "approve", "text": "", **fields}


REFUSAL = {"outcome": "refuse", "reason": ["T1", "T3"], "text": "令和7年度の納付の記録がありません。"}


def test_an_approval_is_previewed_and_proposed(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX)
    casework.claim(case.application_id)
    clerk, address = browser("sato"), f"/desk/cases/{case.application_id}/propose"
    assert clerk.get(address).status_code == 200
    preview = clerk.post(address, sent(casework, case.application_id, "preview"))
    assert preview.status_code == 200
    for shown in ("納税証明書", "納税されていることを証明します", "1,200円", "まだ送られていません", "山田"):
        assert shown in preview.text
    assert casework.see(case.application_id).status == "in_review"
    assert clerk.post(address, sent(casework, case.application_id)).status_code == 303
    page = clerk.follow()
    assert "起案しました" in page.text
    assert casework.see(case.application_id).status == "decision_proposed"


def test_a_refusal_shows_reasons_law_and_appeal(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX)
    casework.claim(case.application_id)
    address = f"/desk/cases/{case.application_id}/propose"
    preview = browser("sato").post(address, sent(casework, case.application_id, "preview", **REFUSAL))
    for shown in (
        "請求された年度・税目の課税または納付の記録がない",
        "納付の確認が取れていない",
        "地方税法第20条の10",
        "令和7年度の納付の記録がありません。",
        "3か月以内に",
    ):
        assert shown in preview.text
    assert "代理人の権限が確認できない" not in preview.text


def test_the_letter_speaks_the_applicant_s_language(casework: Casework, browser: Browsers) -> None:
    from dataclasses import replace

    casework.people = {**casework.people, "hanako": replace(casework.people["hanako"], language="en")}
    case = casework.file(TAX)
    casework.claim(case.application_id)
    address = f"/desk/cases/{case.application_id}/propose"
    preview = browser("sato").post(address, sent(casework, case.application_id, "preview", **REFUSAL))
    assert "There is no record for the tax and year requested" in preview.text
    assert 'lang="en"' in preview.text
    assert "起案の確認" in preview.text


def test_changing_one_s_mind_keeps_everything(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX)
    casework.claim(case.application_id)
    address = f"/desk/cases/{case.application_id}/propose"
    page = browser("sato").post(address, sent(casework, case.application_id, "change", **REFUSAL))
    assert page.status_code == 200
    assert "令和7年度の納付の記録がありません。" in page.text
    assert page.text.count(" checked") == 3


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"outcome": ""}, "承認するか、不承認にするかを選んでください"),
        ({"outcome": "both"}, "承認するか、不承認にするかを選んでください"),
        ({"outcome": "refuse", "text": "事情"}, "不承認の理由を1つ以上選んでください"),
        ({"outcome": "refuse", "reason": ["T1"]}, "不承認にする事情を書いてください"),
        ({"outcome": "refuse", "reason": ["R1"], "text": "事情"}, "この手続にない理由"),
        ({"outcome": "approve", "reason": ["T1"]}, "不承認の理由を外してください"),
        ({"outcome": "refuse", "reason": ["T1"], "text": "長" * 50_000}, "50,000字"),
    ],
)
@pytest.mark.parametrize("step", ["preview", "propose"])
def test_what_is_missing_is_told_beside_its_question(
    casework: Casework, browser: Browsers, step: str, fields: dict[str, object], told: str
) -> None:
    case = casework.file(TAX)
    casework.claim(case.application_id)
    address = f"/desk/cases/{case.application_id}/propose"
    page = browser("sato").post(address, sent(casework, case.application_id, step, **fields))
    assert page.status_code == 422
    assert page.text.count(told) >= 2
    assert 'id="problems"' in page.text
    assert str(fields.get("text", ""))[:20] in page.text
    assert casework.see(case.application_id).status == "in_review"


def test_a_stale_page_loses_nothing(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX)
    casework.claim(case.application_id)
    address = f"/desk/cases/{case.application_id}/propose"
    page = browser("sato").post(address, {"seen": "received.1.1.0", "step": "propose", **REFUSAL})
    assert page.status_code == 409
    assert "この画面を開いたあとで案件が変わりました" in page.text
    assert "令和7年度の納付の記録がありません。" in page.text
    assert casework.see(case.application_id).status == "in_review"


def test_a_case_of_somebody_else_is_theirs_to_propose(casework: Casework, browser: Browsers, rival: None) -> None:
    case = casework.file(TAX)
    casework.claim(case.application_id)
    other = browser("rival")
    address = f"/desk/cases/{case.application_id}/propose"
    assert other.get(address).status_code == 409
    page = other.post(address, sent(casework, case.application_id, **REFUSAL))
    assert page.status_code == 409
    assert "佐藤 係員さんが担当しています" in page.text
    assert "令和7年度の納付の記録がありません。" in page.text


@pytest.mark.parametrize("spec", [TAX, DOG])
def test_a_case_that_is_not_in_review_cannot_be_proposed(casework: Casework, browser: Browsers, spec: str) -> None:
    case = casework.file(spec, scenario=0)
    answer = browser("sato").get(f"/desk/cases/{case.application_id}/propose")
    assert answer.status_code == 409
    assert "この操作はできません" in answer.text


def test_a_double_click_proposes_once(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX)
    casework.claim(case.application_id)
    clerk, address = browser("sato"), f"/desk/cases/{case.application_id}/propose"
    form = sent(casework, case.application_id)
    assert clerk.post(address, form).status_code == 303
    assert clerk.post(address, form).status_code == 409
    assert len(casework.see(case.application_id).proposals) == 1


def test_without_a_token_nothing_happens(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX)
    clerk = browser("sato")
    for path in ("claim", "propose", "approve", "send-back"):
        answer = clerk.client.post(f"/desk/cases/{case.application_id}/{path}", data={"note": "x"})
        assert answer.status_code in {400, 403, 404}
    assert casework.see(case.application_id).status == "received"


@pytest.mark.parametrize(
    ("spec", "fields", "subject"),
    [
        (TAX, {"outcome": "approve"}, "審査が終わりました。手数料のお支払いをお願いします"),
        (TAX, REFUSAL, "審査の結果をお知らせします"),
        (DOG, {"outcome": "approve"}, "証明書などをお渡しできます"),
    ],
)
def test_the_mail_is_shown_as_it_will_be_worded(
    casework: Casework, browser: Browsers, spec: str, fields: dict[str, object], subject: str
) -> None:
    case = casework.file(spec)
    if spec == DOG:
        casework.pay(case.application_id)
    casework.claim(case.application_id)
    address = f"/desk/cases/{case.application_id}/propose"
    preview = browser("sato").post(address, sent(casework, case.application_id, "preview", **fields))
    assert f"{subject}（受付番号 {case.reference}）" in preview.text
    assert f"http://localhost/applications/{case.application_id}" in preview.text
