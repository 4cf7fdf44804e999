"""Submitting and paying: once, however often somebody clicks."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import func, select

from payments.models import Charge
from procedures.database import Database
from procedures.models import Application, Submission
from tests.payments.scripted import ScriptedProvider
from tests.web.client import form_values, main_form
from tests.web.residents.applicant import DOG, Applicant


def count(database: Database, model: type) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(model))


def test_two_clicks_on_submit_make_one_case_and_one_charge(hana: Applicant, database: Database) -> None:
    id = hana.register()
    values = form_values(main_form(hana.tree))
    for _ in range(3):
        assert hana.post(f"/applications/{id}/check", values).status_code == 303
    assert count(database, Submission) == 1
    assert count(database, Charge) == 1
    hana.open(f"/applications/{id}/check")
    assert hana.at == f"/applications/{id}"


def test_what_was_seen_is_kept_with_the_submission(hana: Applicant, database: Database) -> None:
    id = hana.register()
    hana.send()
    with database.read() as session:
        seen = session.scalar(select(Submission.seen).where(Submission.application_id == id))
    assert "山田 花子（ヤマダ ハナコ）" in seen
    assert '"yen": 3000' in seen


def test_a_check_page_that_is_stale_submits_nothing(hana: Applicant, database: Database) -> None:
    id = hana.register()
    stale = form_values(main_form(hana.tree))
    hana.press("変更（電話番号）")
    hana.send({"phone": "0311112222"})
    assert hana.post(f"/applications/{id}/check", stale).status_code == 409
    assert "まだ送信していません" in hana.main
    assert "0311112222" in hana.main
    assert count(database, Submission) == 0
    hana.send()
    assert count(database, Submission) == 1


def test_an_unfinished_draft_cannot_be_submitted(hana: Applicant, database: Database) -> None:
    id = hana.start("dog-registration")
    hana.open(f"/applications/{id}/check")
    assert "まだ入力していない項目があります" in hana.main
    hana.post(f"/applications/{id}/check", {"revision": "1"})
    assert count(database, Submission) == 0


def test_pay_page_shows_the_bill_and_leads_to_one_checkout(hana: Applicant, provider: ScriptedProvider) -> None:
    hana.register(DOG, {**DOG, "call_name": "ハナ"})
    hana.send()
    assert hana.at.endswith("/pay")
    assert "6,000円" in hana.main
    assert "2026年5月8日（金）" in hana.main
    form = main_form(hana.tree, "/pay")
    pages = [hana.post(form.attributes["action"], form_values(form)) for _ in range(2)]
    assert [page.headers["Location"] for page in pages] == ["http://pay/cs_1"] * 2
    assert [page.status_code for page in pages] == [303, 303]
    assert len(provider.states) == 1


def test_coming_back_only_reads(
    hana: Applicant, provider: ScriptedProvider, worker: Callable[[], None], database: Database
) -> None:
    id = hana.register()
    hana.send()
    hana.post(f"/applications/{id}/pay", form_values(main_form(hana.tree)))
    provider.pay("cs_1")
    hana.open(f"/applications/{id}/pay/return")
    assert hana.heading == "お支払いを確認しています"
    with database.read() as session:
        assert session.scalar(select(Application.status)) == "awaiting_fee"


def test_a_paid_case_is_received(hana: Applicant, provider: ScriptedProvider, worker: Callable[[], None]) -> None:
    id = hana.register()
    hana.send()
    hana.post(f"/applications/{id}/pay", form_values(main_form(hana.tree)))
    provider.pay("cs_1")
    hook = {"data": b"evt_1 checkout.session.completed cs_1", "headers": {"Stripe-Signature": "good"}}
    assert hana.client.post("/webhooks/stripe", **hook).status_code in {200, 204}
    worker()
    hana.open(f"/applications/{id}/pay/return")
    assert hana.heading == "お支払いを確認しました"
    hana.press("申請の状況を見る")
    assert "受付済み" in hana.main
    assert "お支払いを確認しました" in hana.main
    assert "結果のお知らせ（予定）" in hana.main
    assert hana.get(f"/applications/{id}/pay").status_code == 303


def test_a_konbini_number_waits(hana: Applicant, provider: ScriptedProvider, worker: Callable[[], None]) -> None:
    id = hana.register()
    hana.send()
    hana.post(f"/applications/{id}/pay", form_values(main_form(hana.tree)))
    provider.issue_number("cs_1", provider.now + timedelta(days=3))
    hana.client.post(
        "/webhooks/stripe",
        data=b"evt_1 checkout.session.completed cs_1",
        headers={"Stripe-Signature": "good"},
    )
    worker()
    hana.open(f"/applications/{id}/pay/return")
    assert hana.heading == "コンビニでのお支払いをお待ちしています"
    hana.press("支払番号を見る")
    hana.send(form="/pay")
    assert hana.page.status_code == 200
    assert any(link.attributes["href"] == "http://v/cs_1" for link in hana.tree.all("a"))


def test_a_silent_provider_charges_nothing_and_says_so(hana: Applicant, provider: ScriptedProvider) -> None:
    id = hana.register()
    hana.send()
    provider.fail_next = ["lost"]
    page = hana.post(f"/applications/{id}/pay", form_values(main_form(hana.tree)))
    assert page.status_code == 503
    assert "決済サービスにつながりません" in hana.main
    assert hana.post(f"/applications/{id}/pay", form_values(main_form(hana.tree))).status_code == 303


def test_who_may_have_paid_is_not_told_that_they_have_not(hana: Applicant, provider: ScriptedProvider) -> None:
    """She paid, the news is lost, she comes back and presses again while the provider is silent."""
    id = hana.register()
    hana.send()
    hana.send()
    provider.pay("cs_1")
    hana.open(f"/applications/{id}/pay")
    provider.fail_next = ["lost"]
    page = hana.post(f"/applications/{id}/pay", form_values(main_form(hana.tree)))
    assert page.status_code == 503
    assert "お支払いは済んでいません" not in hana.main
    assert "すでにお支払いの場合は、もう一度支払わずにお待ちください" in hana.main


def test_a_cancelled_payment_can_be_tried_again(hana: Applicant) -> None:
    id = hana.register()
    hana.send()
    hana.open(f"/applications/{id}/pay?cancelled=1")
    assert "お支払いはまだ済んでいません" in hana.main


def test_withdrawing_asks_first_and_is_final(hana: Applicant) -> None:
    id = hana.register()
    hana.send()
    hana.open(f"/applications/{id}")
    hana.press("申請を取り下げる")
    assert hana.heading == "申請を取り下げますか"
    hana.send({"note": "引っ越すため"})
    assert hana.heading == "申請を取り下げました"
    hana.open(f"/applications/{id}")
    assert "取下げ" in hana.main
    assert hana.get(f"/applications/{id}/withdraw").status_code == 303
    assert hana.get(f"/applications/{id}/pay").status_code == 303
