"""Disputes: opened, answered, won, lost; inquiries; and what each does to the balance."""

import pytest
import stripe

from tests.payments.conftest import Payer
from tests.payments.sandbox.paid import DAY, movements, paid

TAKEN = ("dispute", -6000, 1500)


def opened(payer: Payer, **order: object) -> stripe.Dispute:
    """A dispute of 6,000 yen."""
    answer = payer.order("disputes", charge=paid(payer).id, **order)
    assert answer.status_code == 200, answer.text
    return payer.client.v1.disputes.retrieve(answer.json()["id"])


def test_a_dispute_takes_the_money_and_a_fee_at_once(payer: Payer) -> None:
    dispute = opened(payer, reason="duplicate")
    assert (dispute.status, dispute.amount, dispute.reason) == ("needs_response", 6000, "duplicate")
    assert dispute.evidence_details.due_by > dispute.created + 10 * DAY
    taken = dispute.balance_transactions[0]
    assert (taken.type, taken.net, taken.source) == ("adjustment", -7500, dispute.id)
    assert movements(payer)[1:] == [TAKEN]
    assert payer.client.v1.charges.retrieve(dispute.charge).disputed
    assert payer.events()[-2:] == ["charge.dispute.created", "charge.dispute.funds_withdrawn"]
    with pytest.raises(stripe.InvalidRequestError) as refused:
        payer.client.v1.refunds.create({"charge": dispute.charge})
    assert refused.value.code == "charge_disputed"


def test_answered_it_is_under_review_and_cannot_be_answered_again(payer: Payer) -> None:
    dispute = opened(payer)
    disputes = payer.client.v1.disputes
    staged = disputes.update(dispute.id, {"evidence": {"customer_name": "花子"}, "submit": False})
    assert (staged.status, staged.evidence_details.has_evidence) == ("needs_response", True)
    sent = disputes.update(dispute.id, {"evidence": {"product_description": "犬の登録"}})
    assert (sent.status, sent.evidence_details.submission_count) == ("under_review", 1)
    assert (sent.evidence.customer_name, sent.evidence.product_description) == ("花子", "犬の登録")
    assert payer.events()[-1] == "charge.dispute.updated"
    with pytest.raises(stripe.InvalidRequestError):
        disputes.update(dispute.id, {"evidence": {"customer_name": "太郎"}})
    assert disputes.update(dispute.id, {"metadata": {"seen": "yes"}}).metadata["seen"] == "yes"


@pytest.mark.parametrize(
    ("words", "status", "moved"),
    [
        ("winning_evidence", "won", [TAKEN, ("dispute_reversal", 6000, 0)]),
        ("losing_evidence", "lost", [TAKEN]),
        ("whatever", "under_review", [TAKEN]),
    ],
)
def test_the_words_of_stripes_test_mode_decide(payer: Payer, words: str, status: str, moved: list[object]) -> None:
    dispute = opened(payer)
    after = payer.client.v1.disputes.update(dispute.id, {"evidence": {"uncategorized_text": words}})
    assert after.status == status
    assert movements(payer)[1:] == moved


@pytest.mark.parametrize(("return_fee", "fee"), [(False, 0), (True, -1500)])
def test_won(payer: Payer, *, return_fee: bool, fee: int) -> None:
    dispute = opened(payer)
    payer.order(f"disputes/{dispute.id}", do="review")
    payer.order(f"disputes/{dispute.id}", do="won", return_fee=return_fee)
    after = payer.client.v1.disputes.retrieve(dispute.id)
    assert after.status == "won"
    assert [row.amount for row in after.balance_transactions] == [-6000, 6000]
    assert movements(payer)[1:] == [TAKEN, ("dispute_reversal", 6000, fee)]
    assert payer.events()[-2:] == ["charge.dispute.closed", "charge.dispute.funds_reinstated"]
    assert payer.order(f"disputes/{dispute.id}", do="lost").status_code == 409
    assert after.is_charge_refundable
    assert payer.client.v1.refunds.create({"charge": dispute.charge}).amount == 6000


