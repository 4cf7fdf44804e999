"""Refunds and disputes at the local Stripe, through the SDK: what the scripted provider plays is what happens there."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from payments import refunds
from payments.disputes import sweep as dispute_sweep
from payments.models import Dispute, Payment, Refund
from payments.reconciliation import import_transactions
from payments.refunds import sweep as refund_sweep
from payments.settlement import record
from tests.payments.conftest import Payer
from tests.payments.refunds.conftest import MORI, TANAKA
from tests.payments.till import Till

pytestmark = pytest.mark.sqlite_only


@dataclass
class Shop:
    """Our side and Stripe's, whose clocks go together."""

    till: Till
    payer: Payer

    def paid(self, method: str = "card_ok") -> str:
        """A paid case; the payment's row."""
        application_id = self.till.owing()
        session_id = str(self.till.open(application_id).url).rpartition("/")[2]
        self.payer.choose(session_id, method)
        if method == "konbini":
            self.payer.at_the_shop(self.payer.look(session_id).payment_intent.id)
        state = self.till.provider.checkout(session_id)
        with self.till.database.write() as session:
            record(session, "stripe", self.till.now, state)
            return str(session.scalar(select(Payment.id).where(Payment.session_id == session_id)))

    def approved(self, payment: str, yen: int) -> str:
        with self.till.database.write() as session:
            refund = refunds.request(session, TANAKA, self.till.now, payment, yen, "withdrawn")
        with self.till.database.write() as session:
            refunds.approve(session, MORI, self.till.now, refund)
        return refund

    def later(self, **span: float) -> None:
        self.payer.order("clock", seconds=int(timedelta(**span).total_seconds()))
        self.till.later(**span)
        refund_sweep.sweep(self.till.database, self.till.provider, self.till.now)
        dispute_sweep.sweep(self.till.database, self.till.provider, self.till.now)

    def row(self, refund: str) -> Refund:
        with self.till.database.read() as session:
            return session.get_one(Refund, refund)

    def reconciled(self) -> None:
        """What the provider lists is what we have."""
        import_transactions(self.till.database, self.till.provider, self.till.now + timedelta(seconds=30))
        assert [kind for kind in self.till.discrepancies() if kind != "refund_failed"] == []
        self.till.is_sound()


@pytest.fixture
def shop(till: Till, payer: Payer) -> Shop:
    return Shop(till, payer)


def test_a_card_is_given_back_at_once_and_a_wallet_too(shop: Shop) -> None:
    refund = shop.approved(shop.paid(), 400)
    shop.till.work()
    assert shop.row(refund).status == "confirmed"
    theirs = shop.payer.client.v1.refunds.retrieve(str(shop.row(refund).provider_refund_id))
    assert (theirs.amount, theirs.metadata["refund"], theirs.reason) == (400, refund, "requested_by_customer")
    assert theirs.metadata["charge"]
    assert theirs.metadata["reference"]
    shop.reconciled()


def test_konbini_asks_for_an_account_and_goes_on(shop: Shop) -> None:
    refund = shop.approved(shop.paid("konbini"), 1000)
    shop.till.work()
    row = shop.row(refund)
    assert row.status == "requires_action"
    assert row.action_until is not None
    assert timedelta(0) <= row.action_until - shop.till.now - timedelta(days=45) < timedelta(minutes=1)
    shop.payer.order(f"refunds/{row.provider_refund_id}", do="account")
    shop.later(minutes=11)
    assert shop.row(refund).status == "sent"
    shop.later(days=4)
    assert shop.row(refund).status == "confirmed"
    shop.reconciled()


def test_nobody_tells_an_account(shop: Shop) -> None:
    refund = shop.approved(shop.paid("konbini"), 1000)
    shop.till.work()
    shop.later(days=46)
    assert shop.row(refund).status == "failed"
    assert shop.till.discrepancies() == ["refund_failed"]
    shop.reconciled()


def test_what_went_through_comes_back(shop: Shop) -> None:
    refund = shop.approved(shop.paid(), 1000)
    shop.till.work()
    shop.payer.order(f"refunds/{shop.row(refund).provider_refund_id}", do="fail", reason="expired_or_canceled_card")
    shop.later(days=2)
    assert (shop.row(refund).status, shop.row(refund).failure) == ("failed", "expired_or_canceled_card")
    shop.reconciled()


def test_a_dispute_until_it_is_lost(shop: Shop) -> None:
    payment = shop.paid()
    with shop.till.database.read() as session:
        intent = session.get_one(Payment, payment).payment_id
    theirs = shop.payer.order("disputes", payment_intent=intent).json()["id"]
    shop.later(minutes=1)
    assert shop.till.balances()["disputed:stripe"] == 1000
    with pytest.raises(refunds.RefundRefused):
        shop.approved(payment, 100)
    shop.payer.order(f"disputes/{theirs}", do="lost")
    shop.later(days=1)
    with shop.till.database.read() as session:
        assert session.scalar(select(Dispute.status)) == "lost"
    assert shop.till.balances()["loss"] == 1000
    assert shop.till.discrepancies() == ["dispute_lost"]
    import_transactions(shop.till.database, shop.till.provider, shop.till.now + timedelta(seconds=30))
    assert shop.till.discrepancies() == ["dispute_lost"]
    shop.till.is_sound()


def test_answers_that_are_lost_after_the_refund_was_made(shop: Shop) -> None:
    refund = shop.approved(shop.paid(), 600)
    shop.payer.order("faults", path="/v1/refunds", method="POST", kind="drop_after", count=3)
    shop.till.work()
    assert shop.row(refund).status == "approved"
    shop.till.later(minutes=1)
    shop.till.work()
    assert shop.row(refund).status == "confirmed"
    assert len(shop.payer.client.v1.refunds.list().data) == 1
    shop.reconciled()
