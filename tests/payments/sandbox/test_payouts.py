"""The balance, payouts by hand and by a schedule, payouts that the bank sends back, other movements."""

import pytest
import stripe

from tests.payments.conftest import Payer
from tests.payments.sandbox.paid import DAY, movements, paid


def test_money_becomes_available_and_is_paid_out(payer: Payer) -> None:
    charge = paid(payer)
    balance = payer.client.v1.balance.retrieve()
    assert (balance.available[0].amount, balance.pending[0].amount) == (0, 5784)
    with pytest.raises(stripe.InvalidRequestError):
        payer.client.v1.payouts.create({"amount": 100, "currency": "jpy"})
    payer.order("clock", seconds=5 * DAY)
    assert payer.client.v1.balance.retrieve().available[0].amount == 5784
    payout = payer.order("payouts").json()
    assert (payout["amount"], payout["status"]) == (5784, "in_transit")
    inside = payer.client.v1.balance_transactions.list({"payout": payout["id"]})
    assert [row.source for row in inside.data] == [charge.id]
    payer.order("clock", seconds=3 * DAY)
    assert payer.client.v1.payouts.retrieve(payout["id"]).status == "paid"
    assert payer.client.v1.balance.retrieve().available[0].amount == 0
    assert [row.type for row in payer.client.v1.balance_transactions.list().data] == ["payout", "charge"]
    assert payer.order("payouts").status_code == 409


def test_a_payout_by_hand(payer: Payer) -> None:
    paid(payer)
    payer.order("clock", seconds=5 * DAY)
    payout = payer.client.v1.payouts.create({"amount": 5000, "currency": "jpy"})
    assert (payout.automatic, payout.amount) == (False, 5000)
    assert payer.client.v1.balance_transactions.list({"payout": payout.id}).data == []
    for parameters in ({"amount": 785, "currency": "jpy"}, {"amount": 1, "currency": "usd"}, {"currency": "jpy"}):
        with pytest.raises(stripe.InvalidRequestError):
            payer.client.v1.payouts.create(parameters)


@pytest.mark.parametrize(("schedule", "most"), [("daily", 6), ("weekly", 12)])
def test_a_schedule_pays_out_by_itself(payer: Payer, schedule: str, most: int) -> None:
    assert payer.order("payouts", schedule=schedule).json() == {"schedule": schedule}
    paid(payer)
    payer.order("clock", seconds=most * DAY)
    (payout,) = payer.client.v1.payouts.list().data
    assert (payout.amount, payout.automatic, payout.reconciliation_status) == (5784, True, "completed")
    assert payout.created >= payer.client.v1.balance_transactions.list({"type": "charge"}).data[0].available_on
    if schedule == "weekly":
        assert stripe_weekday(payout.created) == 4
    paid(payer)
    payer.order("payouts", schedule="manual")
    payer.order("clock", seconds=30 * DAY)
    assert len(payer.client.v1.payouts.list().data) == 1
    assert "payout.reconciliation_completed" in payer.events()


def stripe_weekday(second: int) -> int:
    """The weekday in Japan."""
    from datetime import datetime

    from payments.sandbox.cashier.times import TOKYO

    return datetime.fromtimestamp(second, TOKYO).weekday()


@pytest.mark.parametrize("when", ["under way", "after it arrived"])
def test_a_payout_comes_back_and_goes_out_with_the_next(payer: Payer, when: str) -> None:
    paid(payer)
    payer.order("clock", seconds=5 * DAY)
    payout = payer.order("payouts").json()
    if when == "after it arrived":
        payer.order(f"payouts/{payout['id']}", do="arrive")
    failed = payer.order(f"payouts/{payout['id']}", do="fail", code="account_closed").json()
    assert (failed["status"], failed["failure_code"]) == ("failed", "account_closed")
    assert movements(payer) == [("charge", 6000, 216), ("payout", -5784, 0), ("payout_reversal", 5784, 0)]
    payer.order("clock", seconds=3 * DAY)
    assert payer.client.v1.payouts.retrieve(payout["id"]).status == "failed"
    again = payer.order("payouts").json()
    inside = payer.client.v1.balance_transactions.list({"payout": again["id"]}).data
    assert [(row.type, row.id) for row in inside] == [("payout_failure", failed["failure_balance_transaction"])]
    assert payer.order(f"payouts/{payout['id']}", do="fail").status_code == 409
    assert payer.client.v1.payouts.list({"status": "failed"}).data[0].id == payout["id"]


def test_refunds_and_disputes_lessen_the_next_payout(payer: Payer) -> None:
    first, second = paid(payer), paid(payer)
    payer.client.v1.refunds.create({"charge": first.id, "amount": 1000})
    payer.order("disputes", charge=second.id)
    payer.order("clock", seconds=5 * DAY)
    payout = payer.order("payouts").json()
    assert payout["amount"] == 2 * 5784 - 1000 - 6000 - 1500
    inside = payer.client.v1.balance_transactions.list({"payout": payout["id"]}).data
    assert sum(row.net for row in inside) == payout["amount"]


@pytest.mark.parametrize(
    ("order", "moved"),
    [
        ({"yen": -500}, ("fee", -500, 0)),
        ({"type": "tax_fee", "yen": -50}, ("tax", -50, 0)),
        ({"type": "adjustment", "yen": 300, "description": "goodwill"}, ("other_adjustment", 300, 0)),
        ({"type": "something_new", "yen": 1, "category": "surprise"}, ("surprise", 1, 0)),
    ],
)
def test_other_movements_can_be_ordered(payer: Payer, order: dict[str, object], moved: tuple[str, int, int]) -> None:
    assert payer.order("movements", **order).status_code == 200
    assert movements(payer) == [moved]


def test_lists_of_movements_are_narrowed(payer: Payer) -> None:
    charge = paid(payer)
    payer.client.v1.refunds.create({"charge": charge.id, "amount": 10})
    rows = payer.client.v1.balance_transactions
    assert [row.amount for row in rows.list({"type": "refund"}).data] == [-10]
    assert [row.amount for row in rows.list({"source": charge.id}).data] == [6000]
    assert rows.list({"currency": "usd"}).data == []
    assert [row.amount for row in rows.list({"created": {"gte": charge.created}}).data] == [-10, 6000]
    payer.order("clock", seconds=5 * DAY)
    payout = payer.order("payouts").json()
    found = payer.client.v1.payouts.list({"arrival_date": {"gte": payout["arrival_date"]}})
    assert [row.id for row in found.data] == [payout["id"]]
    assert payer.client.v1.payouts.list({"arrival_date": {"gt": payout["arrival_date"]}}).data == []
