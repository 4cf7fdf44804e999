"""What was given back of a fee counts as paid no longer: the next correction is settled against what is left."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from payments.models import Discrepancy
from payments.refunds import How
from tests.payments.charges.test_differences import correct
from tests.payments.refunds.conftest import Desk
from tests.payments.scripted import ScriptedProvider
from tests.payments.test_paid_and_over import paid, worklist
from tests.payments.till import Till


@pytest.fixture
def finance(counter: Till, scripted: ScriptedProvider) -> Desk:
    """Two people of finance."""
    return Desk(counter, scripted)


def fallen(counter: Till, scripted: ScriptedProvider) -> str:
    """Paid for two copies, corrected to one."""
    case = paid(counter, scripted)
    counter.later(minutes=1)
    correct(counter, case, 1)
    assert worklist(counter) == [("fee_fell_after_correction", "500", "1000")]
    counter.later(minutes=1)
    return case


def row_of(counter: Till) -> str:
    with counter.database.read() as session:
        return session.scalars(select(Discrepancy.id)).one()


def test_a_fallen_fee_is_given_back_and_the_row_is_done(
    counter: Till, scripted: ScriptedProvider, finance: Desk
) -> None:
    fallen(counter, scripted)
    finance.confirmed(finance.payment("pi_cs_1"), 500, "fee_fell", "", How(discrepancy_id=row_of(counter)))
    with counter.database.read() as session:
        (row,) = session.scalars(select(Discrepancy)).all()
    assert row.resolution == "refunded"
    counter.is_sound()


@pytest.mark.parametrize(("approved", "missing"), [(False, 500), (True, 1000)])
def test_what_is_decided_to_go_back_is_missing_again(
    counter: Till, scripted: ScriptedProvider, finance: Desk, approved: bool, missing: int
) -> None:
    """1,000 yen paid, the fee fell to 500, 500 asked back; then it rises to 1,500."""
    case = fallen(counter, scripted)
    refund = finance.request(finance.payment("pi_cs_1"), 500, "fee_fell")
    if approved:
        finance.approve(refund)
    assert correct(counter, case, 3) == missing
    assert counter.charge(case).yen == missing
    counter.is_sound()


def test_the_row_stands_at_the_charge_that_can_bear_it(counter: Till, scripted: ScriptedProvider) -> None:
    """1,000 and 1,500 yen were paid; what fell by 1,200 is for the second."""
    case = paid(counter, scripted)
    counter.later(minutes=1)
    correct(counter, case, 5)
    page = counter.page(case)
    scripted.pay(page)
    counter.tell(page)
    counter.now += timedelta(minutes=1)
    correct(counter, case, 2)
    with counter.database.read() as session:
        (row,) = session.scalars(select(Discrepancy)).all()
    assert (row.expected, row.found) == ("1000", "2500")
    assert row.charge_id == counter.charge(case).id
