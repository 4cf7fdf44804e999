"""Whatever the line to the provider does to whichever call: one charge, one refund, nothing lost, nobody misled."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, get_args

import pytest
import stripe
from sqlalchemy import select

from payments import refunds
from payments.jobs import periodic
from payments.models import Checkout, Payment, Refund
from payments.providers import ProviderUnavailable
from payments.providers.stripe import StripeProvider
from payments.sandbox.app import API_KEY, WEBHOOK_SECRET
from payments.sandbox.machine import Sandbox
from procedures.actors import Actor, posts
from procedures.database import Database
from tests.payments.conftest import Payer
from tests.payments.providers.line import Fault, Line, bad_line
from tests.payments.till import Till
from tests.procedures.conftest import Desk

FAULTS = get_args(Fault)
TANAKA = Actor("staff", "tanaka", "田中", posts({"finance"}, {"*"}))
MORI = Actor("staff", "mori", "森", posts({"finance"}, {"*"}))
SESSIONS, INTENTS = "/v1/checkout/sessions", "/v1/payment_intents"

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def line(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """The SDK tries again at once, not after a while."""
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.01)
    monkeypatch.setattr(stripe.HTTPClient, "MAX_DELAY", 0.02)
    with bad_line(sandbox.base_url) as found:
        yield found


@pytest.fixture
def till(database: Database, desk: Desk, line: Line, now: datetime) -> Till:
    """A till at the sandbox over that line, with little patience."""
    return Till(database, desk, StripeProvider(API_KEY, WEBHOOK_SECRET, line.address, timeout=0.25), now)


def run(till: Till, name: str) -> None:
    """A task that runs again and again, half an hour later."""
    till.later(minutes=31)
    next(task for task in periodic(till.provider) if task.name == name).run(till.database, till.now)


def unheard(line: Line, work: Callable[[], object], fault: Fault) -> None:
    """The work ends with the word that the provider did not answer; slow is an answer. Then the line is good again."""
    if fault == "slow":
        work()
    else:
        with pytest.raises(ProviderUnavailable):
            work()
    line.spoiled.clear()


def balance(payer: Payer) -> int:
    """What lies at the provider, available or not yet."""
    found = payer.client.v1.balance.retrieve()
    return sum(part.amount for part in (*found.pending, *found.available))


def row(till: Till, kind: type[Any]) -> Any:
    with till.database.read() as session:
        return session.scalars(select(kind)).one()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_payment_and_its_refund_over_a_bad_line(till: Till, payer: Payer, line: Line, fault: Fault) -> None:
    case = till.owing()
    line.spoil("POST", SESSIONS, fault)
    unheard(line, lambda: till.open(case), fault)
    page = till.page(case)
    assert row(till, Checkout).attempt == 1, "the same click again is the same attempt"
    assert [one.id for one in payer.client.v1.checkout.sessions.list().data] == [page]
    payer.choose(page, "card_ok")
    line.spoil("GET", SESSIONS, fault)
    unheard(line, lambda: run(till, "payment.sweep"), fault)
    run(till, "payment.sweep")
    assert till.status(case) == "received"
    payment = row(till, Payment)

    with till.database.write() as session:
        refund = refunds.request(session, TANAKA, till.now, payment.id, 400, "other", "説明")
    with till.database.write() as session:
        refunds.approve(session, MORI, till.now, refund)
    line.spoil("POST", "/v1/refunds", fault)
    till.work()
    line.spoiled.clear()
    for _ in range(2):
        run(till, "refund.sweep")
    assert row(till, Refund).status == "confirmed"
    assert [one.amount for one in payer.client.v1.refunds.list().data] == [400]
    line.spoil("GET", "/v1/balance_transactions", fault)
    unheard(line, lambda: run(till, "payment.import"), fault)
    run(till, "payment.import")
    assert till.payments() == [("settled", 1000)]
    assert till.discrepancies() == []
    assert till.balances()["provider:stripe"] == balance(payer)
    till.is_sound()


@pytest.mark.parametrize("fault", ["silent after", "page"])
@pytest.mark.parametrize("konbini", [False, True], ids=["page", "number"])
def test_closing_over_a_bad_line(till: Till, payer: Payer, line: Line, fault: Fault, *, konbini: bool) -> None:
    """The lapse closes what is open; while it cannot know, the charge stays."""
    case = till.owing()
    page = till.page(case)
    if konbini:
        payer.choose(page, "konbini")
    till.later(days=8)
    line.spoil("POST", f"{INTENTS}/" if konbini else f"{SESSIONS}/{page}/expire", fault)
    with pytest.raises(ProviderUnavailable):
        run(till, "payment.lapse")
    line.spoiled.clear()
    assert till.charge(case).status == "demanded"
    run(till, "payment.lapse")
    assert (till.charge(case).status, till.status(case)) == ("lapsed", "lapsed")
    payer.choose(page, "card_ok")
    assert balance(payer) == 0
    till.is_sound()


def test_an_answer_of_another_shape_is_no_answer(till: Till, payer: Payer, line: Line) -> None:
    """Somebody between us and the provider says yes to everything."""
    page = till.page(till.owing())
    line.spoil("GET", SESSIONS, "nothing", times=1)
    with pytest.raises(ProviderUnavailable, match="cannot be read"):
        till.provider.checkout(page)
    assert till.provider.checkout(page).status == "open"
