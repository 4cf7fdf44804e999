"""A refund from the request to the end: every step, whoever takes it, and what the ledger says of it."""

from datetime import date, timedelta

import pytest

from payments import refunds
from payments.refunds import How, RefundRefused
from payments.refunds.sweep import sweep
from tests.payments.refunds.conftest import MORI, TANAKA, Desk

OWED = {"provider:stripe": 1000, "refund_payable": -1000}


def test_from_request_to_confirmation(finance: Desk) -> None:
    payment = finance.paid()
    before = finance.till.balances()
    refund = finance.request(payment, 1000)
    assert (finance.status(refund), finance.till.balances()) == ("requested", before)
    finance.approve(refund)
    assert finance.status(refund) == "approved"
    assert finance.till.balances() == {"provider:stripe": 1000, "refund_payable": -1000}
    assert finance.till.work() == ["refund.send"]
    assert finance.status(refund) == "sent"
    finance.provider.go_back("re_1")
    finance.hear("refund.updated", "re_1")
    assert finance.status(refund) == "confirmed"
    assert finance.till.balances() == {}
    assert finance.till.postings() == ["demand", "receipt", "refund", "refund_paid"]
    assert sorted(finance.told()) == ["refund_approved", "refund_done"]
    finance.till.is_sound()


def test_a_card_refund_that_is_done_at_once(finance: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    payment = finance.paid()
    begin = finance.provider._refund
    monkeypatch.setattr(finance.provider, "_refund", lambda order: finance.provider.go_back(begin(order).id))
    refund, _ = finance.sent(payment, 400)
    assert finance.status(refund) == "confirmed"
    finance.till.is_sound()


def test_a_konbini_refund_waits_for_the_payers_account(finance: Desk) -> None:
    payment = finance.paid("konbini")
    refund, theirs = finance.sent(payment, 1000)
    order, _ = finance.provider.refund_keys[f"refund-{refund}"]
    finance.provider.ask_for_account(theirs)
    finance.hear("refund.updated", theirs, "one")
    assert finance.status(refund) == "requires_action"
    assert finance.row(refund).action_until == finance.till.now + timedelta(days=45)
    finance.hear("refund.updated", theirs, "two")
    assert sorted(finance.told()) == ["refund_approved", "refund_needs_account"]
    finance.provider.go_back(theirs)
    finance.hear("refund.updated", theirs, "three")
    assert (finance.status(refund), finance.row(refund).action_until) == ("confirmed", None)
    assert order.refund_id == refund
    finance.till.is_sound()


@pytest.mark.parametrize("how", ["fail_refund", "cancel_refund"])
@pytest.mark.parametrize("stage", ["sent", "requires_action", "confirmed"])
def test_a_refund_that_fails_at_any_stage_is_posted_back(finance: Desk, stage: str, how: str) -> None:
    payment = finance.paid("konbini")
    before = finance.till.balances()
    refund, theirs = finance.sent(payment, 300)
    if stage == "requires_action":
        finance.provider.ask_for_account(theirs)
    elif stage == "confirmed":
        finance.provider.go_back(theirs)
    finance.hear("refund.updated", theirs)
    assert finance.status(refund) == stage
    getattr(finance.provider, how)(theirs)
    finance.hear("refund.failed", theirs)
    assert finance.status(refund) == "failed"
    assert finance.till.balances() == before
    assert finance.till.discrepancies() == ["refund_failed"]
    assert "refund_failed" in finance.told()
    finance.till.is_sound()
    again = finance.request(payment, 1000)  # its yen are free again
    assert finance.status(again) == "requested"


def test_a_failed_refund_is_paid_by_transfer_instead(finance: Desk) -> None:
    payment = finance.paid()
    refund, theirs = finance.sent(payment, 1000)
    finance.provider.fail_refund(theirs)
    finance.hear("refund.failed", theirs)
    instead = finance.request(payment, 1000, "withdrawn", "", How(way="outside", instead_of=refund))
    finance.approve(instead)
    assert finance.till.work() == []
    assert finance.till.balances() == OWED
    finance.do(refunds.note_paid_outside, TANAKA, instead, " 振込-123 ", date(2026, 5, 1))
    row = finance.row(instead)
    assert (row.status, row.slip, row.paid_by) == ("confirmed", "振込-123", TANAKA.key)
    assert finance.till.balances() == {"provider:stripe": 1000, "bank": -1000}
    assert finance.open_ones() == []
    finance.till.is_sound()


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("slip", "day", "what"),
    [
        ("", date(2026, 5, 1), "slip"),
        ("x" * 61, date(2026, 5, 1), "slip"),
        ("a\x07b", date(2026, 5, 1), "slip"),
        ("1", date(2026, 5, 2), "day"),
        ("1", date(2026, 4, 30), "day"),
    ],
)
def test_a_transfer_needs_a_slip_and_a_day_between_approval_and_today(
    finance: Desk, slip: str, day: date, what: str
) -> None:
    refund = finance.approved(finance.paid(), 1000, "withdrawn", "", How(way="outside"))
    with pytest.raises(RefundRefused, match=what):
        finance.do(refunds.note_paid_outside, TANAKA, refund, slip, day)
    assert finance.status(refund) == "approved"


