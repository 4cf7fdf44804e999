"""Money in suspense that is given back cannot be used otherwise, and the other way round."""

import pytest
from sqlalchemy import select

from payments import refunds
from payments.discrepancies.deciding import approve
from payments.discrepancies.rules import ResolutionRefused
from payments.models import Payment
from payments.refunds import RefundRefused
from payments.refunds.requesting import left_of
from payments.refunds.sources import sources
from procedures.actors import Actor
from tests.payments.discrepancies.people import MORI, offered, only, paid_late, proposed, resolved, story
from tests.payments.scripted import ScriptedProvider
from tests.payments.till import Till


def payment(till: Till) -> str:
    with till.database.read() as session:
        return session.execute(select(Payment.id)).scalar_one()


def ask_back(till: Till, actor: Actor, yen: int) -> str:
    with till.database.write() as session:
        return refunds.request(session, actor, till.now, payment(till), yen, "withdrawn")


def lying(till: Till) -> list[tuple[str | None, int]]:
    """Where the payment's yen lie: 歳入科目 (None: suspense) and what is left there."""
    with till.database.read() as session:
        return [(source.account, source.left) for source in sources(session, session.get_one(Payment, payment(till)))]


def test_what_is_promised_back_is_not_offered_otherwise(
    counter: Till, scripted: ScriptedProvider, tanaka: Actor
) -> None:
    paid_late(counter, scripted)
    counter.owing()
    found = story(counter, only(counter, "paid_after_withdrawal"))
    assert ([offer.name for offer in found.offers], found.refundable) == (["apply", "sundry"], True)
    ask_back(counter, tanaka, 300)
    assert offered(counter, "paid_after_withdrawal") == []


def test_asked_back_after_it_was_proposed(counter: Till, scripted: ScriptedProvider, tanaka: Actor) -> None:
    paid_late(counter, scripted)
    discrepancy_id = only(counter, "paid_after_withdrawal")
    proposal = proposed(counter, tanaka, discrepancy_id, "sundry")
    ask_back(counter, tanaka, 1000)
    with pytest.raises(ResolutionRefused), counter.database.write() as session:
        approve(session, MORI, counter.now, discrepancy_id, proposal)
    assert counter.balances()["suspense"] == -1000


def test_what_was_kept_is_not_given_back(counter: Till, scripted: ScriptedProvider, tanaka: Actor) -> None:
    paid_late(counter, scripted)
    assert lying(counter) == [(None, 1000)]
    resolved(counter, tanaka, "paid_after_withdrawal", "sundry")
    assert lying(counter) == []
    with pytest.raises(RefundRefused, match="nothing_left"):
        ask_back(counter, tanaka, 1)


def test_what_was_applied_is_given_back_from_its_charge(
    counter: Till, scripted: ScriptedProvider, tanaka: Actor
) -> None:
    paid_late(counter, scripted)
    other = counter.owing()
    resolved(counter, tanaka, "paid_after_withdrawal", "apply", counter.charge(other).id)
    assert lying(counter) == [("1201-03", 1000)]
    refund = ask_back(counter, tanaka, 400)
    with counter.database.write() as session:
        refunds.approve(session, MORI, counter.now, refund)
    with counter.database.read() as session:
        assert left_of(session, session.get_one(Payment, payment(counter))) == 600
    standing = counter.balances()
    assert (standing["refund_payable"], standing["revenue:1201-03"]) == (-400, -600)
    assert "suspense" not in standing
    counter.is_sound()
