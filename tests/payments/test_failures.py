"""The provider is slow, silent or confused: never a second charge, never a lost payment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from payments.charges import NothingToPay
from payments.models import Checkout
from payments.providers import ProviderRefused, ProviderUnavailable
from payments.sweep import sweep
from procedures.keyring.owned import of
from tests.payments.conftest import Payer
from tests.payments.scripted import ScriptedProvider
from tests.payments.till import Till


def attempts(till: Till) -> int:
    with till.database.read() as session:
        return session.scalar(select(func.count()).select_from(Checkout))


@pytest.mark.parametrize("failure", ["lost", "late"])
def test_a_click_that_got_no_answer_is_asked_again_as_the_same(
    counter: Till, scripted: ScriptedProvider, failure: str
) -> None:
    application_id = counter.owing()
    scripted.fail_next = [failure]
    with pytest.raises(ProviderUnavailable):
        counter.open(application_id)
    counter.later(minutes=5)
    assert counter.open(application_id).state == "open"
    assert len(scripted.by_key) == 1
    assert attempts(counter) == 1


def test_a_lost_answer_over_the_real_sdk(till: Till, payer: Payer) -> None:
    application_id = till.owing()
    payer.order("faults", path="/v1/checkout/sessions", kind="drop_after", count=3)
    with pytest.raises(ProviderUnavailable):
        till.open(application_id)
    assert till.open(application_id).state == "open"
    assert len(payer.client.v1.checkout.sessions.list().data) == 1


@pytest.mark.parametrize("kind", ["error", "rate_limit"])
def test_the_providers_own_trouble_is_told_as_such(till: Till, payer: Payer, kind: str) -> None:
    application_id = till.owing()
    payer.order("faults", path="/v1/checkout/sessions", kind=kind, count=3)
    with pytest.raises(ProviderUnavailable):
        till.open(application_id)
    assert till.charge(application_id).status == "demanded"


def test_clicks_at_the_same_moment_lead_to_one_page(till: Till, payer: Payer) -> None:
    application_id = till.owing()
    payer.order("faults", path="/v1/checkout/sessions", kind="slow", seconds=0.4)
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: till.open(application_id), range(4)))
    assert len({one.url for one in opened}) == 1
    assert len(payer.client.v1.checkout.sessions.list().data) == 1
    assert attempts(till) == 1


def test_an_unanswered_click_that_comes_too_late_begins_anew(counter: Till, scripted: ScriptedProvider) -> None:
    application_id = counter.owing()
    scripted.fail_next = ["lost"]
    with pytest.raises(ProviderUnavailable):
        counter.open(application_id)
    counter.later(days=2)
    scripted.now = counter.now
    assert counter.open(application_id).state == "open"
    assert attempts(counter) == 2


def test_an_order_that_changed_meanwhile_begins_anew(counter: Till, scripted: ScriptedProvider) -> None:
    from sqlalchemy import update

    from procedures.models import Application

    application_id = counter.owing()
    scripted.fail_next = ["late"]
    with pytest.raises(ProviderUnavailable):
        counter.open(application_id)
    with counter.database.write() as session:
        session.execute(update(Application).values(contact_email=of(application_id, "new@example.jp")))
    assert counter.open(application_id).state == "open"
    assert list(scripted.by_key) == [f"checkout-{counter.charge(application_id).id}-{n}" for n in (1, 2)]


def test_a_refusal_is_not_asked_for_again_and_again(counter: Till, scripted: ScriptedProvider) -> None:
    application_id = counter.owing()
    scripted.now = counter.now + timedelta(days=3)  # everything expires too soon for it
    with pytest.raises(ProviderRefused):
        counter.open(application_id)
    scripted.now = counter.now
    assert counter.open(application_id).state == "open"


def test_the_sweep_stops_while_the_provider_is_silent_and_goes_on_later(
    counter: Till, scripted: ScriptedProvider
) -> None:
    cases = [counter.owing() for _ in range(3)]
    for application_id in cases:
        scripted.pay(str(counter.open(application_id).url).rpartition("/")[2])
    counter.later(minutes=11)
    scripted.fail_next = ["", "lost"]
    with pytest.raises(ProviderUnavailable):
        sweep(counter.database, scripted, counter.now)
    assert sorted(counter.charge(case).status for case in cases) == ["demanded", "demanded", "paid"]
    sweep(counter.database, scripted, counter.now)
    assert {counter.charge(case).status for case in cases} == {"paid"}
    counter.is_sound()


def test_the_sweep_finds_an_attempt_whose_answer_was_lost(counter: Till, scripted: ScriptedProvider) -> None:
    application_id = counter.owing()
    scripted.fail_next = ["late"]
    with pytest.raises(ProviderUnavailable):
        counter.open(application_id)
    scripted.pay("cs_1")
    counter.later(minutes=11)
    sweep(counter.database, scripted, counter.now)
    assert counter.charge(application_id).status == "paid"
    counter.is_sound()


def test_a_checkout_that_the_provider_does_not_know_is_told(counter: Till, scripted: ScriptedProvider) -> None:
    counter.open(counter.owing())
    scripted.states.clear()
    counter.later(minutes=11)
    sweep(counter.database, scripted, counter.now)
    assert counter.discrepancies() == ["unknown_checkout"]


def test_what_was_asked_for_lately_is_left_alone(counter: Till, scripted: ScriptedProvider) -> None:
    counter.open(counter.owing())
    assert sweep(counter.database, scripted, counter.now) == 0
    counter.later(minutes=10)
    assert sweep(counter.database, scripted, counter.now) == 1
    assert sweep(counter.database, scripted, counter.now) == 0


def test_a_job_is_tried_again_when_the_provider_is_silent(counter: Till, scripted: ScriptedProvider) -> None:
    from payments.webhooks import receive

    application_id = counter.owing()
    checkout_id = str(counter.open(application_id).url).rpartition("/")[2]
    scripted.pay(checkout_id)
    with counter.database.write() as session:
        receive(session, scripted, counter.now, f"e checkout.session.completed {checkout_id}".encode(), "good")
    scripted.fail_next = ["lost"]
    counter.work()
    assert counter.charge(application_id).status == "demanded"
    counter.later(minutes=2)
    counter.work()
    assert counter.charge(application_id).status == "paid"


def test_nothing_to_pay_without_a_charge(counter: Till) -> None:
    application_id = counter.owing(copies=0)
    with pytest.raises(NothingToPay):
        counter.open(application_id)
    assert counter.status(application_id) == "received"