@pytest.mark.parametrize("by", ["the bank", "closing", "silence"])
def test_lost(payer: Payer, by: str) -> None:
    dispute = opened(payer)
    if by == "the bank":
        payer.order(f"disputes/{dispute.id}", do="lost")
    elif by == "closing":
        payer.client.v1.disputes.close(dispute.id)
    else:
        payer.order("clock", seconds=11 * DAY)
    assert payer.client.v1.disputes.retrieve(dispute.id).status == "lost"
    assert movements(payer)[1:] == [TAKEN]
    assert payer.events()[-1] == "charge.dispute.closed"
    with pytest.raises(stripe.InvalidRequestError, match="charged back"):
        payer.client.v1.refunds.create({"charge": dispute.charge})
    with pytest.raises(stripe.InvalidRequestError):
        payer.client.v1.disputes.close(dispute.id)


def test_an_inquiry_takes_nothing_and_ends_by_itself(payer: Payer) -> None:
    dispute = opened(payer, inquiry=True)
    assert (dispute.status, dispute.is_charge_refundable) == ("warning_needs_response", True)
    assert dispute.payment_method_details.card.case_type == "inquiry"
    sent = payer.client.v1.disputes.update(dispute.id, {"evidence": {"customer_name": "花子"}})
    assert sent.status == "warning_under_review"
    assert payer.client.v1.refunds.create({"charge": dispute.charge, "amount": 10}).status == "succeeded"
    payer.order("clock", seconds=121 * DAY)
    assert payer.client.v1.disputes.retrieve(dispute.id).status == "warning_closed"
    assert movements(payer)[1:] == [("refund", -10, 0)]


@pytest.mark.parametrize("do", ["escalate", "lost", "words"])
def test_an_inquiry_becomes_a_dispute(payer: Payer, do: str) -> None:
    dispute = opened(payer, inquiry=True)
    if do == "words":
        evidence = {"uncategorized_text": "escalate_inquiry_evidence"}
        payer.client.v1.disputes.update(dispute.id, {"evidence": evidence})
    else:
        payer.order(f"disputes/{dispute.id}", do=do)
    after = payer.client.v1.disputes.retrieve(dispute.id)
    assert after.status == ("lost" if do == "lost" else "needs_response")
    assert after.payment_method_details.card.case_type == "chargeback"
    assert movements(payer)[1:] == [TAKEN]


def test_an_inquiry_is_closed_without_money(payer: Payer) -> None:
    dispute = opened(payer, inquiry=True)
    assert payer.client.v1.disputes.close(dispute.id).status == "warning_closed"
    assert len(movements(payer)) == 1


@pytest.mark.parametrize("choice", ["konbini", "paypay"])
def test_only_cards_are_disputed(payer: Payer, choice: str) -> None:
    assert payer.order("disputes", charge=paid(payer, choice).id).status_code == 409


def test_of_part_of_the_money_and_only_once(payer: Payer) -> None:
    charge = paid(payer)
    payer.client.v1.refunds.create({"charge": charge.id, "amount": 1000})
    assert payer.order("disputes", charge=charge.id, yen=5001).status_code == 409
    assert payer.order("disputes", payment_intent=charge.payment_intent, yen=3000).json()["amount"] == 3000
    assert payer.order("disputes", charge=charge.id).status_code == 409
    assert payer.order("disputes", charge="ch_none").status_code == 404
    assert [row.amount for row in payer.client.v1.disputes.list({"charge": charge.id}).data] == [3000]
    assert payer.client.v1.disputes.list({"payment_intent": "pi_none"}).data == []


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"evidence": {"receipt": "file_1"}}, "resource_missing"),
        ({"evidence": {"colour": "red"}}, "parameter_unknown"),
        ({"evidence": {"uncategorized_text": "x" * 150_001}}, None),
        ({"amount": 1}, "parameter_unknown"),
        ({"submit": "maybe"}, None),
    ],
)
def test_evidence_that_cannot_be(payer: Payer, parameters: dict[str, object], code: str | None) -> None:
    dispute = opened(payer)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        payer.client.v1.disputes.update(dispute.id, parameters)
    assert refused.value.code == code
