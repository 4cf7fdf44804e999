"""The day's figures, one charge's story, and the three-way comparison."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, func, select, text

from payments import doctor
from payments.closing.sealing import unresolved
from payments.discrepancies import note
from payments.models import Discrepancy, LedgerEntry, LedgerPosting, LedgerWhole
from payments.reconciliation import compare, import_transactions
from payments.story import of_charge
from payments.sweep import sweep
from payments.today import Amount, next_payout, standing
from payments.webhooks import receive
from procedures.errors import NotFound
from tests.payments.conftest import Payer
from tests.payments.scripted import ScriptedProvider
from tests.payments.till import Till

FIRST = date(2026, 5, 1)


def paid(till: Till, provider: ScriptedProvider, method: str = "card", **answers: int) -> str:
    application_id = till.owing(**answers)
    provider.pay(str(till.open(application_id).url).rpartition("/")[2], method)
    return application_id


def settle(till: Till) -> None:
    till.later(minutes=11)
    sweep(till.database, till.provider, till.now)


def test_how_money_stands(counter: Till, scripted: ScriptedProvider) -> None:
    paid(counter, scripted, "card", copies=2)
    paid(counter, scripted, "card", copies=4)
    paid(counter, scripted, "konbini", copies=6)
    counter.owing(copies=1)
    counter.withdraw(counter.owing(copies=9))
    settle(counter)
    with counter.database.read() as session:
        stands = standing(session, counter.now)
    assert {name: (total.count, total.yen) for name, total in stands.moved.items() if total.count} == {
        "demanded": (5, 11_000),
        "collected": (3, 6000),
        "ended": (1, 4500),
    }
    assert stands.methods == {"card": Amount(2, 3000), "konbini": Amount(1, 3000)}
    assert (stands.outstanding, stands.overdue) == (Amount(1, 500), Amount(0, 0))
    assert (stands.discrepancies, stands.oldest, stands.open_since, stands.open_days) == (0, None, None, 0)
    assert stands.next_payout is not None
    assert (stands.next_payout.count, stands.next_payout.yen) == (3, 6000)
    assert stands.next_payout.net_yen == 6000 - stands.next_payout.fee_yen


def test_what_waits_is_counted_with_its_age(counter: Till, scripted: ScriptedProvider) -> None:
    counter.owing(copies=2)
    with counter.database.write() as session:
        note(session, counter.now, "not_recorded", "txn_1", "-", "9", None)
    found_at = counter.now
    counter.later(days=9)
    with counter.database.read() as session:
        stands = standing(session, counter.now)
        assert next_payout(session, counter.now) is None
    assert (stands.discrepancies, stands.oldest) == (1, found_at)
    assert stands.overdue == stands.outstanding == Amount(1, 1000)
    assert (stands.open_since, stands.open_days) == (FIRST, 9)


def test_a_charge_tells_its_story(counter: Till, scripted: ScriptedProvider) -> None:
    application_id = paid(counter, scripted)
    with counter.database.write() as session:
        receive(session, scripted, counter.now, b"evt_1 checkout.session.completed cs_1", "good")
    counter.work()
    charge = counter.charge(application_id)
    with counter.database.read() as session:
        story = of_charge(session, charge.id)
        with pytest.raises(NotFound):
            of_charge(session, "none")
    assert story.charge == charge
    assert [(row.attempt, row.session_id, row.status) for row in story.checkouts] == [(1, "cs_1", "paid")]
    assert [(row.kind, row.handled_at) for row in story.events] == [("checkout.session.completed", counter.now)]
    assert [(row.method, row.yen, row.fee_yen, row.in_suspense) for row in story.payments] == [
        ("card", 1000, 36, False)
    ]
    assert [posting.kind for posting in story.postings] == ["demand", "receipt"]
    assert story.discrepancies == ()


def test_a_day_that_matches(counter: Till, scripted: ScriptedProvider) -> None:
    paid(counter, scripted)
    paid(counter, scripted)
    settle(counter)
    with counter.database.read() as session:
        assert compare(session, FIRST).imported_until is None
    assert import_transactions(counter.database, scripted, counter.now) == 2
    assert import_transactions(counter.database, scripted, counter.now) == 0
    with counter.database.read() as session:
        found = compare(session, FIRST)
    assert (found.matched, found.matched_yen, found.mismatches) == (2, 2000, ())
    assert counter.balances()["fee:stripe"] == 72
    assert counter.balances()["provider:stripe"] == 2000 - 72
    assert counter.discrepancies() == []
    counter.is_sound()


def kinds(till: Till, day: date = FIRST) -> list[str]:
    with till.database.read() as session:
        return [mismatch.kind for mismatch in compare(session, day).mismatches]


def test_money_at_the_provider_of_which_we_know_nothing(counter: Till, scripted: ScriptedProvider) -> None:
    scripted.move("charge", 700, 25, "txn_x", "pi_x")
    counter.later(minutes=1)
    import_transactions(counter.database, scripted, counter.now)
    assert kinds(counter) == ["not_recorded"]
    assert counter.discrepancies() == ["not_recorded"], "and it is on the worklist"


def test_money_of_ours_that_the_provider_does_not_list(counter: Till, scripted: ScriptedProvider) -> None:
    paid(counter, scripted)
    settle(counter)
    scripted.moved.clear()
    import_transactions(counter.database, scripted, counter.now)
    assert kinds(counter) == [], "the day is not over: the provider may list it yet"
    counter.later(days=1)
    import_transactions(counter.database, scripted, counter.now)
    assert kinds(counter) == ["not_at_provider"]


@pytest.mark.parametrize(
    ("kind", "yen", "found"),
    [("refund", -1000, "refund_unexpected"), ("reserve_hold", -50, "unknown_transaction"), ("payout", -500, None)],
)
def test_other_movements(counter: Till, scripted: ScriptedProvider, kind: str, yen: int, found: str | None) -> None:
    scripted.move(kind, yen, 0, "txn_x")
    counter.later(minutes=1)
    import_transactions(counter.database, scripted, counter.now)
    assert kinds(counter) == ([found] if found else [])
    if kind == "payout":
        assert counter.balances() == {"in_transit:stripe": 500, "provider:stripe": -500}


def test_amounts_that_differ(counter: Till, scripted: ScriptedProvider) -> None:
    paid(counter, scripted)
    settle(counter)
    scripted.moved.clear()
    scripted.move("charge", 900, 36, "txn_cs_1", "pi_cs_1")
    counter.later(minutes=1)
    import_transactions(counter.database, scripted, counter.now)
    assert kinds(counter) == ["amount_differs"]


def test_a_receipt_that_is_gone_is_missed(counter: Till, scripted: ScriptedProvider) -> None:
    """The database refuses it, so this takes its guards away first."""
    paid(counter, scripted)
    settle(counter)
    without = {
        "sqlite": [f"DROP TRIGGER ledger_{table}_no_DELETE" for table in ("entry", "posting", "whole")],
        "postgresql": [
            "ALTER TABLE ledger_entry DISABLE TRIGGER USER",
            "ALTER TABLE ledger_posting DISABLE TRIGGER USER",
            "ALTER TABLE ledger_whole DISABLE TRIGGER USER",
        ],
    }
    with counter.database.write() as session:
        for statement in without[counter.database.dialect]:
            session.execute(text(statement))
        receipts = select(LedgerPosting.id).where(LedgerPosting.kind == "receipt")
        session.execute(delete(LedgerWhole).where(LedgerWhole.posting_id.in_(receipts)))
        session.execute(delete(LedgerEntry).where(LedgerEntry.posting_id.in_(receipts)))
    with counter.database.read() as session:
        found = {finding.check for finding in doctor.run(session)}
    wrong = {"money.posting_incomplete", "money.paid_not_posted", "money.receivable_differs"}
    assert found == {*wrong, "table_not_frozen"}
    assert kinds(counter) == ["not_in_ledger"]


def test_a_charge_called_paid_without_money(counter: Till) -> None:
    counter.owing()
    with counter.database.write() as session:
        session.execute(text("UPDATE charge SET status = 'paid', paid_at = demanded_at"))
    assert kinds(counter) == ["charge_without_payment"]
    with counter.database.read() as session:
        assert {finding.check for finding in doctor.run(session)} == {
            "money.paid_not_posted",
            "money.paid_without_share",
            "money.paid_case_waits",
            "money.case_without_charge",
            "money.receivable_differs",
        }


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_mismatch_can_be_read_out(counter: Till, scripted: ScriptedProvider, language: str) -> None:
    scripted.move("charge", 1700, 25, "txn_x", "pi_x")
    counter.later(minutes=1)
    import_transactions(counter.database, scripted, counter.now)
    with counter.database.read() as session:
        (mismatch,) = compare(session, FIRST).mismatches
        (noted,) = unresolved(session)
    assert "1,700" in mismatch.say(language)
    assert "txn_x" in noted.say(language)


def test_over_the_real_sdk(till: Till, payer: Payer) -> None:
    application_id = till.owing()
    payer.choose(str(till.open(application_id).url).rpartition("/")[2], "paypay")
    payer.approve(str(till.open(application_id).url).rpartition("/")[2], "paypay")
    settle(till)
    assert import_transactions(till.database, till.provider, till.now) == 1
    with till.database.read() as session:
        found = compare(session, FIRST)
    assert (found.matched, found.mismatches) == (1, ())
    assert till.balances()["fee:stripe"] == 36
    payer.order("clock", seconds=5 * 86_400)
    payer.order("payouts")
    till.later(days=6)
    assert import_transactions(till.database, till.provider, till.now) == 1
    assert till.balances()["in_transit:stripe"] == 964, "the bank has not shown it yet"
    assert "provider:stripe" not in till.balances()
    till.is_sound()


def test_a_discrepancy_is_noted_once(counter: Till, scripted: ScriptedProvider) -> None:
    scripted.move("reserve_hold", -50, 0, "txn_x")
    for _ in range(3):
        counter.later(hours=1)
        import_transactions(counter.database, scripted, counter.now, counter.now - timedelta(days=2))
    with counter.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Discrepancy)) == 1
