"""Two people resolve what does not match: one proposes, another approves, and the posting is made at once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from payments.discrepancies.actions import HELD, UNPOSTED, actions
from payments.discrepancies.deciding import approve, reject
from payments.discrepancies.proposing import Wish, propose
from payments.discrepancies.rules import LONGEST_TEXT, ResolutionRefused
from payments.discrepancies.story import DiscrepancyStory, look
from payments.discrepancies.working import assign, finance_people, write_note
from payments.models import Discrepancy, DiscrepancyProposal, Payment
from payments.reconciliation import import_transactions
from procedures.actors import Actor
from procedures.errors import NotFound, SamePerson
from tests.payments.bank.test_importing import ARRIVAL, STRIPE, bring, month, open_kinds, sent
from tests.payments.bank.written import Movement, zengin
from tests.payments.scripted import ScriptedProvider
from tests.payments.test_day import settle
from tests.payments.till import Till

__all__ = ["sent"]  # a fixture of the neighbouring folder

MORI = Actor("staff", "mori", "森 会計", frozenset({"finance"}), frozenset({"*"}))


def only(till: Till, kind: str) -> str:
    """The id of the one open discrepancy of a kind."""
    with till.database.read() as session:
        query = select(Discrepancy.id).where(Discrepancy.kind == kind, Discrepancy.resolved_at.is_(None))
        return session.execute(query).scalar_one()


def story(till: Till, discrepancy_id: str) -> DiscrepancyStory:
    with till.database.read() as session:
        return look(session, discrepancy_id)


def proposed(till: Till, actor: Actor, discrepancy_id: str, action: str, target: str = "") -> str:
    with till.database.write() as session:
        wish = Wish(action, "explained", "調べました。\n問題ありません。", target)
        return propose(session, actor, till.now, discrepancy_id, wish)


def resolved(till: Till, actor: Actor, kind: str, action: str, target: str = "") -> str:
    """Propose and let Mori approve; answers the discrepancy's id."""
    discrepancy_id = only(till, kind)
    proposal = proposed(till, actor, discrepancy_id, action, target)
    with till.database.write() as session:
        approve(session, MORI, till.now, discrepancy_id, proposal)
    return discrepancy_id


def offered(till: Till, kind: str) -> list[str]:
    return [offer.name for offer in story(till, only(till, kind)).offers]


def paid_late(till: Till, provider: ScriptedProvider) -> str:
    """A payment of 1,000 yen that came after its case was withdrawn; answers the case."""
    application_id = till.owing()
    checkout = str(till.open(application_id).url).rpartition("/")[2]
    till.withdraw(application_id)
    provider.pay(checkout)
    settle(till)
    return application_id


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


def test_it_takes_two(counter: Till, scripted: ScriptedProvider, tanaka: Actor) -> None:
    paid_late(counter, scripted)
    discrepancy_id = only(counter, "paid_after_withdrawal")
    proposal = proposed(counter, tanaka, discrepancy_id, "sundry")
    for act in (
        lambda session: approve(session, tanaka, counter.now, discrepancy_id, proposal),
        lambda session: reject(session, tanaka, counter.now, discrepancy_id, proposal, "x"),
    ):
        with pytest.raises(SamePerson), counter.database.write() as session:
            act(session)
    assert counter.balances()["suspense"] == -1000


@pytest.mark.parametrize(
    "change",
    ["decided_by = requested_by, status = 'approved'", "status = 'approved'", "decided_by = 'person:x'"],
)
def test_the_database_refuses_one_person_alone(
    counter: Till, scripted: ScriptedProvider, tanaka: Actor, change: str
) -> None:
    paid_late(counter, scripted)
    proposed(counter, tanaka, only(counter, "paid_after_withdrawal"), "sundry")
    with pytest.raises(DBAPIError), counter.database.write() as session:
        session.execute(text(f"UPDATE discrepancy_proposal SET {change}"))  # noqa: S608 - the test's own words


