"""A case that ends or changes after it was paid: the money stays where it is, and a person is told."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.correcting import Place
from payments import cases, expiring
from payments.models import Discrepancy
from payments.settlement import record
from payments.views import say_discrepancy
from procedures import cases as clerks
from procedures import decisions
from procedures.corrections import requesting, working
from procedures.corrections.kept import Mark
from tests.payments.scripted import ScriptedProvider
from tests.payments.till import Till

DUE = date(2026, 5, 15)


def paid(counter: Till, scripted: ScriptedProvider, **answers: Any) -> str:
    """A permit that is paid, received and claimed."""
    application_id = counter.owing(**answers)
    page = str(counter.open(application_id).url).rpartition("/")[2]
    scripted.pay(page)
    state = scripted.checkout(page)
    with counter.database.write() as session:
        record(session, scripted.name, counter.now, state)
    assert counter.status(application_id) == "received"
    with counter.database.write() as session:
        clerks.claim(session, counter.desk.people.sato, counter.now, application_id)
    return application_id


def ask(counter: Till, application_id: str, place: Place = ("copies",)) -> None:
    marks = [Mark(place, "枚数が違います。")]
    with counter.database.write() as session:
        requesting.request(session, counter.desk.people.sato, counter.now, application_id, marks, "", DUE)


def answer(counter: Till, application_id: str, copies: int) -> cases.Resubmitted:
    hanako = counter.desk.people.hanako
    with counter.database.write() as session:
        seen = working.save(session, hanako, counter.now, application_id, ("copies",), copies, 1)
    with counter.database.write() as session:
        return cases.resubmit(session, hanako, counter.now, application_id, seen, "seen", "直しました。")


def worklist(counter: Till) -> list[tuple[str, str, str]]:
    with counter.database.read() as session:
        rows = session.scalars(select(Discrepancy).order_by(Discrepancy.found_at, Discrepancy.key))
        return [(row.kind, row.expected, row.found) for row in rows]


def test_withdrawn_after_it_was_paid_ends_with_a_person(counter: Till, scripted: ScriptedProvider) -> None:
    application_id = paid(counter, scripted)
    with counter.database.write() as session:
        cases.withdraw(session, counter.desk.people.hanako, counter.now, application_id, "引っ越すため")
    assert worklist(counter) == [("paid_and_withdrawn", "withdrawn", "1000")]
    assert counter.charge(application_id).status == "paid"
    counter.is_sound()


@pytest.mark.parametrize("name", ["permit", "proof"])
def test_refused_after_it_was_paid_ends_with_a_person(counter: Till, scripted: ScriptedProvider, name: str) -> None:
    """Only what was paid: a fee that is due for the issue was never demanded."""
    people = counter.desk.people
    application_id = paid(counter, scripted) if name == "permit" else counter.desk.submitted(name)
    if name == "proof":
        counter.desk.do(clerks.claim, people.sato, application_id)
    with counter.database.write() as session:
        proposal = decisions.propose(
            session, people.sato, counter.now, application_id, "refuse", ("R1",), "要件を満たさない"
        )
    with counter.database.write() as session:
        cases.approve(session, people.suzuki, counter.now, application_id, proposal)
    assert counter.status(application_id) == "refused"
    assert worklist(counter) == ([("paid_and_refused", "refused", "1000")] if name == "permit" else [])
    counter.is_sound()


def test_revoked_and_granted_anew_it_is_not_demanded_twice(counter: Till, scripted: ScriptedProvider) -> None:
    """The fee for the issue was paid: whether it goes back, or is to be paid again, people decide."""
    people, application_id = counter.desk.people, counter.owing("proof")
    page = counter.page(application_id)
    scripted.pay(page)
    counter.tell(page)
    for propose, more in (
        (decisions.propose_revocation, (["R1"], "虚偽の申請", decisions.Hearing("exempt", None, "公益上緊急"))),
        (decisions.propose_reopening, ("再び審査",)),
    ):
        with counter.database.write() as session:
            proposal = propose(session, people.sato, counter.now, application_id, *more)
        with counter.database.write() as session:
            cases.confirm_change(session, people.suzuki, counter.now, application_id, proposal)
    with counter.database.write() as session:
        proposal = decisions.propose(session, people.sato, counter.now, application_id, "approve")
    with counter.database.write() as session:
        cases.approve(session, people.suzuki, counter.now, application_id, proposal)
    assert counter.status(application_id) == "approved"
    assert {kind for kind, *_ in worklist(counter)} == {"paid_and_revoked", "paid_and_reopened"}
    assert [charge.status for charge in counter.charges(application_id)] == ["paid"]
    counter.is_sound()


def test_withdrawn_before_it_was_paid_needs_nobody(counter: Till) -> None:
    application_id = counter.owing()
    with counter.database.write() as session:
        cases.withdraw(session, counter.desk.people.hanako, counter.now, application_id)
    assert worklist(counter) == []


@pytest.mark.parametrize("copies", [1, 0])
def test_a_lower_price_after_it_was_paid(counter: Till, scripted: ScriptedProvider, copies: int) -> None:
    application_id = paid(counter, scripted)
    ask(counter, application_id)
    assert answer(counter, application_id, copies).difference == (copies - 2) * 500
    assert worklist(counter) == [("fee_fell_after_correction", str(copies * 500), "1000")]
    counter.is_sound()


def test_the_same_price_needs_nobody(counter: Till, scripted: ScriptedProvider) -> None:
    application_id = paid(counter, scripted)
    ask(counter, application_id, ("name",))
    hanako = counter.desk.people.hanako
    with counter.database.write() as session:
        done = cases.resubmit(session, hanako, counter.now, application_id, 1, "seen", "このままです。")
    assert (done.difference, worklist(counter)) == (0, [])


def test_where_the_fee_comes_after_the_review_the_new_price_is_demanded_then(counter: Till) -> None:
    desk = counter.desk
    application_id = desk.submitted("proof")
    desk.do(clerks.claim, desk.people.sato, application_id)
    ask(counter, application_id)
    assert answer(counter, application_id, 5).difference == 0
    assert worklist(counter) == []


def test_lapsed_after_it_was_paid(counter: Till, scripted: ScriptedProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    application_id = paid(counter, scripted)
    ask(counter, application_id)
    monkeypatch.setattr("procedures.corrections.overdue._lapses", lambda _procedure: True)
    assert expiring.expire(counter.database, counter.now + timedelta(days=20)) == 1
    assert counter.status(application_id) == "lapsed"
    assert worklist(counter) == [("paid_and_lapsed", "lapsed", "1000")]
    counter.is_sound()


@pytest.mark.parametrize(
    "kind",
    [
        "paid_and_withdrawn",
        "paid_and_lapsed",
        "paid_and_refused",
        "paid_and_revoked",
        "paid_and_reopened",
        "fee_rose_after_correction",
        "fee_fell_after_correction",
    ],
)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_each_is_said_in_words(kind: str, language: str) -> None:
    assert "1000" in say_discrepancy(kind, language, "7K3M-9QFA", "500", "1000")
