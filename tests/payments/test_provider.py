"""Our adapter at the sandbox: closing what somebody may be paying at this very moment, and lists that go on."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from engine.fees import FeeQuote
from payments.charges import demand
from payments.providers import ProviderRefused
from payments.providers.stripe import StripeProvider
from tests.payments.conftest import Payer
from tests.payments.till import Till

FAR = timedelta(days=400)


def test_closing_an_open_page(payer: Payer, stripe_provider: StripeProvider) -> None:
    session = payer.session()
    for _ in range(2):
        assert stripe_provider.close_checkout(session.id).status == "expired"


def test_closing_a_konbini_number(payer: Payer, stripe_provider: StripeProvider) -> None:
    session = payer.session()
    payer.choose(session.id, "konbini")
    assert stripe_provider.checkout(session.id).waiting_until is not None
    state = stripe_provider.close_checkout(session.id)
    assert (state.status, state.waiting_until, state.taken) == ("complete", None, None)


@pytest.mark.parametrize("choice", ["card_ok", "konbini"])
def test_paid_while_it_was_being_closed(
    payer: Payer, stripe_provider: StripeProvider, monkeypatch: pytest.MonkeyPatch, choice: str
) -> None:
    session = payer.session()
    if choice == "konbini":
        payer.choose(session.id, choice)
    look = stripe_provider.checkout

    def look_and_then_somebody_pays(checkout_id: str) -> object:
        state = look(checkout_id)
        if choice == "konbini":
            payer.at_the_shop(payer.look(session.id).payment_intent.id)
        else:
            payer.choose(session.id, choice)
        monkeypatch.setattr(stripe_provider, "checkout", look)
        return state

    monkeypatch.setattr(stripe_provider, "checkout", look_and_then_somebody_pays)
    state = stripe_provider.close_checkout(session.id)
    assert state.taken is not None
    assert state.taken.yen == 6000


def test_what_cannot_be_closed_is_refused(
    payer: Payer, stripe_provider: StripeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = payer.session()
    monkeypatch.setattr("payments.providers.stripe.adapter.attempt", lambda _request: None)
    with pytest.raises(ProviderRefused):
        stripe_provider.close_checkout(session.id)


def test_an_unknown_checkout_is_refused(stripe_provider: StripeProvider) -> None:
    with pytest.raises(ProviderRefused, match="resource_missing"):
        stripe_provider.checkout("cs_test_none")


def test_what_was_taken_is_told_with_its_three_dates(payer: Payer, stripe_provider: StripeProvider) -> None:
    session = payer.session()
    payer.choose(session.id, "konbini")
    payer.order("clock", seconds=86_400)
    payer.at_the_shop(payer.look(session.id).payment_intent.id)
    taken = stripe_provider.checkout(session.id).taken
    assert taken is not None
    assert (taken.method, taken.currency, taken.fee_yen) == ("konbini", "jpy", 216)
    assert taken.authorised_at < taken.captured_at < taken.available_at


def test_all_pages_of_transactions(payer: Payer, stripe_provider: StripeProvider, now: datetime) -> None:
    for _ in range(3):
        payer.choose(payer.session().id, "card_ok")
    charge = payer.client.v1.charges.list().data[0]
    payer.client.v1.refunds.create({"charge": charge.id, "amount": 100})
    rows = list(stripe_provider.transactions(now - FAR, now + FAR))
    assert [(row.kind, row.yen, row.charge_id, row.method) for row in rows] == [
        ("refund", -100, None, None),
        *[("charge", 6000, "c1", "card")] * 3,
    ]
    assert rows[0].payment_id == rows[1].payment_id
    assert list(stripe_provider.transactions(now - FAR, now - timedelta(days=1))) == []


def test_a_case_has_one_active_charge(till: Till) -> None:
    application_id = till.owing()
    charge = till.charge(application_id)
    quote = FeeQuote(charge.lines, 0, charge.yen)
    with pytest.raises(IntegrityError), till.database.write() as session:
        demand(session, till.desk.people.hanako, till.now, application_id, "submission", quote, charge.due_on)
    till.is_sound()