def test_at_most_one_proposal_waits(counter: Till, scripted: ScriptedProvider, tanaka: Actor) -> None:
    paid_late(counter, scripted)
    discrepancy_id = only(counter, "paid_after_withdrawal")
    proposed(counter, tanaka, discrepancy_id, "sundry")
    assert story(counter, discrepancy_id).offers == []
    with pytest.raises(ResolutionRefused, match="open"):
        proposed(counter, MORI, discrepancy_id, "sundry")


def test_what_is_sent_back_can_be_proposed_again(counter: Till, scripted: ScriptedProvider, tanaka: Actor) -> None:
    paid_late(counter, scripted)
    discrepancy_id = only(counter, "paid_after_withdrawal")
    proposal = proposed(counter, tanaka, discrepancy_id, "sundry")
    with pytest.raises(ResolutionRefused, match="text"), counter.database.write() as session:
        reject(session, MORI, counter.now, discrepancy_id, proposal, " ")
    with counter.database.write() as session:
        reject(session, MORI, counter.now, discrepancy_id, proposal, "返金してください")
    with pytest.raises(ResolutionRefused, match="moved"), counter.database.write() as session:
        approve(session, MORI, counter.now, discrepancy_id, proposal)
    counter.later(minutes=1)
    again = proposed(counter, tanaka, discrepancy_id, "sundry")
    with counter.database.write() as session:
        approve(session, MORI, counter.now, discrepancy_id, again)
    told = [(one.status, one.decision) for one in story(counter, discrepancy_id).proposals]
    assert told == [("rejected", "返金してください"), ("approved", None)]
    with pytest.raises(ResolutionRefused, match="resolved"):
        proposed(counter, tanaka, discrepancy_id, "sundry")


def test_approving_twice_does_it_once(counter: Till, scripted: ScriptedProvider, tanaka: Actor) -> None:
    paid_late(counter, scripted)
    discrepancy_id = resolved(counter, tanaka, "paid_after_withdrawal", "sundry")
    with counter.database.read() as session:
        proposal = session.execute(select(DiscrepancyProposal.id)).scalar_one()
    with pytest.raises(ResolutionRefused, match="moved"), counter.database.write() as session:
        approve(session, MORI, counter.now, discrepancy_id, proposal)
    assert counter.balances()["sundry"] == -1000


def test_what_changed_meanwhile_is_not_carried_out(counter: Till, scripted: ScriptedProvider, tanaka: Actor) -> None:
    paid_late(counter, scripted)
    other = counter.owing()
    discrepancy_id = only(counter, "paid_after_withdrawal")
    proposal = proposed(counter, tanaka, discrepancy_id, "apply", counter.charge(other).id)
    counter.withdraw(other)
    with pytest.raises(ResolutionRefused), counter.database.write() as session:
        approve(session, MORI, counter.now, discrepancy_id, proposal)
    assert counter.balances()["suspense"] == -1000
    assert only(counter, "paid_after_withdrawal"), "and it waits as before"
    counter.is_sound()


def test_a_proposal_ends_when_the_matter_goes_away(sent: Till, tanaka: Actor) -> None:
    bring(sent.database, tanaka, zengin(month(last=date(2026, 5, 26))))
    discrepancy_id = only(sent, "payout_missing_in_bank")
    proposed(sent, tanaka, discrepancy_id, "explained")
    bring(sent.database, tanaka, zengin(month(Movement(ARRIVAL, 964, STRIPE))))
    found = story(sent, discrepancy_id)
    assert (found.view.resolution, found.resolved_by, found.waiting) == ("matches_now", None, None)
    assert [(one.status, one.decision) for one in found.proposals] == [("rejected", "matches_now")]


