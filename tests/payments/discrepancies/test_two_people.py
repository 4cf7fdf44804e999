"""One person proposes, another approves: what is refused, what is kept, what changed meanwhile."""

from datetime import date

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from payments.discrepancies.actions import HELD, UNPOSTED, actions
from payments.discrepancies.deciding import approve, reject
from payments.discrepancies.proposing import Wish, propose
from payments.discrepancies.rules import LONGEST_TEXT, ResolutionRefused
from payments.discrepancies.working import assign, finance_people, write_note
from payments.models import Discrepancy, DiscrepancyProposal, LedgerPosting, Payment
from procedures.actors import Actor
from procedures.errors import NotFound, SamePerson
from procedures.models import AuditEvent
from tests.payments.bank.test_importing import ARRIVAL, STRIPE, bring, month, sent
from tests.payments.bank.written import Movement, zengin
from tests.payments.discrepancies.people import MORI, only, paid_late, proposed, resolved, story
from tests.payments.scripted import ScriptedProvider
from tests.payments.till import Till

__all__ = ["sent"]  # a fixture of the neighbouring folder


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


def test_what_was_decided_is_written_down(counter: Till, scripted: ScriptedProvider, tanaka: Actor) -> None:
    paid_late(counter, scripted)
    discrepancy_id = only(counter, "paid_after_withdrawal")
    refused = proposed(counter, tanaka, discrepancy_id, "sundry")
    counter.later(minutes=1)
    with counter.database.write() as session:
        reject(session, MORI, counter.now, discrepancy_id, refused, "返金してください")
        row = session.get_one(DiscrepancyProposal, refused)
        assert (row.status, row.decided_by, row.decided_at) == ("rejected", MORI.key, counter.now)
        assert session.get_one(Discrepancy, discrepancy_id).resolved_at is None
    proposal = proposed(counter, tanaka, discrepancy_id, "sundry")
    counter.later(minutes=1)
    with counter.database.write() as session:
        posting = approve(session, MORI, counter.now, discrepancy_id, proposal)
    with counter.database.read() as session:
        assert posting == session.scalar(select(func.max(LedgerPosting.id)))
        row, about = session.get_one(DiscrepancyProposal, proposal), session.get_one(Discrepancy, discrepancy_id)
        assert (row.status, row.decided_by, row.decided_at) == ("approved", MORI.key, counter.now)
        assert row.posting_id == posting
        assert (about.resolved_at, about.resolved_by) == (counter.now, MORI.key)
        assert about.resolution == row.reason
        written = select(AuditEvent.action, AuditEvent.note, AuditEvent.object_id).where(AuditEvent.actor == MORI.key)
        assert session.execute(written.order_by(AuditEvent.seq)).all() == [
            ("discrepancy.reject", "sundry", discrepancy_id),
            ("discrepancy.approve", "sundry", discrepancy_id),
        ]


def test_another_proposal_than_the_one_on_the_screen_is_not_decided(
    counter: Till, scripted: ScriptedProvider, tanaka: Actor
) -> None:
    paid_late(counter, scripted)
    discrepancy_id = only(counter, "paid_after_withdrawal")
    for there in (False, True):
        if there:
            proposed(counter, tanaka, discrepancy_id, "sundry")
        with pytest.raises(ResolutionRefused, match="moved"), counter.database.write() as session:
            approve(session, MORI, counter.now, discrepancy_id, "another")


def test_what_is_resolved_is_decided_by_nobody(counter: Till, scripted: ScriptedProvider, tanaka: Actor) -> None:
    paid_late(counter, scripted)
    discrepancy_id = only(counter, "paid_after_withdrawal")
    proposal = proposed(counter, tanaka, discrepancy_id, "sundry")
    with counter.database.write() as session:
        session.execute(update(Discrepancy).values(resolved_at=counter.now, resolved_by=MORI.key, resolution="other"))
    with pytest.raises(ResolutionRefused, match="moved"), counter.database.write() as session:
        approve(session, MORI, counter.now, discrepancy_id, proposal)
    assert counter.balances()["suspense"] == -1000


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
