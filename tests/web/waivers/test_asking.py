"""A resident asks for a reduction: told before, on sending, while it is decided, and what came of it."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from payments.cases import decide_waiver
from procedures.models import Job, Submission
from procedures.waiving.deciding import Choice
from tests.conftest import PEOPLE
from tests.web.waivers.conftest import Desk

pytestmark = pytest.mark.sqlite_only

Waived = Callable[..., Desk]
NAME = "生活保護を受けている方の減免"


def decide(desk: Desk, case: str, choice: Choice) -> None:
    with desk.database.write() as session:
        decide_waiver(session, PEOPLE["sato"], desk.now, case, desk.request(case), choice)


def test_who_does_not_ask_is_offered_it_with_the_way_to_the_question(waived: Waived) -> None:
    desk = waived()
    desk.filled(ask=False)
    assert f"「{NAME}」を申請できます" in desk.hana.main
    assert "見本条例第5条" in desk.hana.main
    assert "送信して支払いへ進む" in desk.hana.main
    desk.hana.press("減免を申請するか選ぶ")
    assert desk.hana.at.endswith("/steps/fee")
    desk.hana.send({"wants": "yes"}, files=[])
    assert desk.hana.problems, "who asks brings the evidence"


def test_who_asks_sees_both_amounts_what_happens_next_and_until_when(waived: Waived) -> None:
    desk = waived()
    case = desk.filled()
    for words in (
        "合計 3,000円 減免が認められれば 0円",
        f"「{NAME}」を申請します。認められると3,000円安くなります。",
        "5月13日",
        "お支払いの必要はありません",
        "送信して減免を申請する",
    ):
        assert words in desk.hana.main, words
    desk.hana.send()
    assert desk.hana.at == f"/applications/{case}/submitted"
    assert "減免を審査しています" in desk.hana.main
    with desk.database.read() as session:
        seen = session.scalar(select(Submission.seen).where(Submission.application_id == case))
        kinds = [job.payload["kind"] for job in session.scalars(select(Job).where(Job.kind == "notice.send"))]
    assert '"yen": 3000' in seen
    assert '"yen_if_granted": 0' in seen
    assert NAME in seen
    assert kinds == ["waiver_asked"]


def test_while_it_waits_nobody_is_sent_to_pay(waived: Waived) -> None:
    desk = waived()
    case = desk.submitted()
    desk.hana.open(f"/applications/{case}/pay")
    assert desk.hana.at == f"/applications/{case}"
    for words in (
        "減免の審査中",
        "お支払いの必要はありません",
        "審査中です",
        "減免の結果",
        "手数料が残るときはお支払い",
    ):
        assert words in desk.hana.main, words
    assert "お支払い待ち" not in desk.hana.main
    desk.hana.open("/applications")
    assert "減免の審査中" in desk.hana.main
    assert "お支払い待ち" not in desk.hana.main


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        (Choice(100), ("認められました。", "手数料は0円になりました", "減免により手数料がかからなくなりました")),
        (
            Choice(50, (), "半額が相当です。"),
            ("一部が認められました（50%）。", "手数料は1,500円", "半額が相当です。", "審査請求", "5月8日"),
        ),
        (
            Choice(0, ("W1",), "受給の記録がありません。"),
            ("認められませんでした。", "受給していない", "見本条例第5条", "受給の記録がありません。", "審査請求"),
        ),
    ],
)
def test_what_came_of_it_is_told_with_reasons_and_appeal(waived: Waived, choice: Choice, told: tuple[str, ...]) -> None:
    desk = waived()
    case = desk.submitted()
    decide(desk, case, choice)
    desk.hana.open(f"/applications/{case}")
    for words in told:
        assert words in desk.hana.main, words
    assert "減免の審査中" not in desk.hana.main
    if choice.percent < 100:
        desk.hana.open(f"/applications/{case}/pay")
        assert f"{3000 - 30 * choice.percent:,}円" in desk.hana.main


def test_due_after_the_review_it_is_decided_meanwhile(waived: Waived) -> None:
    desk = waived("approval")
    case = desk.filled()
    assert "減免は審査のあいだに決まります" in desk.hana.main
    desk.hana.send()
    assert "減免の審査もあわせて行っています" in desk.hana.main
    desk.hana.open(f"/applications/{case}")
    assert "減免の審査もあわせて行っています" in desk.hana.main


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "If the reduction is granted"),
        ("easy", "安く なると"),
        ("zh", "若获准减免"),
        ("ko", "감면이 인정되면"),
    ],
)
def test_in_every_language(waived: Waived, language: str, words: str) -> None:
    desk = waived()
    case = desk.filled()
    desk.hana.client.set_cookie("tetsuzuki_language", language)
    desk.hana.open(f"/applications/{case}/check")
    assert words in desk.hana.main.replace("\u00a0", " "), desk.hana.main


def test_the_evidence_is_corrected_before_the_fee(waived: Waived) -> None:
    from procedures.corrections import requesting
    from procedures.corrections.kept import Mark

    desk = waived()
    case = desk.submitted()
    with desk.database.write() as session:
        marks, due = [Mark(("wants",), "証明書が必要です。")], date(2026, 5, 15)
        requesting.request(session, PEOPLE["sato"], desk.now, case, marks, "", due)
    desk.hana.open(f"/applications/{case}/correction")
    assert "証明書が必要です。" in desk.hana.main
    desk.hana.open(f"/applications/{case}")
    assert "減免の審査中" not in desk.hana.main
