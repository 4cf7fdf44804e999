"""Reminders of several charges, and differences whose day is over: owed on, told once, looked after by a person."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from payments.charges import lapse_overdue
from payments.discrepancies import note
from payments.jobs import periodic
from payments.models import Charge, Discrepancy
from payments.overdue import tell_overdue
from payments.reminders import remind
from payments.views import ChargeView
from tests.payments.charges.test_differences import notices, pay, rise
from tests.payments.scripted import ScriptedProvider
from tests.payments.test_paid_and_over import worklist
from tests.payments.till import Till


def overdue(till: Till, scripted: ScriptedProvider, charge: ChargeView, *, hours: int = 1) -> None:
    till.now = scripted.now = charge.due_at + timedelta(hours=hours)


def test_unpaid_after_its_day_it_stays_owed_and_a_person_is_told_once(
    counter: Till, scripted: ScriptedProvider
) -> None:
    case, more = rise(counter, scripted)
    overdue(counter, scripted, more)
    assert lapse_overdue(counter.database, scripted, counter.now) == 0
    assert [tell_overdue(counter.database, scripted, counter.now) for _ in range(3)] == [1, 0, 0]
    assert worklist(counter) == [("difference_overdue", "1500", more.due_on.isoformat())]
    assert [kind for kind, _ in notices(counter, "difference_overdue")] == ["difference_overdue"]
    assert (counter.status(case), counter.charge(case).status) == ("in_review", "demanded")
    counter.is_sound()


def test_late_it_can_be_paid(counter: Till, scripted: ScriptedProvider) -> None:
    case, more = rise(counter, scripted)
    overdue(counter, scripted, more, hours=48)
    page = counter.page(case)
    order, _ = scripted.by_key[f"checkout-{more.id}-2"]
    assert (order.konbini_days, "konbini" in order.methods) == (3, True)
    scripted.pay(page)
    counter.tell(page)
    assert counter.charge(case).status == "paid"
    counter.is_sound()


def test_the_provider_is_asked_before_anybody_is_told(counter: Till, scripted: ScriptedProvider) -> None:
    """Paid in the last hour, and the webhook was lost."""
    case, more = rise(counter, scripted)
    scripted.pay(counter.page(case))
    overdue(counter, scripted, more)
    assert tell_overdue(counter.database, scripted, counter.now) == 0
    assert (counter.charge(case).status, worklist(counter)) == ("paid", [])


@pytest.mark.parametrize("hours", [-1, 0])
def test_not_before_its_day_and_the_grace_are_over(counter: Till, scripted: ScriptedProvider, hours: int) -> None:
    _, more = rise(counter, scripted)
    overdue(counter, scripted, more, hours=hours)
    assert tell_overdue(counter.database, scripted, counter.now) == 0


def test_of_a_case_that_went_another_way_nobody_is_told(counter: Till, scripted: ScriptedProvider) -> None:
    case, more = rise(counter, scripted)
    with counter.database.write() as session:
        session.execute(text("UPDATE application SET status = 'withdrawn' WHERE id = :id"), {"id": case})
    overdue(counter, scripted, more)
    assert tell_overdue(counter.database, scripted, counter.now) == 0
    assert (counter.charge(case).status, worklist(counter)) == ("cancelled", [])


def test_the_worker_does_it(counter: Till, scripted: ScriptedProvider) -> None:
    _, more = rise(counter, scripted)
    overdue(counter, scripted, more)
    works = {work.name: work.run for work in periodic(scripted)}
    assert works["payment.overdue"](counter.database, counter.now) == 1


def test_it_is_reminded_of_in_its_own_words(counter: Till, scripted: ScriptedProvider) -> None:
    _, more = rise(counter, scripted)
    counter.now = more.due_at - timedelta(days=2)
    assert [remind(counter.database, counter.now) for _ in range(2)] == [1, 0]
    facts = {"yen": 1500, "pay_by": more.due_on.isoformat()}
    assert notices(counter, "fee_reminder", "difference_reminder") == [("difference_reminder", facts)]


@pytest.mark.parametrize("apart", [0, 1, 2])
def test_several_charges_are_one_reminder(counter: Till, apart: int) -> None:
    """Three charges that fall due within three days of each other: one mail with the sum and the first day."""
    case = counter.owing()
    fee = counter.charge(case)
    more = counter.further(case, 700, days=(fee.due_on - fee.demanded_at.date()).days + apart)
    counter.now = fee.due_at - timedelta(days=2.5)
    sent = remind(counter.database, counter.now)
    for _ in range(4):
        counter.later(hours=12)
        sent += remind(counter.database, counter.now)
    assert sent == 1, more
    assert notices(counter, "fee_reminder") == [("fee_reminder", {"yen": 1700, "pay_by": fee.due_on.isoformat()})]


def test_charges_far_apart_are_each_reminded_of(counter: Till, scripted: ScriptedProvider) -> None:
    case = counter.owing()
    fee = counter.charge(case)
    counter.further(case, 700, days=30)
    counter.now = fee.due_at - timedelta(days=2)
    assert remind(counter.database, counter.now) == 1
    pay_fee_only(counter, scripted, case)
    counter.now = counter.charge(case).due_at - timedelta(days=2)
    assert remind(counter.database, counter.now) == 1
    assert [kind for kind, _ in notices(counter, "fee_reminder", "difference_reminder")] == [
        "fee_reminder",
        "difference_reminder",
    ]


def pay_fee_only(till: Till, scripted: ScriptedProvider, case: str) -> None:
    """As if it had been paid through a page from before the difference."""
    with till.database.write() as session:
        later = select(Charge).where(Charge.application_id == case, Charge.purpose == "difference")
        more = session.scalars(later).one()
        more.status = "lapsed"
    pay(till, scripted, case)
    with till.database.write() as session:
        session.merge(more).status = "demanded"


def test_the_row_of_an_overdue_difference_names_its_charge(counter: Till, scripted: ScriptedProvider) -> None:
    _, more = rise(counter, scripted)
    with counter.database.write() as session:
        assert note(session, counter.now, "difference_overdue", more.id, "1500", "-", more.id)
    overdue(counter, scripted, more)
    assert tell_overdue(counter.database, scripted, counter.now) == 0
    with counter.database.read() as session:
        assert session.scalars(select(Discrepancy.charge_id)).all() == [more.id]
