"""A dispute from the bank's first question to what two people decide, and what the ledger says of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from payments.disputes import deciding
from payments.disputes.deciding import CannotClaim, DisputeMoved
from payments.disputes.reading import dispute, disputes, of_application
from payments.disputes.sweep import sweep
from payments.models import Dispute, Payment
from payments.reconciliation import import_transactions
from payments.refunds import RefundRefused
from procedures.actors import Actor, posts
from procedures.errors import NotFound, SamePerson
from tests.payments.refunds.conftest import MORI, TANAKA, Desk

HELD = {"disputed:stripe": 1000, "fee:stripe": 1300, "provider:stripe": -1300, "revenue:1201-03": -1000}


def opened(finance: Desk, *, inquiry: bool = False, yen: int = 1000) -> tuple[str, str]:
    """A paid case's payment, disputed: the payment's row, the provider's id."""
    payment = finance.paid()
    theirs = finance.provider.open_dispute(provider_id(finance, payment), yen, inquiry=inquiry).id
    finance.hear("charge.dispute.created", theirs)
    return payment, theirs


def provider_id(finance: Desk, payment: str) -> str:
    with finance.till.database.read() as session:
        return session.get_one(Payment, payment).payment_id


def move(finance: Desk, theirs: str, status: str, **how: int) -> None:
    finance.provider.decide(theirs, status, **how)
    finance.hear("charge.dispute.closed", theirs, f"{status}-{theirs}")


def lost(finance: Desk) -> tuple[str, str]:
    payment, theirs = opened(finance)
    move(finance, theirs, "lost")
    return payment, f"stripe-{theirs}"


def status(finance: Desk, theirs: str) -> str:
    with finance.till.database.read() as session:
        return str(session.scalar(select(Dispute.status).where(Dispute.dispute_id == theirs)))


def test_withdrawn_with_a_fee_of_its_own_and_the_case_as_it_was(finance: Desk) -> None:
    application_id = finance.till.owing()
    payment = finance.pay(application_id)
    before = finance.till.status(application_id)
    theirs = finance.provider.open_dispute(provider_id(finance, payment), 1000).id
    finance.hear("charge.dispute.created", theirs)
    assert finance.till.balances() == HELD
    assert finance.till.status(application_id) == before
    assert finance.till.charge(application_id).status == "paid"
    with finance.till.database.read() as session:
        [view] = of_application(session, application_id)
    assert (view.step, view.withdrawn, view.evidence_due) == ("answer", 1000, finance.till.now + timedelta(days=9))
    finance.till.is_sound()


def test_disputed_after_it_was_given_back(finance: Desk) -> None:
    payment = finance.paid()
    finance.confirmed(payment, 1000)
    theirs = finance.provider.open_dispute(provider_id(finance, payment), 1000).id
    finance.hear("charge.dispute.created", theirs)
    assert finance.open_ones() == ["disputed_after_refund"]
    finance.till.is_sound()
    move(finance, theirs, "lost")
    assert finance.open_ones() == ["dispute_lost", "disputed_after_refund"]
    finance.till.is_sound()


def test_told_twice_is_posted_once(finance: Desk) -> None:
    _, theirs = opened(finance)
    finance.hear("charge.dispute.funds_withdrawn", theirs)
    finance.hear("charge.dispute.updated", theirs)
    assert finance.till.balances() == HELD
    assert finance.till.postings().count("dispute_withdrawn") == 1
    assert finance.till.postings().count("dispute_fee") == 1


@pytest.mark.parametrize("fee_back", [0, 1300])
def test_won_is_reinstated(finance: Desk, fee_back: int) -> None:
    _, theirs = opened(finance)
    move(finance, theirs, "won", fee_back=fee_back)
    left = {"provider:stripe": 1000 - 1300 + fee_back, "revenue:1201-03": -1000}
    assert finance.till.balances() == left | ({} if fee_back else {"fee:stripe": 1300})
    assert finance.open_ones() == []
    finance.till.is_sound()


def test_an_inquiry_moves_no_money_until_it_becomes_a_dispute(finance: Desk) -> None:
    _, theirs = opened(finance, inquiry=True)
    before = finance.till.postings()
    assert before == ["demand", "receipt"]
    finance.provider.escalate(theirs)
    finance.hear("charge.dispute.funds_withdrawn", theirs)
    assert finance.till.balances() == HELD
    finance.till.is_sound()


