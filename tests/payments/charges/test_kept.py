"""What each of several charges keeps: its own receipt, its share for ever, one link for all; and the doctor looks."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from payments import doctor
from payments.links.sharing import share, take_back
from payments.models import CheckoutCharge, Payment, PaymentShare, Receipt
from procedures.errors import NotFound
from tests.payments.charges.test_differences import correct, pay
from tests.payments.scripted import ScriptedProvider
from tests.payments.test_links import TOKENS, link, look, page_of, press
from tests.payments.test_paid_and_over import paid
from tests.payments.test_receipts import Window, seal_folder, window
from tests.payments.till import Till

__all__ = ["seal_folder", "window"]  # fixtures of the neighbouring module
FEE, MORE = 1000, 700


def both(till: Till, provider: ScriptedProvider) -> list[str]:
    """Two charges of one case, paid by one payment."""
    case = till.owing()
    till.further(case, MORE)
    pay(till, provider, case)
    return [charge.id for charge in till.charges(case)]


def test_each_has_a_receipt_of_its_own(window: Window, scripted: ScriptedProvider) -> None:
    first, second = both(window.till, scripted)
    copies = [window.ask(first), window.ask(second, name="鈴木")]
    window.work()
    texts = [window.text(charge, copy) for charge, copy in zip((first, second), copies, strict=True)]
    assert ["1,000円" in told for told in texts] == [True, False]
    assert ["700円" in told for told in texts] == [False, True]
    assert ["許可手数料" in told for told in texts] == [True, False]
    assert ["差額" in told for told in texts] == [False, True]
    assert all("クレジットカード" in told for told in texts)
    with window.till.database.read() as session:
        numbers = sorted(session.scalars(select(Receipt.number)))
    assert numbers == ["R-hokenjo-2026-000001", "R-hokenjo-2026-000002"]


def test_the_receipt_of_a_difference_says_what_it_is(window: Window, scripted: ScriptedProvider) -> None:
    till = window.till
    case = paid(till, scripted)
    till.later(minutes=1)
    correct(till, case, 5)
    pay(till, scripted, case)
    difference = till.charge(case).id
    copy = window.ask(difference)
    window.work()
    told = window.text(difference, copy)
    assert "1,500円" in told
    assert "補正による差額" in told.replace("\n", "")


def test_by_a_link_both_receipts_are_the_payers(window: Window, scripted: ScriptedProvider) -> None:
    till = window.till
    case = till.owing()
    token = link(till, case)
    till.further(case, MORE)
    page = page_of(press(till, token))
    assert scripted.states[page].yen == FEE + MORE, "the link pays what is owed at that moment"
    scripted.pay(page)
    till.tell(page)
    seen = look(till, token)
    assert (seen.state, seen.yen, [one.yen for one in seen.paid]) == ("paid", FEE + MORE, [FEE, MORE])
    for charge in till.charges(case):
        assert window.ask(charge.id, seen.link_id)
        with pytest.raises(NotFound):
            window.ask(charge.id)


def test_a_link_goes_on_for_what_is_owed_later(counter: Till, scripted: ScriptedProvider) -> None:
    """Paid through it once; then a difference: the same link, the same receipt, and something new to pay."""
    case = counter.owing()
    token = link(counter, case)
    page = page_of(press(counter, token))
    scripted.pay(page)
    counter.tell(page)
    counter.further(case, MORE)
    assert link(counter, case) == token
    seen = look(counter, token)
    assert (seen.state, seen.yen, [one.yen for one in seen.paid]) == ("waiting", MORE, [FEE])
    with counter.database.write() as session:
        take_back(session, counter.desk.people.hanako, counter.now, case)
    with pytest.raises(NotFound):
        look(counter, token)
    with counter.database.write() as session:
        assert share(session, counter.desk.people.hanako, counter.now, case, TOKENS) != token


def test_a_link_for_something_late_still_pays_it(counter: Till, scripted: ScriptedProvider) -> None:
    case = paid(counter, scripted)
    counter.later(minutes=1)
    correct(counter, case, 5)
    token = link(counter, case)
    counter.now = scripted.now = counter.now + timedelta(days=40)
    assert look(counter, token).yen == 1500
    page = page_of(press(counter, token))
    scripted.pay(page)
    counter.tell(page)
    assert counter.charge(case).status == "paid"
    counter.is_sound()


@pytest.mark.parametrize("table", ["checkout_charge", "payment_share"])
@pytest.mark.parametrize("change", ["UPDATE {} SET yen = yen + 1", "DELETE FROM {}"])
def test_what_was_split_stays_split(counter: Till, scripted: ScriptedProvider, table: str, change: str) -> None:
    both(counter, scripted)
    with pytest.raises(DBAPIError), counter.database.write() as session:
        session.execute(text(change.format(table)))


@pytest.mark.parametrize("model", [CheckoutCharge, PaymentShare])
def test_a_share_is_more_than_nothing(counter: Till, scripted: ScriptedProvider, model: type) -> None:
    charge, _ = both(counter, scripted)
    whole = {"checkout_id" if model is CheckoutCharge else "payment_id": "x"}
    with pytest.raises(DBAPIError), counter.database.write() as session:
        session.execute(insert(model.__table__), {**whole, "charge_id": charge, "yen": 0})


def test_the_doctor_finds_what_does_not_add_up(counter: Till, scripted: ScriptedProvider) -> None:
    """Somebody gave a charge of another case a part of money that is all spoken for."""
    both(counter, scripted)
    other = counter.charge(counter.owing()).id
    with counter.database.write() as session:
        payment = session.scalars(select(Payment.id)).one()
        session.execute(insert(PaymentShare.__table__), {"payment_id": payment, "charge_id": other, "yen": 1})
    with counter.database.read() as session:
        assert [finding.check for finding in doctor.run(session)] == ["money.payment_not_split"]


def test_the_doctor_finds_money_that_pays_twice(counter: Till, scripted: ScriptedProvider) -> None:
    first, _ = both(counter, scripted)
    more, _ = both(counter, scripted)
    with counter.database.write() as session:
        mine = select(PaymentShare.payment_id).where(PaymentShare.charge_id == more)
        payment = session.execute(mine).scalar_one()
        session.execute(insert(PaymentShare.__table__), {"payment_id": payment, "charge_id": first, "yen": 1})
    with counter.database.read() as session:
        found = {finding.check for finding in doctor.run(session)}
    assert found == {"money.paid_twice", "money.payment_not_split", "money.paid_without_share"}
