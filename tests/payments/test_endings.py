"""Lapse and withdrawal, and money that comes nevertheless: every path ends with a person, none loses a yen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from payments import doctor
from payments.charges import NothingToPay, lapse_overdue
from payments.providers import ProviderRefused, ProviderUnavailable
from payments.settlement import record
from payments.sweep import sweep
from procedures import applications
from tests.payments.conftest import Payer
from tests.payments.scripted import ScriptedProvider
from tests.payments.till import Till


def overdue(till: Till, provider: ScriptedProvider) -> None:
    """The due day and the hour of grace are over."""
    till.now = till.now.replace(month=5, day=8, hour=16, minute=1)
    provider.now = till.now


def page_of(till: Till, application_id: str) -> str:
    return str(till.open(application_id).url).rpartition("/")[2]


def test_what_nobody_paid_lapses(counter: Till, scripted: ScriptedProvider) -> None:
    application_id = counter.owing()
    overdue(counter, scripted)
    assert lapse_overdue(counter.database, scripted, counter.now) == 1
    charge = counter.charge(application_id)
    assert (charge.status, charge.ended_at) == ("lapsed", counter.now)
    assert counter.status(application_id) == "lapsed"
    assert counter.postings() == ["demand", "lapse"]
    assert counter.balances() == {}
    assert lapse_overdue(counter.database, scripted, counter.now) == 0
    counter.is_sound()


def test_after_approval_too(counter: Till, scripted: ScriptedProvider) -> None:
    application_id = counter.owing("proof")
    assert counter.status(application_id) == "awaiting_issue_fee"
    overdue(counter, scripted)
    assert lapse_overdue(counter.database, scripted, counter.now) == 1
    assert counter.status(application_id) == "lapsed"
    counter.is_sound()


def test_not_before_the_day_and_the_grace_are_over(counter: Till, scripted: ScriptedProvider) -> None:
    application_id = counter.owing()
    counter.now = counter.charge(application_id).due_at + timedelta(minutes=59)
    scripted.now = counter.now
    assert lapse_overdue(counter.database, scripted, counter.now) == 0
    with pytest.raises(NothingToPay):
        counter.open(application_id)


def test_the_provider_is_asked_first(counter: Till, scripted: ScriptedProvider) -> None:
    """Paid in the last minute, and the webhook was lost."""
    application_id = counter.owing()
    scripted.pay(page_of(counter, application_id))
    overdue(counter, scripted)
    assert lapse_overdue(counter.database, scripted, counter.now) == 0
    assert counter.charge(application_id).status == "paid"
    assert counter.status(application_id) == "received"
    counter.is_sound()


def test_the_open_pay_page_is_closed_first(counter: Till, scripted: ScriptedProvider) -> None:
    application_id = counter.owing()
    checkout_id = page_of(counter, application_id)
    scripted.issue_number(checkout_id, counter.now + timedelta(days=30))
    overdue(counter, scripted)
    assert lapse_overdue(counter.database, scripted, counter.now) == 1
    assert f"close {checkout_id}" in scripted.calls
    assert scripted.states[checkout_id].waiting_until is None


@pytest.mark.parametrize("failure", [ProviderRefused, ProviderUnavailable])
def test_what_cannot_be_closed_does_not_lapse(
    counter: Till, scripted: ScriptedProvider, monkeypatch: pytest.MonkeyPatch, failure: type[Exception]
) -> None:
    application_id = counter.owing()
    page_of(counter, application_id)
    overdue(counter, scripted)

    def refuse(_checkout_id: str) -> None:
        raise failure

    monkeypatch.setattr(scripted, "close_checkout", refuse)
    if failure is ProviderUnavailable:
        with pytest.raises(ProviderUnavailable):
            lapse_overdue(counter.database, scripted, counter.now)
    else:
        assert lapse_overdue(counter.database, scripted, counter.now) == 0
    assert counter.charge(application_id).status == "demanded"
    monkeypatch.undo()
    assert lapse_overdue(counter.database, scripted, counter.now) == 1


def test_an_attempt_without_an_answer_does_not_hinder(counter: Till, scripted: ScriptedProvider) -> None:
    application_id = counter.owing()
    scripted.fail_next = ["lost"]
    with pytest.raises(ProviderUnavailable):
        counter.open(application_id)
    overdue(counter, scripted)
    assert lapse_overdue(counter.database, scripted, counter.now) == 1


def test_over_the_real_sdk(till: Till, payer: Payer) -> None:
    carried, idle = till.owing(), till.owing()
    first = page_of(till, carried)
    payer.choose(first, "konbini")
    intent = payer.look(first).payment_intent.id
    second = page_of(till, idle)
    till.later(days=7, hours=15)
    assert lapse_overdue(till.database, till.provider, till.now) == 2
    assert payer.client.v1.payment_intents.retrieve(intent).status == "canceled"
    assert payer.look(second).status == "expired"
    till.is_sound()


def test_paid_after_lapse_waits_for_a_person(counter: Till, scripted: ScriptedProvider) -> None:
    application_id = counter.owing()
    checkout_id = page_of(counter, application_id)
    overdue(counter, scripted)
    lapse_overdue(counter.database, scripted, counter.now)
    scripted.pay(checkout_id)
    state = scripted.checkout(checkout_id)
    for _ in range(2):
        with counter.database.write() as session:
            record(session, "stripe", counter.now, state)
    assert counter.discrepancies() == ["paid_after_lapse"]
    assert counter.status(application_id) == "lapsed"
    assert counter.balances() == {"provider:stripe": 1000, "suspense": -1000}
    assert counter.payments() == [("suspense", 1000)]
    counter.is_sound()


def test_withdrawn_owes_nothing_and_its_page_is_closed(counter: Till, scripted: ScriptedProvider) -> None:
    application_id = counter.owing()
    checkout_id = page_of(counter, application_id)
    counter.withdraw(application_id)
    assert counter.charge(application_id).status == "cancelled"
    assert counter.postings() == ["demand", "cancel"]
    assert counter.work() == ["payment.close"]
    assert scripted.states[checkout_id].status == "expired"
    assert counter.balances() == {}
    counter.is_sound()


def test_paid_while_it_was_withdrawn_waits_for_a_person(counter: Till, scripted: ScriptedProvider) -> None:
    application_id = counter.owing()
    scripted.pay(page_of(counter, application_id))
    counter.withdraw(application_id)
    counter.work()
    assert counter.discrepancies() == ["paid_after_withdrawal"]
    counter.is_sound()


def test_a_case_that_went_another_way_keeps_no_charge(counter: Till, scripted: ScriptedProvider) -> None:
    """Withdrawn behind payments' back: the data check tells, the lapse cleans up."""
    application_id = counter.owing()
    with counter.database.write() as session:
        applications.withdraw(session, counter.desk.people.hanako, counter.now, application_id)
    with counter.database.read() as session:
        assert [finding.check for finding in doctor.run(session)] == ["money.charge_without_case"]
    overdue(counter, scripted)
    assert lapse_overdue(counter.database, scripted, counter.now) == 0
    assert counter.charge(application_id).status == "cancelled"
    counter.is_sound()