def test_an_inquiry_that_is_closed(finance: Desk) -> None:
    _, theirs = opened(finance, inquiry=True)
    move(finance, theirs, "inquiry_closed")
    with finance.till.database.read() as session:
        [view] = disputes(session)
    assert (view.status, view.step) == ("inquiry_closed", "nothing")
    assert finance.till.postings() == ["demand", "receipt"]


def test_lost_is_a_loss_until_two_people_write_it_off(finance: Desk) -> None:
    _, ours = lost(finance)
    assert finance.till.balances()["loss"] == 1000
    assert "disputed:stripe" not in finance.till.balances()
    assert finance.open_ones() == ["dispute_lost"]
    with pytest.raises(RefundRefused):
        finance.do(deciding.want, TANAKA, ours, "write_off", " ")
    finance.do(deciding.want, TANAKA, ours, "write_off", "時効のため。")
    with pytest.raises(SamePerson):
        finance.do(deciding.decide, TANAKA, ours)
    finance.do(deciding.decide, MORI, ours)
    balances = finance.till.balances()
    assert (balances.get("loss"), balances["written_off"]) == (None, 1000)
    assert finance.open_ones() == []
    finance.till.is_sound()


def test_lost_is_claimed_again_and_can_be_paid(finance: Desk) -> None:
    application_id = finance.till.owing()
    payment = finance.pay(application_id)
    theirs = finance.provider.open_dispute(provider_id(finance, payment), 1000).id
    finance.hear("charge.dispute.created", theirs)
    move(finance, theirs, "lost")
    finance.till.later(days=1)
    finance.do(deciding.want, TANAKA, f"stripe-{theirs}", "claim_again", "本人が申し立てたものではなかった。")
    finance.do(deciding.decide, MORI, f"stripe-{theirs}")
    charge = finance.till.charge(application_id)
    assert (charge.purpose, charge.status, charge.yen) == ("again", "demanded", 1000)
    balances = finance.till.balances()
    assert (balances["receivable:1201-03"], balances["revenue:1201-03"], balances.get("loss")) == (1000, -1000, None)
    finance.till.is_sound()
    finance.pay(application_id)
    assert finance.till.charge(application_id).status == "paid"
    assert "receivable:1201-03" not in finance.till.balances()
    finance.till.is_sound()


def test_who_wanted_something_may_drop_it_and_somebody_else_too(finance: Desk) -> None:
    _, ours = lost(finance)
    for somebody in (TANAKA, MORI):
        finance.do(deciding.want, TANAKA, ours, "write_off", "理由")
        with pytest.raises(DisputeMoved):
            finance.do(deciding.want, MORI, ours, "claim_again", "理由")
        finance.do(deciding.drop, somebody, ours)
    with pytest.raises(DisputeMoved):
        finance.do(deciding.decide, MORI, ours)


@pytest.mark.sqlite_only
@pytest.mark.parametrize("state", ["needs_response", "under_review", "won", "prevented"])
def test_only_a_lost_one_is_decided(finance: Desk, state: str) -> None:
    _, theirs = opened(finance)
    move(finance, theirs, state)
    with pytest.raises(DisputeMoved):
        finance.do(deciding.want, TANAKA, f"stripe-{theirs}", "write_off", "理由")
    assert finance.till.balances().get("loss") is None


@pytest.mark.sqlite_only
@pytest.mark.parametrize("role", ["clerk", "approver", "auditor", "author", "operator"])
@pytest.mark.parametrize("act", ["want", "drop", "decide"])
def test_only_finance_decides(finance: Desk, role: str, act: str) -> None:
    _, ours = lost(finance)
    somebody = Actor("staff", "x", "x", posts({role}, {"*"}))
    arguments = ("write_off", "理由") if act == "want" else ()
    with pytest.raises(NotFound):
        finance.do(getattr(deciding, act), somebody, ours, *arguments)


