"""From demand to receipt through the real SDK and the sandbox, on both databases."""

import pytest
from sqlalchemy import select

from payments.charges import NothingToPay
from payments.models import Checkout
from payments.sweep import sweep
from payments.webhooks import receive
from procedures.actors import Actor
from procedures.errors import NotFound
from tests.payments.conftest import Payer
from tests.payments.till import Till

DAY = 86_400


def session_of(url: str | None) -> str:
    """The id at the end of a pay page's address."""
    return str(url).rpartition("/")[2]


def test_a_demand_is_posted(till: Till) -> None:
    application_id = till.owing(copies=3)
    charge = till.charge(application_id)
    assert (charge.status, charge.yen, charge.purpose, charge.payer) == ("demanded", 1500, "submission", "山田 花子")
    assert (charge.due_on.isoformat(), charge.fiscal_year) == ("2026-05-08", 2026)
    assert charge.due_at.isoformat() == "2026-05-08T15:00:00+00:00"
    assert [(line.title.say("en"), line.count, line.unit_yen) for line in charge.lines] == [("Permit fee", 3, 500)]
    assert till.balances() == {"receivable:1201-03": 1500, "revenue:1201-03": -1500}
    assert till.status(application_id) == "awaiting_fee"
    till.is_sound()


@pytest.mark.parametrize(
    ("name", "choice", "method", "ends"),
    [
        ("permit", "card_ok", "card", "received"),
        ("permit", "paypay", "paypay", "received"),
        ("permit", "konbini", "konbini", "received"),
        ("proof", "card_ok", "card", "approved"),
    ],
)
def test_paid(till: Till, payer: Payer, name: str, choice: str, method: str, ends: str) -> None:
    application_id = till.owing(name)
    opened = till.open(application_id)
    assert opened.state == "open"
    session_id = session_of(opened.url)
    payer.choose(session_id, choice)
    if choice == "paypay":
        payer.approve(session_id, "paypay")
    if choice == "konbini":
        assert till.open(application_id).state == "waiting"
        payer.at_the_shop(payer.look(session_id).payment_intent.id)
    till.later(minutes=31)
    assert sweep(till.database, till.provider, till.now) == 1
    charge = till.charge(application_id)
    assert (charge.status, charge.method) == ("paid", method)
    assert till.status(application_id) == ends
    assert till.balances() == {"provider:stripe": charge.yen, "revenue:1201-03": -charge.yen} or name == "proof"
    assert till.payments() == [("settled", charge.yen)]
    assert till.postings() == ["demand", "receipt"]
    assert till.discrepancies() == []
    till.is_sound()
    with pytest.raises(NothingToPay):
        till.open(application_id)
    assert sweep(till.database, till.provider, till.now) == 0


def test_a_signed_webhook_settles(till: Till, payer: Payer) -> None:
    from payments.sandbox.app import WEBHOOK_SECRET
    from payments.sandbox.machine import as_json
    from payments.sandbox.webhooks.signing import signature_header

    application_id = till.owing()
    payer.choose(session_of(till.open(application_id).url), "card_ok")
    for event in payer.client.v1.events.list().data:
        payload = as_json(event.to_dict()).encode()
        for _ in range(2):
            with till.database.write() as session:
                header = signature_header(payload, WEBHOOK_SECRET, event.created)
                receive(session, till.provider, till.now, payload, header)
    assert till.work() == ["payment.settle"]
    assert till.charge(application_id).status == "paid"
    assert till.postings() == ["demand", "receipt"]
    till.is_sound()


def test_a_declined_card_pays_nothing(till: Till, payer: Payer) -> None:
    application_id = till.owing()
    opened = till.open(application_id)
    payer.choose(session_of(opened.url), "card_declined")
    till.later(minutes=11)
    sweep(till.database, till.provider, till.now)
    assert till.charge(application_id).status == "demanded"
    assert till.open(application_id) == opened, "the same pay page serves another try"
    till.is_sound()


def test_two_clicks_are_one_checkout(till: Till, payer: Payer) -> None:
    application_id = till.owing()
    assert till.open(application_id) == till.open(application_id)
    assert len(payer.client.v1.checkout.sessions.list().data) == 1


def test_somebody_elses_case_looks_missing(till: Till, taro: Actor) -> None:
    application_id = till.owing()
    for case in (application_id, "none"):
        with pytest.raises(NotFound):
            till.open(case, actor=taro)


def test_the_pay_page_names_the_case_and_what_is_paid(till: Till, payer: Payer) -> None:
    application_id = till.owing(copies=2)
    charge = till.charge(application_id)
    session = payer.look(session_of(till.open(application_id).url))
    assert session.metadata.to_dict() == {
        "charge": charge.id,
        "application": application_id,
        "reference": charge.reference,
        "attempt": "1",
    }
    assert session.customer_email == "hanako@example.jp"
    assert [(item.description, item.quantity, item.amount_total) for item in session.line_items.data] == [
        ("許可手数料", 2, 1000)
    ]
    assert session.payment_method_types == ["card", "konbini", "paypay"]
    assert session.payment_method_options.konbini.expires_after_days == 7
    assert session.expires_at <= till.now.timestamp() + DAY


def test_on_the_last_day_there_is_no_konbini_and_the_page_ends_with_the_day(till: Till, payer: Payer) -> None:
    application_id = till.owing()
    till.later(days=7)
    payer.order("clock", seconds=7 * DAY)
    session = payer.look(session_of(till.open(application_id).url))
    assert session.payment_method_types == ["card", "paypay"]
    assert session.expires_at == till.charge(application_id).due_at.timestamp()


def test_an_expired_page_is_followed_by_a_new_one(till: Till, payer: Payer) -> None:
    application_id = till.owing()
    first = till.open(application_id)
    till.later(days=1)
    payer.order("clock", seconds=DAY)
    second = till.open(application_id)
    assert (second.state, second.url != first.url) == ("open", True)
    with till.database.read() as session:
        rows = session.execute(select(Checkout.attempt, Checkout.status).order_by(Checkout.attempt)).all()
    assert rows == [(1, "expired"), (2, "open")]


def test_another_way_gives_up_the_konbini_number(till: Till, payer: Payer) -> None:
    application_id = till.owing()
    first = session_of(till.open(application_id).url)
    payer.choose(first, "konbini")
    intent = payer.look(first).payment_intent
    waiting = till.open(application_id)
    assert waiting.state == "waiting"
    assert intent.id in str(waiting.url)
    assert waiting.until.isoformat() == "2026-05-08T14:59:59+00:00", "no later than the due day"
    second = till.open(application_id, another_way=True)
    assert second.state == "open"
    assert payer.at_the_shop(intent.id).status_code == 404
    payer.choose(session_of(second.url), "card_ok")
    till.later(minutes=11)
    sweep(till.database, till.provider, till.now)
    assert till.charge(application_id).method == "card"
    till.is_sound()


def test_coming_back_after_paying_settles_at_once(till: Till, payer: Payer) -> None:
    application_id = till.owing()
    payer.choose(session_of(till.open(application_id).url), "card_ok")
    assert till.open(application_id).state == "paid"
    assert till.charge(application_id).status == "paid"
    till.is_sound()
