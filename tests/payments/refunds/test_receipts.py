"""Receipts of what was given back: cancelled when all of it went, marked when a part did."""

import pytest

from payments.receipts import making, reading
from payments.receipts.asking import ask
from procedures.blobs import Kept
from procedures.errors import NotFound
from tests.payments.refunds.conftest import Desk


def receipt(finance: Desk, application_id: str) -> str:
    """The applicant asks for it; the copy."""
    charge = finance.till.charge(application_id)
    with finance.till.database.write() as session:
        return ask(session, finance.till.desk.people.hanako, finance.till.now, charge.id, None, "山田 花子", "都")


def state(finance: Desk, application_id: str) -> reading.ReceiptState:
    with finance.till.database.read() as session:
        found = reading.state_of(session, finance.till.now, finance.till.charge(application_id).id, None)
    assert found is not None
    return found


def marks(finance: Desk, copy: str) -> str:
    with finance.till.database.read() as session:
        contents = making._contents(session, copy)
    assert contents is not None
    return str(contents["again"])


def test_given_back_in_full_it_counts_no_longer(finance: Desk) -> None:
    application_id = finance.till.owing()
    payment = finance.pay(application_id)
    receipt(finance, application_id)
    finance.confirmed(payment, 400)
    assert not state(finance, application_id).cancelled
    finance.confirmed(payment, 600)
    assert state(finance, application_id).cancelled
    with pytest.raises(NotFound):
        receipt(finance, application_id)


def test_one_that_nobody_asked_for_is_not_issued_any_more(finance: Desk) -> None:
    application_id = finance.till.owing()
    finance.confirmed(finance.pay(application_id), 1000)
    assert state(finance, application_id).cancelled
    with pytest.raises(NotFound):
        receipt(finance, application_id)


def test_given_back_in_part_it_counts_and_new_copies_say_so(finance: Desk) -> None:
    application_id = finance.till.owing()
    payment = finance.pay(application_id)
    first = receipt(finance, application_id)
    assert marks(finance, first) == ""
    with finance.till.database.write() as session:
        making._hand_out(session, finance.till.now, first, b"pdf", Kept("key", "secret"))
    assert receipt(finance, application_id) == first
    finance.till.later(minutes=5)
    finance.confirmed(payment, 300)
    assert state(finance, application_id).copy_id == ""
    again = receipt(finance, application_id)
    assert again != first
    assert marks(finance, again) == "再発行（令和8年5月1日）　うち300円は還付済み"


def test_a_first_copy_after_a_partial_refund_says_so_too(finance: Desk) -> None:
    application_id = finance.till.owing()
    finance.confirmed(finance.pay(application_id), 300)
    assert marks(finance, receipt(finance, application_id)) == "うち300円は還付済み"


def test_a_refund_that_is_only_underway_changes_nothing(finance: Desk) -> None:
    application_id = finance.till.owing()
    finance.sent(finance.pay(application_id), 1000)
    assert not state(finance, application_id).cancelled
    assert marks(finance, receipt(finance, application_id)) == ""
