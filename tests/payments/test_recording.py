"""Which checkout money belongs to: told by its id, or by what we told of it; and all that is written down of it."""

from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from payments.models import Discrepancy, LedgerPosting, Payment, PaymentShare, ProviderEvent
from payments.providers import ProviderUnavailable
from payments.settlement import record
from payments.settlement.outcomes import Arrival, applied_source, receipt_source
from payments.webhooks import receive
from procedures.models import Job
from tests.payments.scripted import ScriptedProvider
from tests.payments.test_judging import TAKEN
from tests.payments.till import Till


def unanswered(till: Till, provider: ScriptedProvider) -> str:
    """A case whose pay page was opened and paid while we never learnt its id."""
    application_id = till.owing()
    provider.fail_next = ["late"]
    with pytest.raises(ProviderUnavailable):
        till.open(application_id)
    provider.pay("cs_1")
    return application_id


def test_a_page_whose_id_we_never_learnt_is_known_by_what_we_told(counter: Till, scripted: ScriptedProvider) -> None:
    application_id = unanswered(counter, scripted)
    counter.tell("cs_1")
    assert counter.charge(application_id).status == "paid"
    assert counter.status(application_id) == "received"
    counter.tell("cs_1")
    assert counter.payments() == [("settled", 1000)]
    counter.is_sound()


@pytest.mark.parametrize("told", [{"attempt": "2"}, {"attempt": "x"}, {"attempt": ""}, {"charge": "another"}])
def test_what_does_not_fit_what_we_told_is_nobodys(
    counter: Till, scripted: ScriptedProvider, told: dict[str, str]
) -> None:
    application_id = unanswered(counter, scripted)
    state = scripted.states["cs_1"]
    scripted.states["cs_1"] = replace(state, metadata={**state.metadata, **told})
    counter.tell("cs_1")
    assert counter.charge(application_id).status == "demanded"
    assert counter.discrepancies() == ["unknown_charge"]
    assert counter.balances()["suspense"] == -1000


def test_another_providers_page_is_another_page(counter: Till, scripted: ScriptedProvider) -> None:
    application_id = counter.owing()
    page = counter.page(application_id)
    with counter.database.write() as session:
        record(session, "another", counter.now, scripted.states[page])
    assert counter.charge(application_id).status == "demanded"
    counter.tell(page)
    assert counter.charge(application_id).status == "demanded"  # nobody has paid yet


def test_what_was_told_of_it_is_settled_and_nothing_else(counter: Till, scripted: ScriptedProvider) -> None:
    page, other = counter.page(counter.owing()), counter.page(counter.owing())
    with counter.database.write() as session:
        receive(session, scripted, counter.now, f"e1 checkout.paid {page}".encode(), "good")
        receive(session, scripted, counter.now, f"e2 checkout.paid {other}".encode(), "good")
    counter.later(minutes=1)
    counter.tell(page)
    with counter.database.read() as session:
        handled = dict(session.execute(select(ProviderEvent.checkout_session_id, ProviderEvent.handled_at)).all())
    assert handled == {page: counter.now, other: None}
    counter.later(minutes=1)
    counter.tell(page)
    with counter.database.read() as session:
        assert counter.now not in session.scalars(select(ProviderEvent.handled_at)).all()


def kept(till: Till) -> Payment:
    with till.database.read() as session:
        return session.scalars(select(Payment)).one()


def test_a_payment_is_kept_as_it_was_told(counter: Till, scripted: ScriptedProvider) -> None:
    application_id = counter.owing()
    page = counter.page(application_id)
    taken = replace(scripted.pay(page), authorised_at=counter.now - timedelta(days=1), captured_at=counter.now)
    scripted.states[page] = replace(scripted.states[page], taken=taken)
    counter.later(minutes=3)
    counter.tell(page)
    row, charge = kept(counter), counter.charge(application_id)
    assert {name: getattr(row, name) for name in asdict(taken)} == asdict(taken)
    assert (row.provider, row.session_id, row.charge_id, row.state) == ("stripe", page, charge.id, "settled")
    assert row.recorded_at == counter.now
    assert counter.shares() == {charge.id: 1000}
    assert (charge.status, charge.paid_at, charge.method) == ("paid", taken.captured_at, "card")
    with counter.database.read() as session:
        share = session.scalars(select(PaymentShare)).one()
        assert share.payment_id == row.id
        posting = session.scalars(select(LedgerPosting).where(LedgerPosting.kind == "receipt")).one()
        assert (posting.source, posting.charge_id) == (f"receipt:stripe:pi_{page}", charge.id)
        assert (posting.day, posting.at, posting.fiscal_year) == (date(2026, 5, 1), counter.now, 2026)
        told = session.scalars(select(Job.payload).where(Job.kind == "notice.send")).all()
        assert {"kind": "receipt_ready", "application_id": application_id, "facts": {"yen": 1000}} in told


def test_what_is_held_is_kept_with_its_charge_and_why(counter: Till, scripted: ScriptedProvider) -> None:
    application_id = counter.owing()
    page = counter.page(application_id)
    scripted.pay(page, yen=999)
    counter.later(minutes=3)
    counter.tell(page)
    charge, row = counter.charge(application_id), kept(counter)
    assert (row.state, row.charge_id, row.yen) == ("suspense", charge.id, 999)
    with counter.database.read() as session:
        posting = session.scalars(select(LedgerPosting).where(LedgerPosting.kind == "suspense")).one()
        assert (posting.source, posting.charge_id) == (f"receipt:stripe:pi_{page}", charge.id)
        assert (posting.day, posting.at, posting.fiscal_year) == (date(2026, 5, 1), counter.now, 2026)
        why = session.scalars(select(Discrepancy)).one()
        assert (why.kind, why.provider_object, why.expected, why.found) == ("wrong_amount", f"pi_{page}", "1000", "999")
        assert (why.charge_id, why.found_at) == (charge.id, counter.now)


def test_money_of_another_currency_is_in_no_book(counter: Till, scripted: ScriptedProvider) -> None:
    page = counter.page(counter.owing())
    scripted.pay(page, currency="usd")
    counter.tell(page)
    assert counter.postings() == ["demand"]
    assert kept(counter).currency == "usd"


@pytest.mark.parametrize("further", [None, "c2"])
def test_money_that_stands_elsewhere_is_posted_from_there(scripted: ScriptedProvider, further: str | None) -> None:
    arrival = Arrival("stripe", scripted.now, "cs_1", {}, replace(TAKEN, payment_id="pi_1"))
    assert (arrival.debit, replace(arrival, account="suspense").debit) == ("provider:stripe", "suspense")
    assert arrival.source == "receipt:stripe:pi_1"
    wanted = "receipt:stripe:pi_1" + (":c2" if further else "")
    assert receipt_source("stripe", "pi_1", further) == wanted
    assert applied_source(Payment(provider="stripe", payment_id="pi_1")) == "apply:stripe:pi_1"
