"""The two ends of money that came: what else happens when it pays, and what of it is written down when it is held."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from payments.models import Charge, Discrepancy, Payment
from payments.providers import ProviderUnavailable
from payments.settlement.outcomes import Arrival, accept, close_others
from procedures.errors import Conflict
from procedures.models import Job
from tests.payments.scripted import ScriptedProvider
from tests.payments.test_judging import TAKEN
from tests.payments.till import Till


def closed(till: Till) -> list[str]:
    """The pages that the worker is told to close."""
    with till.database.read() as session:
        jobs = session.scalars(select(Job.payload).where(Job.kind == "payment.close"))
        return sorted(str(payload["checkout"]) for payload in jobs)


def test_the_page_that_was_paid_needs_no_closing(counter: Till, scripted: ScriptedProvider) -> None:
    page = counter.page(counter.owing())
    scripted.pay(page)
    counter.tell(page)
    assert closed(counter) == []


def test_all_pages_but_one(counter: Till) -> None:
    case = counter.owing()
    page = counter.page(case)
    with counter.database.write() as session:
        close_others(session, counter.now, [counter.charge(case).id], besides=page)
    assert closed(counter) == []


def test_what_is_paid_elsewhere_closes_the_page_once(counter: Till) -> None:
    case = counter.owing()
    page, charge = counter.page(case), counter.charge(case).id
    for _ in range(2):
        with counter.database.write() as session:
            close_others(session, counter.now, [charge])
    assert closed(counter) == [page]


def test_a_page_whose_id_we_never_learnt_cannot_be_closed(counter: Till, scripted: ScriptedProvider) -> None:
    case = counter.owing()
    scripted.fail_next = ["late"]
    with pytest.raises(ProviderUnavailable):
        counter.open(case)
    with counter.database.write() as session:
        close_others(session, counter.now, [counter.charge(case).id], besides="cs_other")
    assert closed(counter) == []


def test_no_case_moves_on_that_waits_for_other_money(counter: Till) -> None:
    case = counter.owing("proof")
    charge = counter.charge(case).id
    arrival = Arrival("stripe", counter.now, "cs_1", {}, replace(TAKEN, yen=counter.charge(case).yen))
    with counter.database.write() as session:
        session.execute(update(Charge).where(Charge.id == charge).values(purpose="submission"))
    with pytest.raises(Conflict), counter.database.write() as session:
        accept(session, arrival, [session.get_one(Charge, charge)])
    assert counter.status(case) == "awaiting_issue_fee"
    with counter.database.read() as session:
        assert session.scalar(select(func.count(Payment.id))) == 0


def test_it_answers_what_the_payment_is_kept_as_and_lets_its_own_page_be(counter: Till) -> None:
    case = counter.owing()
    page, charge = counter.page(case), counter.charge(case)
    arrival = Arrival("stripe", counter.now, page, {}, replace(TAKEN, yen=charge.yen))
    with counter.database.write() as session:
        kept = accept(session, arrival, [session.get_one(Charge, charge.id)])
        assert session.scalars(select(Payment.id)).all() == [kept]
    assert closed(counter) == []


def test_what_is_held_of_several_is_noted_at_the_first(counter: Till, scripted: ScriptedProvider) -> None:
    case = counter.owing()
    counter.further(case, 700)
    page = counter.page(case)
    scripted.pay(page, yen=1)
    counter.tell(page)
    first = counter.charges(case)[0].id
    with counter.database.read() as session:
        assert session.scalars(select(Payment.charge_id)).all() == [first]
        assert session.scalars(select(Discrepancy.charge_id)).all() == [first]