@pytest.mark.parametrize(
    ("wish", "what"),
    [
        (Wish("sundry", "", "x"), "reason"),
        (Wish("sundry", "whim", "x"), "reason"),
        (Wish("sundry", "other", " "), "text"),
        (Wish("sundry", "other", "x" * (LONGEST_TEXT + 1)), "text"),
        (Wish("sundry", "other", "x\x00"), "text"),
        (Wish("explained", "other", "x"), "action"),
        (Wish("bank_fee", "other", "x"), "action"),
        (Wish("", "other", "x"), "action"),
        (Wish("apply", "other", "x", "none"), "parameter"),
    ],
)
def test_what_cannot_be_proposed(
    counter: Till, scripted: ScriptedProvider, tanaka: Actor, wish: Wish, what: str
) -> None:
    paid_late(counter, scripted)
    counter.owing()
    with pytest.raises(ResolutionRefused, match=what), counter.database.write() as session:
        propose(session, tanaka, counter.now, only(counter, "paid_after_withdrawal"), wish)


def test_it_is_for_finance_alone(counter: Till, scripted: ScriptedProvider, sato: Actor, hanako: Actor) -> None:
    paid_late(counter, scripted)
    discrepancy_id = only(counter, "paid_after_withdrawal")
    for actor in (sato, hanako):
        for act in (
            lambda session, actor=actor: propose(
                session, actor, counter.now, discrepancy_id, Wish("sundry", "other", "x")
            ),
            lambda session, actor=actor: approve(session, actor, counter.now, discrepancy_id, "p"),
            lambda session, actor=actor: write_note(session, actor, counter.now, discrepancy_id, "x"),
            lambda session, actor=actor: assign(session, actor, counter.now, discrepancy_id, ""),
        ):
            with pytest.raises(NotFound), counter.database.write() as session:
                act(session)


def test_notes_and_who_looks_after_it(
    counter: Till, scripted: ScriptedProvider, people: dict[str, Actor], tanaka: Actor
) -> None:
    paid_late(counter, scripted)
    discrepancy_id = only(counter, "paid_after_withdrawal")
    with counter.database.read() as session:
        assert ("tanaka", "田中 会計") in finance_people(session)
    with counter.database.write() as session:
        write_note(session, tanaka, counter.now, discrepancy_id, "電話しました")
        assign(session, tanaka, counter.now, discrepancy_id, "tanaka")
    found = story(counter, discrepancy_id)
    assert ([(note.author, note.text) for note in found.notes], found.assigned_to) == (
        [("田中 会計", "電話しました")],
        "田中 会計",
    )
    with counter.database.write() as session:
        assign(session, tanaka, counter.now, discrepancy_id, "")
    assert story(counter, discrepancy_id).assigned_to is None
    for text_, what in ((" ", "note"), ("x" * 2000, "note")):
        with pytest.raises(ResolutionRefused, match=what), counter.database.write() as session:
            write_note(session, tanaka, counter.now, discrepancy_id, text_)
    with pytest.raises(ResolutionRefused, match="person"), counter.database.write() as session:
        assign(session, tanaka, counter.now, discrepancy_id, "sato")
    with pytest.raises(DBAPIError), counter.database.write() as session:
        session.execute(text("UPDATE discrepancy_note SET text = 'x'"))


def test_where_money_lies_nothing_is_closed_without_a_posting(counter: Till) -> None:
    explained = actions()["explained"]
    with counter.database.read() as session:
        for kind in HELD | UNPOSTED:
            assert not explained.fits(session, Discrepancy(kind=kind, provider_object="x"))
        assert explained.fits(session, Discrepancy(kind="of_tomorrow", provider_object="x"))


def test_money_that_went_elsewhere_meanwhile(counter: Till, scripted: ScriptedProvider, tanaka: Actor) -> None:
    paid_late(counter, scripted)
    discrepancy_id = only(counter, "paid_after_withdrawal")
    proposal = proposed(counter, tanaka, discrepancy_id, "sundry")
    with counter.database.write() as session:
        session.execute(update(Payment).values(state="settled"))
    with pytest.raises(ResolutionRefused), counter.database.write() as session:
        approve(session, MORI, counter.now, discrepancy_id, proposal)
    with counter.database.read() as session:
        query = select(func.count()).select_from(DiscrepancyProposal).where(DiscrepancyProposal.status == "open")
        assert session.scalar(query) == 1