def test_a_withdrawn_case_is_not_asked_again(finance: Desk) -> None:
    application_id = finance.till.owing()
    payment = finance.pay(application_id)
    finance.till.withdraw(application_id)
    theirs = finance.provider.open_dispute(provider_id(finance, payment), 1000).id
    finance.hear("charge.dispute.created", theirs)
    move(finance, theirs, "lost")
    with pytest.raises(CannotClaim):
        finance.do(deciding.want, TANAKA, f"stripe-{theirs}", "claim_again", "理由")


def test_disputed_yen_cannot_be_refunded_as_well(finance: Desk) -> None:
    payment, theirs = opened(finance, yen=700)
    with pytest.raises(RefundRefused) as refused:
        finance.request(payment, 301)
    assert (refused.value.what, refused.value.left) == ("too_much", 300)
    finance.request(payment, 300)
    move(finance, theirs, "won")
    finance.request(payment, 700)
    finance.till.is_sound()


def test_a_request_that_a_dispute_overtakes_is_not_approved(finance: Desk) -> None:
    payment = finance.paid()
    refund = finance.request(payment, 1000)
    theirs = finance.provider.open_dispute(provider_id(finance, payment), 1000).id
    finance.hear("charge.dispute.created", theirs)
    with pytest.raises(RefundRefused):
        finance.approve(refund)
    finance.till.is_sound()


def test_money_in_suspense_goes_back_with_the_dispute_and_is_no_loss(finance: Desk) -> None:
    from tests.payments.refunds.test_settling import late_money

    application_id = finance.till.owing()
    first = str(finance.till.open(application_id).url).rpartition("/")[2]
    finance.take(first)
    late_money(finance, first)
    theirs = finance.provider.open_dispute("pi_second", 1000, fee=0).id
    finance.hear("charge.dispute.created", theirs)
    move(finance, theirs, "lost")
    assert finance.till.balances() == {"provider:stripe": 1000, "revenue:1201-03": -1000}
    assert "dispute_lost" not in finance.open_ones()
    finance.till.is_sound()


def test_a_dispute_of_a_payment_that_nobody_knows(finance: Desk) -> None:
    theirs = finance.provider.open_dispute("pi_elsewhere", 500).id
    finance.hear("charge.dispute.created", theirs)
    assert finance.open_ones() == ["dispute_unknown"]
    assert finance.till.balances()["disputed:stripe"] == 500
    finance.till.is_sound()


def test_the_sweep_finds_new_ones_and_news(finance: Desk) -> None:
    payment = finance.paid()
    theirs = finance.provider.open_dispute(provider_id(finance, payment), 1000).id
    assert sweep(finance.till.database, finance.provider, finance.till.now) == 1
    assert finance.till.balances() == HELD
    finance.provider.decide(theirs, "won")
    finance.till.later(days=20)
    assert sweep(finance.till.database, finance.provider, finance.till.now) == 1
    assert status(finance, theirs) == "won"
    finance.till.is_sound()


def test_an_answer_that_comes_too_late_changes_no_status(finance: Desk) -> None:
    from payments.disputes.recording import note_state

    _, theirs = opened(finance)
    stale = finance.provider.disputed[theirs]
    finance.till.later(days=1)
    move(finance, theirs, "won")
    with finance.till.database.write() as session:
        note_state(session, "stripe", finance.till.now - timedelta(hours=1), stale)
    assert status(finance, theirs) == "won"


def test_won_on_appeal_after_it_was_lost(finance: Desk) -> None:
    _, theirs = opened(finance)
    move(finance, theirs, "lost")
    finance.till.later(days=3)
    move(finance, theirs, "won")
    assert finance.till.balances().get("loss") is None
    finance.till.is_sound()


def test_the_reconciliation_expects_what_disputes_moved(finance: Desk) -> None:
    opened(finance)
    finance.till.later(minutes=1)
    import_transactions(finance.till.database, finance.provider, finance.till.now)
    assert finance.till.discrepancies() == []


def test_an_adjustment_that_is_no_dispute_is_unknown(finance: Desk) -> None:
    finance.provider.move("adjustment", -5, 0, "txn_odd", None)
    finance.till.later(minutes=1)
    import_transactions(finance.till.database, finance.provider, finance.till.now)
    assert finance.till.discrepancies() == ["unknown_transaction"]


def test_one_that_is_not_there(finance: Desk) -> None:
    with finance.till.database.read() as session, pytest.raises(NotFound):
        dispute(session, "stripe-dp_9")
