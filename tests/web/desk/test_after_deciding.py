"""Approving in part, samples of papers, revoking and taking up again, deputies: each page with its wrong turns."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from procedures import decisions, letters
from procedures.database import Database
from procedures.decisions import Hearing
from procedures.models import Decision, Deputy, Proposal, StaffRole, WebSession
from tests.web.browsing import Browser
from tests.web.casework import TAX, Casework

pytestmark = pytest.mark.sqlite_only
Browsers = Callable[..., Browser]
LONG = "あ" * 50_000


def approved(casework: Casework) -> str:
    """A certificate of taxes that is approved and paid."""
    case = casework.file(TAX).application_id
    casework.approve(case, casework.propose(case))
    casework.pay(case)
    return case


def hidden(browser: Browser, name: str) -> str:
    """What the page that was opened last carries under that name."""
    found = re.search(rf'name="{name}" value="([^"]*)"', browser.page.text)
    assert found, f"{name} is not on the page"
    return found[1]


def text_of(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


class TestInPart:
    FORM = (
        ("outcome", "partly"),
        ("reason", "T1"),
        ("text", "令和6年度の記録がありません。"),
        ("granted", "令和7年度分のみ"),
    )

    def form(self, page: Browser, case: str, **other: str) -> dict[str, str]:
        return {**dict(self.FORM), "seen": hidden(page, "seen"), **other}

    def test_what_is_granted_and_what_not(self, casework: Casework, browser: Browsers) -> None:
        case = casework.file(TAX).application_id
        casework.claim(case)
        clerk = browser("sato")
        clerk.get(f"/desk/cases/{case}/propose")
        shown = clerk.post(f"/desk/cases/{case}/propose", self.form(clerk, case, step="preview"))
        for part in (
            "申請の一部が認められました",
            "令和7年度分のみ",
            "令和6年度の記録がありません。",
            "一部承認通知書",
        ):
            assert part in shown.text
        confirmed = self.form(clerk, case, step="propose")
        sample = clerk.post(f"/desk/cases/{case}/propose", self.form(clerk, case, step="sample:letter"))
        assert sample.content_type == "application/pdf"
        said = text_of(sample.data)
        assert "見本" in said
        assert "令和7年度分のみ" in said
        assert clerk.post(f"/desk/cases/{case}/propose", confirmed).status_code == 303
        assert casework.see(case).proposals[-1].granted == "令和7年度分のみ"

    @pytest.mark.parametrize(
        ("other", "words"),
        [
            ({"granted": ""}, "認める内容を書いてください"),
            ({"granted": LONG}, "50,000字"),
            ({"text": LONG}, "50,000字"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
        self, casework: Casework, browser: Browsers, other: dict[str, str], words: str
    ) -> None:
        case = casework.file(TAX).application_id
        casework.claim(case)
        clerk = browser("sato")
        clerk.get(f"/desk/cases/{case}/propose")
        answer = clerk.post(f"/desk/cases/{case}/propose", self.form(clerk, case, **other))
        assert answer.status_code == 422
        assert words in answer.text
        kept = {**dict(self.FORM), **other}
        assert kept["text"] in answer.text
        assert kept["granted"] in answer.text


class TestSamples:
    def test_the_approver_sees_the_very_paper(self, casework: Casework, browser: Browsers) -> None:
        case = casework.file(TAX).application_id
        proposal = casework.propose(case, "refuse", ("T1",), "記録がありません。")
        approver = browser("suzuki")
        page = approver.get(f"/desk/cases/{case}").text
        address = f"/desk/cases/{case}/proposals/{proposal}/letter"
        assert f'src="{address}#' in page
        assert "記録がありません。" in text_of(approver.get(address).data)
        assert approver.get(f"/desk/cases/{case}/proposals/{proposal}/certificate:none").status_code == 404
        other = casework.file(TAX).application_id
        assert approver.get(f"/desk/cases/{other}/proposals/{proposal}/letter").status_code == 404

    def test_hashes_go_out_and_come_back(self, casework: Casework, browser: Browsers, database: Database) -> None:
        case = casework.file(TAX).application_id
        proposal = casework.propose(case, "refuse", ("T1",), "記録がありません。")
        approver = browser("suzuki")
        approver.get(f"/desk/cases/{case}")
        seen = hidden(approver, "paper")
        form = {"proposal": proposal, "stage": hidden(approver, "stage")}
        at = f"/desk/cases/{case}/approve"
        assert approver.post(at, {**form, "paper": f"letter={'0' * 64}"}).status_code == 409
        assert approver.post(at, {**form, "paper": seen}).status_code == 303
        with database.read() as session:
            assert session.scalars(select(Decision)).one().contents == dict([seen.rsplit("=", 1)])


class TestChanging:
    FORM = {  # noqa: RUF012 - read only
        "reason": "T1", "text": "虚偽の申請でした。", "how": "hearing", "on": "2026-04-28", "note": "聴聞調書第3号",
    }  # fmt: skip

    def test_revoked_by_two_people(self, casework: Casework, browser: Browsers) -> None:
        case = approved(casework)
        clerk, approver = browser("sato"), browser("suzuki")
        assert f"/desk/cases/{case}/revoke" in clerk.get(f"/desk/cases/{case}").text
        assert clerk.get(f"/desk/cases/{case}/revoke").status_code == 200
        assert clerk.post(f"/desk/cases/{case}/revoke", self.FORM).status_code == 303
        assert "ほかの決裁者が確かめます" in clerk.follow().text
        approver.get(f"/desk/cases/{case}")
        form = {"proposal": hidden(approver, "proposal")}
        assert clerk.post(f"/desk/cases/{case}/change/confirm", form).status_code == 403
        assert approver.post(f"/desk/cases/{case}/change/confirm", form).status_code == 303
        assert casework.see(case).status == "revoked"
        late = approver.post(f"/desk/cases/{case}/change/confirm", form)
        assert late.status_code == 409
        assert "決裁済み" in late.text

    @pytest.mark.parametrize(
        ("other", "words"),
        [
            ({"reason": ""}, "取消しの理由を1つ以上"), ({"text": ""}, "理由を2,000字まで"),
            ({"text": LONG}, "理由を2,000字まで"),
            ({"how": ""}, "意見陳述のための手続を選んで"), ({"on": ""}, "日を、今日までの日付"),
            ({"on": "2999-01-01"}, "今日までの日付"),
            ({"how": "exempt", "note": ""}, "執らない根拠"),
        ],
    )  # fmt: skip
    def test_what_is_missing_is_said(
        self, casework: Casework, browser: Browsers, other: dict[str, str], words: str
    ) -> None:
        case = approved(casework)
        answer = browser("sato").post(f"/desk/cases/{case}/revoke", {**self.FORM, **other})
        assert answer.status_code == 422
        assert words in answer.text
        assert casework.see(case).status == "approved"

    def test_a_refused_case_is_taken_up_again_and_the_proposal_can_be_dropped(
        self, casework: Casework, browser: Browsers
    ) -> None:
        case = casework.file(TAX).application_id
        casework.approve(case, casework.propose(case, "refuse", ("T1",), "記録がありません。"))
        clerk, approver = browser("sato"), browser("suzuki")
        at = f"/desk/cases/{case}"
        assert clerk.post(f"{at}/reopen", {"text": ""}).status_code == 422
        assert clerk.post(f"{at}/reopen", {"text": "裁決による"}).status_code == 303
        assert clerk.get(f"{at}/reopen").status_code == 409
        clerk.get(at)
        assert clerk.post(f"{at}/change/drop", {"proposal": hidden(clerk, "proposal")}).status_code == 303
        assert clerk.post(f"{at}/reopen", {"text": "裁決による"}).status_code == 303
        approver.get(at)
        assert approver.post(f"{at}/change/confirm", {"proposal": hidden(approver, "proposal")}).status_code == 303
        assert casework.see(case).status == "in_review"
        assert clerk.get(f"{at}/propose").status_code == 200

    def test_not_where_there_is_nothing_to_change(self, casework: Casework, browser: Browsers) -> None:
        case = casework.file(TAX).application_id
        clerk = browser("sato")
        for change in ("revoke", "reopen"):
            assert clerk.get(f"/desk/cases/{case}/{change}").status_code == 409
            assert clerk.post(f"/desk/cases/{case}/{change}", self.FORM).status_code == 409
        assert browser("tanaka").get(f"/desk/cases/{case}/revoke").status_code == 403


class TestDeputies:
    def test_named_decides_and_is_seen_afterwards(
        self, casework: Casework, browser: Browsers, rival: None, database: Database, now: datetime
    ) -> None:
        with database.write() as session:
            for role in session.query(StaffRole).filter_by(person_id="rival", role="approver"):
                session.delete(role)
        head, deputy = browser("suzuki"), browser("rival")
        day = now.date().isoformat()
        form = {"deputy": "rival", "office": "*", "first": day, "last": day}
        assert head.post("/desk/deputies", {**form, "deputy": ""}).status_code == 422
        assert head.post("/desk/deputies", {**form, "first": "x"}).status_code == 422
        assert head.post("/desk/deputies", form).status_code == 303
        assert "高橋 主任さんが、あなたの代わりに" in head.follow().text
        case = casework.file(TAX).application_id
        proposal = casework.propose(case)
        page = deputy.get(f"/desk/cases/{case}").text
        assert "鈴木 課長さんの代決として" in page
        decide = {"proposal": proposal, "in_place_of": "suzuki"}
        assert deputy.post(f"/desk/cases/{case}/approve", {"proposal": proposal}).status_code == 404
        assert deputy.post(f"/desk/cases/{case}/approve", decide).status_code == 303
        with database.read() as session:
            decision = session.scalars(select(Decision)).one()
            assert (decision.decided_by, decision.stood_in_for) == ("rival", "suzuki")
        waiting = head.get("/desk/deputies").text
        assert casework.see(case).reference in waiting
        assert deputy.post(f"/desk/deputies/seen/{decision.id}", {}).status_code == 404
        assert head.post(f"/desk/deputies/seen/{decision.id}", {}).status_code == 303
        assert "後閲を待つものはありません" in head.follow().text
        with database.read() as session:
            named = session.scalars(select(Deputy)).one().id
        assert deputy.post(f"/desk/deputies/{named}/end", {}).status_code in {403, 404}
        assert head.post(f"/desk/deputies/{named}/end", {}).status_code == 303


def test_who_signed_in_long_ago_proves_it_anew_before_deciding(
    casework: Casework, browser: Browsers, database: Database
) -> None:
    case = casework.file(TAX).application_id
    proposal = casework.propose(case)
    approver = browser("suzuki")
    approver.get(f"/desk/cases/{case}")
    with database.write() as session:
        for one in session.scalars(select(WebSession).where(WebSession.person_id == "suzuki")):
            one.created_at -= timedelta(hours=1)
            one.data = {key: value for key, value in one.data.items() if key != "at"}
    answer = approver.post(f"/desk/cases/{case}/approve", {"proposal": proposal})
    assert answer.status_code in {302, 303}
    assert "/sign-in" in answer.location
    assert casework.see(case).status == "decision_proposed"


def test_the_applicant_gets_letter_and_what_is_granted(
    casework: Casework, browser: Browsers, database: Database, now: datetime
) -> None:
    case = casework.file(TAX).application_id
    casework.claim(case)
    with database.write() as session:
        proposal = decisions.propose(
            session, casework.person("sato"), now, case, "partly", ["T1"], "6年度の記録がありません。", "7年度分のみ"
        )
    casework.approve(case, proposal)
    hanako = browser("hanako")
    page = hanako.get(f"/applications/{case}").text
    for part in ("認められた内容", "7年度分のみ", "6年度の記録がありません。", "通知書を作成しています"):
        assert part in page
    with database.read() as session:
        assert [one.outcome for one in letters.letters(session, case)] == ["partly"]
        assert session.scalars(select(Proposal)).one().granted == "7年度分のみ"
    assert hanako.get(f"/applications/{case}/letters/none").status_code == 404


def test_the_revocation_is_told_on_the_page(
    casework: Casework, browser: Browsers, database: Database, now: datetime
) -> None:
    case = approved(casework)
    hearing = Hearing("hearing", date(2026, 4, 28), "x")
    with database.write() as session:
        sato = casework.person("sato")
        proposal = decisions.propose_revocation(session, sato, now, case, ["T1"], "虚偽の申請", hearing)
    with database.write() as session:
        decisions.confirm(session, casework.person("suzuki"), now, case, proposal)
    page = browser("hanako").get(f"/applications/{case}").text
    for part in ("承認は取り消されました", "虚偽の申請", "取消し"):
        assert part in page
