"""A correction while a reduction waits: the evidence is mended, or the request is taken back, and then it goes on."""

from datetime import date, timedelta
from typing import Any

import pytest

from engine.correcting import ABSENT
from engine.lifecycle import TransitionRefused
from payments import cases as money
from payments.sweep import sweep
from procedures import cases, doctor
from procedures.corrections import overdue, requesting, working
from procedures.corrections.kept import Mark
from procedures.errors import Conflict
from procedures.waiving.deciding import Choice
from tests.payments.scripted import ScriptedProvider
from tests.payments.waiving.world import HALF, REFUSED, WHOLE, Waiting

DUE = date(2026, 5, 15)


def ask(waiting: Waiting, case: str, *places: str) -> None:
    marks = [Mark((place,), "読み取れません。") for place in places]
    waiting.do(requesting.request, waiting.people.sato, case, marks, "", DUE)


def send(waiting: Waiting, case: str, **answers: Any) -> money.Resubmitted:
    for name, answer in answers.items():
        with waiting.till.database.read() as session:
            revision = working.open_request(session, waiting.people.hanako, case).revision
        waiting.do(working.save, waiting.people.hanako, case, (name,), answer, revision)
    with waiting.till.database.read() as session:
        revision = working.open_request(session, waiting.people.hanako, case).revision
    return waiting.do(money.resubmit, waiting.people.hanako, case, revision, "確認しました")


def pay(waiting: Waiting, case: str) -> None:
    """At the scripted provider."""
    opened = waiting.till.open(case)
    provider = waiting.till.provider
    assert isinstance(provider, ScriptedProvider)
    provider.pay(str(opened.url).rpartition("/")[2])
    waiting.till.later(minutes=31)
    sweep(waiting.till.database, provider, waiting.till.now)


def is_sound(waiting: Waiting) -> None:
    waiting.till.is_sound()
    with waiting.till.database.read() as session:
        assert doctor.run(session) == []


def test_the_evidence_is_corrected_and_it_waits_again(waiting: Waiting) -> None:
    case = waiting.asked()
    ask(waiting, case, "proof")
    assert waiting.till.status(case) == "correction_requested"
    assert waiting.queued("waiver") == []
    with pytest.raises(Conflict):
        waiting.decide(case)
    done = send(waiting, case, proof="廃業しました。")
    assert (done.status, done.difference) == ("awaiting_fee", 0)
    assert waiting.queued("waiver") == [case]
    assert waiting.till.postings() == []
    is_sound(waiting)
    assert waiting.decide(case, WHOLE) == "received"
    assert waiting.own(case).due_on == date(2026, 5, 20), "what came before it was received stood still no period"
    is_sound(waiting)


def test_what_was_proposed_is_looked_at_again(waiting: Waiting) -> None:
    from procedures.waiving import deciding

    case = waiting.asked("signed")
    waiting.do(deciding.propose, waiting.people.sato, case, waiting.request(case).id, HALF)
    ask(waiting, case, "proof")
    send(waiting, case, proof="廃業しました。")
    assert (waiting.request(case).state, waiting.request(case).percent) == ("open", None)
    is_sound(waiting)


def test_who_does_not_ask_any_more_pays(waiting: Waiting) -> None:
    case = waiting.asked()
    ask(waiting, case, "poor")
    waiting.till.later(days=3)
    done = send(waiting, case, poor=False)
    assert done.status == "awaiting_fee"
    assert (waiting.till.charge(case).yen, waiting.till.charge(case).due_on) == (3000, date(2026, 5, 11))
    assert waiting.seen(case)[0].state == "ended"
    assert "fee_due" in waiting.notices()
    is_sound(waiting)


def test_taken_back_or_unanswered_it_waits_as_before(waiting: Waiting) -> None:
    one, other = waiting.asked(), waiting.asked()
    for case in (one, other):
        ask(waiting, case, "proof")
    waiting.do(requesting.take_back, waiting.people.sato, one)
    assert waiting.till.status(one) == "awaiting_fee"
    with waiting.till.database.write() as session:
        overdue.expire(session, waiting.till.now + timedelta(days=30))
    assert waiting.till.status(other) == "awaiting_fee"
    assert sorted(waiting.queued("waiver")) == sorted([one, other])
    for case in (one, other):
        waiting.decide(case, REFUSED)
        assert waiting.till.charge(case).yen == 3000
    is_sound(waiting)


def test_withdrawn_while_it_is_corrected(waiting: Waiting) -> None:
    case = waiting.asked()
    ask(waiting, case, "proof")
    waiting.till.withdraw(case)
    assert waiting.seen(case)[0].state == "ended"
    is_sound(waiting)


def test_nothing_is_corrected_before_a_fee_that_nobody_decides_about(waiting: Waiting) -> None:
    case = waiting.asked(poor=False, proof=None)
    with pytest.raises(TransitionRefused):
        ask(waiting, case, "copies")
    decided = waiting.asked()
    waiting.decide(decided, REFUSED)
    with pytest.raises(TransitionRefused):
        ask(waiting, decided, "copies")


def test_what_was_granted_stays_granted_for_the_corrected_price(waiting: Waiting) -> None:
    case = waiting.asked("later")
    waiting.do(cases.claim, waiting.people.sato, case)
    waiting.decide(case, HALF)
    ask(waiting, case, "copies")
    assert send(waiting, case, copies=4).status == "in_review"
    quote = waiting.own(case).quote
    assert quote is not None
    assert (quote.total, quote.asked) == (2000, ())
    is_sound(waiting)


def test_asked_for_only_in_the_correction(waiting: Waiting) -> None:
    case = waiting.asked("later", poor=False, proof=None)
    waiting.do(cases.claim, waiting.people.sato, case)
    ask(waiting, case, "poor")
    send(waiting, case, poor=True, proof="失業しました。")
    assert waiting.queued("waiver") == [case]
    waiting.decide(case, WHOLE)
    quote = waiting.own(case).quote
    assert quote is not None
    assert quote.total == 0
    is_sound(waiting)


def test_an_answer_that_is_left_out_is_missing(waiting: Waiting) -> None:
    from procedures.errors import NotComplete

    case = waiting.asked()
    ask(waiting, case, "proof")
    with pytest.raises(NotComplete):
        send(waiting, case, proof=ABSENT)


@pytest.mark.parametrize(("choice", "listed"), [(HALF, ["fee_fell_after_correction"]), (REFUSED, [])])
def test_asked_for_after_it_was_paid_what_is_too_much_waits_for_a_person(
    waiting: Waiting, choice: Choice, listed: list[str]
) -> None:
    case = waiting.asked(poor=False, proof=None)
    pay(waiting, case)
    waiting.do(cases.claim, waiting.people.sato, case)
    ask(waiting, case, "poor")
    assert send(waiting, case, poor=True, proof="失業しました。").status == "in_review"
    assert waiting.till.discrepancies() == []
    assert waiting.decide(case, choice) == "in_review"
    assert waiting.till.discrepancies() == listed
    assert "waiver_told" in waiting.notices()
    is_sound(waiting)