def test_a_rejected_request_moves_nothing_and_frees_its_yen(finance: Desk) -> None:
    payment = finance.paid()
    refund = finance.request(payment, 1000)
    with pytest.raises(RefundRefused, match="note"):
        finance.do(refunds.reject, MORI, refund, "  ")
    finance.do(refunds.reject, MORI, refund, "条例により返しません。")
    assert (finance.status(refund), finance.row(refund).decision) == ("rejected", "条例により返しません。")
    assert finance.till.postings() == ["demand", "receipt"]
    assert finance.told() == []
    finance.request(payment, 1000)


def test_several_partial_refunds_up_to_what_was_paid(finance: Desk) -> None:
    payment = finance.paid()
    finance.confirmed(payment, 300)
    finance.confirmed(payment, 300)
    held = finance.request(payment, 300)
    with pytest.raises(RefundRefused) as refused:
        finance.request(payment, 101)
    assert (refused.value.what, refused.value.left) == ("too_much", 100)
    finance.request(payment, 100)
    with pytest.raises(RefundRefused, match="nothing_left"):
        finance.request(payment, 1)
    finance.do(refunds.reject, MORI, held, "理由")
    finance.confirmed(payment, 300)
    finance.till.is_sound()


def test_after_the_books_of_its_year_are_closed_it_is_spending_of_the_running_year(finance: Desk) -> None:
    payment = finance.paid()
    finance.till.now = finance.provider.now = finance.till.now.replace(year=2027, month=6)
    finance.approved(payment, 1000)
    assert finance.till.balances()["past_refund"] == 1000
    assert [code for code in finance.till.balances() if code.startswith("revenue:")]


def test_the_last_day_of_the_books_is_still_the_years_own(finance: Desk) -> None:
    payment = finance.paid()
    finance.till.now = finance.till.now.replace(year=2027, month=5, day=31)
    finance.approved(payment, 1000)
    assert "past_refund" not in finance.till.balances()


def test_the_sweep_finds_what_webhooks_lost(finance: Desk) -> None:
    payment = finance.paid()
    refund, theirs = finance.sent(payment, 500)
    finance.provider.go_back(theirs)
    assert sweep(finance.till.database, finance.provider, finance.till.now) == 0  # asked only just now
    finance.till.later(minutes=11)
    assert sweep(finance.till.database, finance.provider, finance.till.now) == 1
    assert finance.status(refund) == "confirmed"
    finance.till.later(days=2)
    finance.provider.fail_refund(theirs)  # the payer's bank sends it back
    assert sweep(finance.till.database, finance.provider, finance.till.now) == 1
    assert finance.status(refund) == "failed"
    finance.till.is_sound()


def test_the_sweep_sends_what_no_job_sends_any_more(finance: Desk) -> None:
    refund = finance.approved(finance.paid(), 500)
    finance.till.later(minutes=11)
    assert sweep(finance.till.database, finance.provider, finance.till.now) == 1
    assert finance.status(refund) == "sent"
    finance.till.work()
    assert list(finance.provider.refunds) == ["re_1"]


def test_a_refund_that_the_provider_does_not_know_is_for_a_person(finance: Desk) -> None:
    _, theirs = finance.sent(finance.paid(), 500)
    del finance.provider.refunds[theirs]
    finance.till.later(minutes=11)
    sweep(finance.till.database, finance.provider, finance.till.now)
    assert finance.open_ones() == ["unknown_refund"]
