"""What can be done about what does not match: each way posts what it says, and nothing else."""

from datetime import timedelta

import pytest

from payments.reconciliation import import_transactions
from procedures.actors import Actor
from tests.payments.bank.test_importing import ARRIVAL, STRIPE, bring, month, open_kinds, sent
from tests.payments.bank.written import Movement, zengin
from tests.payments.discrepancies.people import offered, only, paid_late, resolved, story
from tests.payments.scripted import ScriptedProvider
from tests.payments.till import Till

__all__ = ["sent"]  # a fixture of the neighbouring folder


def test_money_in_suspense_pays_another_charge(counter: Till, scripted: ScriptedProvider, tanaka: Actor) -> None:
    paid_late(counter, scripted)
    assert offered(counter, "paid_after_withdrawal") == ["sundry"], "nothing of that amount is owed"
    other = counter.owing()
    counter.owing(copies=7)
    charge = counter.charge(other)
    (choice,) = story(counter, only(counter, "paid_after_withdrawal")).offers[0].choices
    assert (choice.value, choice.yen) == (charge.id, 1000)
    resolved(counter, tanaka, "paid_after_withdrawal", "apply", charge.id)
    assert counter.charge(other).status == "paid"
    assert counter.status(other) == "received"
    assert counter.payments() == [("settled", 1000)]
    assert counter.balances() == {"provider:stripe": 1000, "receivable:1201-03": 3500, "revenue:1201-03": -4500}
    counter.is_sound()


def test_money_in_suspense_is_kept(counter: Till, scripted: ScriptedProvider, tanaka: Actor) -> None:
    paid_late(counter, scripted)
    discrepancy_id = resolved(counter, tanaka, "paid_after_withdrawal", "sundry")
    assert counter.balances() == {"provider:stripe": 1000, "sundry": -1000}
    assert counter.payments() == [("kept", 1000)]
    found = story(counter, discrepancy_id)
    assert [posting.kind for posting in found.postings] == ["suspense", "sundry"]
    assert (found.resolved_by, found.view.resolution, found.offers) == (None, "explained", [])
    counter.is_sound()


def test_a_payment_that_nobody_recorded_is_held_first(counter: Till, scripted: ScriptedProvider, tanaka: Actor) -> None:
    scripted.move("charge", 1000, 36, "txn_x", "pi_x", source_id="ch_x")
    counter.later(minutes=1)
    import_transactions(counter.database, scripted, counter.now)
    assert offered(counter, "not_recorded") == ["hold"]
    resolved(counter, tanaka, "not_recorded", "hold")
    assert counter.balances() == {"provider:stripe": 964, "fee:stripe": 36, "suspense": -1000}
    assert open_kinds(counter.database) == ["unknown_charge"]
    counter.later(minutes=5)
    import_transactions(counter.database, scripted, counter.now)
    assert open_kinds(counter.database) == ["unknown_charge"], "what was found once is not found again"
    assert offered(counter, "unknown_charge") == ["sundry"]
    counter.is_sound()


@pytest.mark.parametrize(("yen", "fee", "balance"), [(-50, 0, 50), (-50, 5, 55), (70, 0, -70)])
def test_a_movement_of_an_unknown_kind_is_a_fee(
    counter: Till, scripted: ScriptedProvider, tanaka: Actor, yen: int, fee: int, balance: int
) -> None:
    scripted.move("stripe_fee", yen, fee, "txn_x")
    counter.later(minutes=1)
    import_transactions(counter.database, scripted, counter.now)
    assert offered(counter, "unknown_transaction") == ["provider_fee"]
    resolved(counter, tanaka, "unknown_transaction", "provider_fee")
    assert counter.balances() == {"provider:stripe": -balance, "fee:stripe": balance}


def test_what_the_bank_kept_of_a_payout(sent: Till, tanaka: Actor) -> None:
    bring(sent.database, tanaka, zengin(month(Movement(ARRIVAL, 524, STRIPE))))
    assert offered(sent, "bank_amount_differs") == ["bank_fee", "explained"]
    resolved(sent, tanaka, "bank_amount_differs", "bank_fee")
    assert sent.balances() == {"bank": 524, "bank_fee": 440, "fee:stripe": 36, "revenue:1201-03": -1000}
    assert open_kinds(sent.database) == []
    sent.is_sound()


def test_a_person_says_which_payout_it_is(sent: Till, tanaka: Actor) -> None:
    bring(sent.database, tanaka, zengin(month(Movement(ARRIVAL, 964, "ﾌﾘｺﾐ"))))
    assert offered(sent, "bank_match_unsure") == ["match", "explained"]
    resolved(sent, tanaka, "bank_match_unsure", "match", "po_1")
    assert sent.balances()["bank"] == 964
    assert "in_transit:stripe" not in sent.balances()


@pytest.mark.parametrize(
    ("yen", "action", "balances"),
    [
        (70, "sundry", {"bank": 70, "sundry": -70}),
        (-70, "bank_fee", {"bank": -70, "bank_fee": 70}),
        (70, "explained", {}),
    ],
)
def test_a_line_of_the_bank_of_which_nothing_is_known(
    counter: Till, tanaka: Actor, yen: int, action: str, balances: dict[str, int]
) -> None:
    bring(counter.database, tanaka, zengin(month(Movement(ARRIVAL, yen, "ﾘｿｸ"), opening=500)))
    resolved(counter, tanaka, "bank_line_unknown", action)
    assert counter.balances() == balances
    bring(
        counter.database,
        tanaka,
        zengin(month(Movement(ARRIVAL, yen, "ﾘｿｸ"), opening=500)),
        now=counter.now + timedelta(days=40),
    )
    assert open_kinds(counter.database) == [], "what a person resolved stays so"