@pytest.mark.parametrize(
    ("yen", "currency", "metadata", "kind", "suspense"),
    [
        (999, "jpy", {}, "wrong_amount", -999),
        (1000, "usd", {}, "wrong_currency", None),
        (1000, "jpy", {"reference": "AAAA-AAAA"}, "wrong_reference", -1000),
    ],
)
def test_money_that_does_not_fit_is_held(
    counter: Till,
    scripted: ScriptedProvider,
    yen: int,
    currency: str,
    metadata: dict[str, str],
    kind: str,
    suspense: int | None,
) -> None:
    application_id = counter.owing()
    checkout_id = page_of(counter, application_id)
    scripted.pay(checkout_id, yen=yen, currency=currency)
    state = scripted.states[checkout_id]
    scripted.states[checkout_id] = replace(state, metadata={**state.metadata, **metadata})
    counter.later(minutes=11)
    sweep(counter.database, scripted, counter.now)
    assert counter.discrepancies() == [kind]
    assert counter.charge(application_id).status == "demanded"
    assert counter.status(application_id) == "awaiting_fee"
    assert counter.balances().get("suspense") == suspense
    counter.is_sound()


def test_money_for_a_charge_that_is_not_ours_is_held(counter: Till, scripted: ScriptedProvider) -> None:
    checkout_id = page_of(counter, counter.owing())
    scripted.pay(checkout_id)
    stranger = replace(scripted.states[checkout_id], id="cs_stranger", metadata={"charge": "of somebody else"})
    for _ in range(2):
        with counter.database.write() as session:
            record(session, "stripe", counter.now, stranger)
    assert counter.discrepancies() == ["unknown_charge"]
    assert counter.balances()["suspense"] == -1000
    counter.is_sound()


def test_paid_twice_through_two_pages(counter: Till, scripted: ScriptedProvider) -> None:
    """An old page that the provider kept alive is paid after the new one."""
    application_id = counter.owing()
    first = page_of(counter, application_id)
    counter.later(days=1)
    scripted.now = counter.now
    second = page_of(counter, application_id)
    scripted.pay(second)
    scripted.pay(first)
    for checkout_id in (second, first, first, second):
        state = scripted.checkout(checkout_id)
        with counter.database.write() as session:
            record(session, "stripe", counter.now, state)
    assert counter.discrepancies() == ["paid_twice"]
    assert counter.payments() == [("settled", 1000), ("suspense", 1000)]
    assert counter.balances() == {"provider:stripe": 2000, "revenue:1201-03": -1000, "suspense": -1000}
    counter.is_sound()


def test_when_it_is_paid_other_pages_are_closed(counter: Till, scripted: ScriptedProvider) -> None:
    application_id = counter.owing()
    first = page_of(counter, application_id)
    counter.later(hours=23, minutes=54)
    second = page_of(counter, application_id)
    assert second != first, "the old page had a minute left"
    scripted.states[first] = replace(scripted.states[first], status="open")
    scripted.pay(second)
    counter.later(minutes=11)
    sweep(counter.database, scripted, counter.now)
    assert counter.work() == ["payment.close"]
    assert scripted.states[first].status == "expired"


def test_paid_for_a_case_that_went_another_way_is_held(counter: Till, scripted: ScriptedProvider) -> None:
    application_id = counter.owing()
    scripted.pay(page_of(counter, application_id))
    with counter.database.write() as session:
        applications.withdraw(session, counter.desk.people.hanako, counter.now, application_id)
    counter.later(minutes=11)
    sweep(counter.database, scripted, counter.now)
    assert counter.discrepancies() == ["paid_without_case"]
    assert counter.balances()["suspense"] == -1000
    assert counter.status(application_id) == "withdrawn"
