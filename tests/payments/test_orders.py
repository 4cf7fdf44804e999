"""Whatever order webhooks come in, doubled, late or lost: the same end, one receipt, a ledger that sums to zero."""

from datetime import datetime, timedelta
from itertools import product

import pytest

from payments.providers import ProviderUnavailable
from payments.sweep import sweep
from payments.webhooks import receive
from tests.payments.scripted import ScriptedProvider
from tests.payments.till import Till

COMPLETED, LATER = "checkout.session.completed", "checkout.session.async_payment_succeeded"
SEQUENCES = [kinds for length in range(4) for kinds in product((COMPLETED, LATER), repeat=length)]


def arrive(till: Till, kind: str, checkout_id: str) -> None:
    """One webhook; the same kind is the same event."""
    with till.database.write() as session:
        receive(session, till.provider, till.now, f"evt_{kind} {kind} {checkout_id}".encode(), "good")


def case_with_number(till: Till, provider: ScriptedProvider) -> tuple[str, str]:
    """A case whose payer carries a konbini number."""
    application_id = till.owing()
    checkout_id = str(till.open(application_id).url).rpartition("/")[2]
    provider.issue_number(checkout_id, till.now + timedelta(days=6))
    return application_id, checkout_id


def has_ended_well(till: Till, application_id: str) -> None:
    assert till.status(application_id) == "received"
    assert till.charge(application_id).status == "paid"
    assert till.charge(application_id).method == "konbini"


@pytest.mark.parametrize("worker", ["at once", "at the end"])
@pytest.mark.parametrize("paid_before", range(4))
def test_every_order_ends_the_same(
    counter: Till, scripted: ScriptedProvider, now: datetime, paid_before: int, worker: str
) -> None:
    """15 sequences of up to three deliveries, the payment made before any of them, the worker at once or at the end.

    The other database walks every third. What else may happen between them: `tests.payments.holding.test_every_order`.
    """
    cases = []
    for sequence in SEQUENCES[:: 1 if counter.database.dialect == "sqlite" else 3]:
        if paid_before > len(sequence):
            continue
        application_id, checkout_id = case_with_number(counter, scripted)
        for place, kind in enumerate((*sequence, None)):
            if place == paid_before:
                scripted.pay(checkout_id, "konbini")
            if kind is not None:
                arrive(counter, kind, f"{checkout_id}")
            if worker == "at once":
                counter.work()
        cases.append(application_id)
    counter.work()
    counter.later(minutes=11)
    sweep(counter.database, scripted, counter.now)
    for application_id in cases:
        has_ended_well(counter, application_id)
    assert counter.payments() == [("settled", 1000)] * len(cases)
    assert sorted(counter.postings()) == ["demand"] * len(cases) + ["receipt"] * len(cases)
    assert counter.discrepancies() == []
    counter.is_sound()


def test_an_event_is_stored_and_worked_once(counter: Till, scripted: ScriptedProvider) -> None:
    application_id, checkout_id = case_with_number(counter, scripted)
    scripted.pay(checkout_id, "konbini")
    for _ in range(3):
        arrive(counter, LATER, checkout_id)
    assert counter.work() == ["payment.settle"]
    arrive(counter, LATER, checkout_id)
    assert counter.work() == []
    has_ended_well(counter, application_id)


def test_a_webhook_that_lies_settles_nothing(counter: Till, scripted: ScriptedProvider) -> None:
    application_id, checkout_id = case_with_number(counter, scripted)
    arrive(counter, LATER, checkout_id)
    counter.work()
    assert counter.charge(application_id).status == "demanded"
    counter.is_sound()


def test_a_webhook_before_we_wrote_down_the_checkout(counter: Till, scripted: ScriptedProvider) -> None:
    """We died between the provider's answer and our own commit; the payer was quicker than the sweep."""
    application_id = counter.owing()
    scripted.fail_next = ["late"]
    with pytest.raises(ProviderUnavailable):
        counter.open(application_id)
    scripted.pay("cs_1")
    arrive(counter, COMPLETED, "cs_1")
    counter.work()
    assert counter.charge(application_id).status == "paid"
    counter.is_sound()


def test_events_of_other_kinds_are_kept_and_nothing_more(counter: Till) -> None:
    with counter.database.write() as session:
        receive(session, counter.provider, counter.now, b"evt_1 charge.succeeded ch_1", "good")
    assert counter.work() == []
