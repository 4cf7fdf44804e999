"""The data check finds what the services never do: each promise about refunds and disputes, broken by hand."""

from collections.abc import Callable

import pytest
from sqlalchemy import Table, insert, update

from payments import doctor
from payments.models import Dispute, DisputeMovement, Payment, Refund, RefundPart
from procedures.models import new_id
from tests.payments.refunds.conftest import MORI, TANAKA, Desk

pytestmark = pytest.mark.sqlite_only


def found(finance: Desk) -> set[str]:
    with finance.till.database.read() as session:
        return {finding.check for finding in doctor.run(session)}


def write(finance: Desk, table: Table, **values: object) -> None:
    with finance.till.database.write() as session:
        session.execute(insert(table), values)


def unposted(finance: Desk, status: str) -> None:
    """A refund in this state that the services never made."""
    payment, refund = finance.paid(), new_id()
    row = {"payment_id": payment, "provider": "stripe", "way": "provider", "yen": 100, "reason": "other", "note": "x"}
    people = {"requested_by": TANAKA.key, "decided_by": MORI.key}
    times = {"requested_at": finance.till.now, "decided_at": finance.till.now}
    write(finance, Refund.__table__, id=refund, status=status, **row, **people, **times)
    write(
        finance,
        RefundPart.__table__,
        refund_id=refund,
        line=1,
        charge_id=None,
        account="1201-03",
        title="x",
        fiscal_year=2026,
        yen=100,
    )


def too_much(finance: Desk) -> None:
    finance.confirmed(finance.paid(), 1000)
    with finance.till.database.write() as session:
        session.execute(update(Payment).values(yen=999))


def other_parts(finance: Desk) -> None:
    finance.approved(finance.paid(), 1000)
    with finance.till.database.write() as session:
        session.execute(update(Refund).values(yen=900))


def forgotten_end(finance: Desk) -> None:
    refund, _ = finance.sent(finance.paid(), 500)
    with finance.till.database.write() as session:
        session.execute(update(Refund).where(Refund.id == refund).values(status="confirmed"))


def forgotten_failure(finance: Desk) -> None:
    finance.sent(finance.paid(), 500)
    with finance.till.database.write() as session:
        session.execute(update(Refund).values(status="failed"))


def unposted_movement(finance: Desk) -> None:
    payment = finance.paid()
    row = {"provider": "stripe", "dispute_id": "dp_1", "payment_id": payment, "yen": 5, "currency": "jpy"}
    now = finance.till.now
    times = dict.fromkeys(("opened_at", "noted_at", "checked_at"), now)
    write(finance, Dispute.__table__, id="d", reason="x", status="needs_response", evidence_sent=False, **row, **times)
    moved = {"provider": "stripe", "transaction_id": "t", "dispute_id": "d", "yen": -5, "fee_yen": 0, "moved_at": now}
    write(finance, DisputeMovement.__table__, **moved)


BROKEN: dict[str, Callable[[Desk], None]] = {
    "money.refunded_too_much": too_much,
    "money.refund_parts_differ": other_parts,
    "money.refund_not_posted": lambda finance: unposted(finance, "approved"),
    "money.refund_paid_not_posted": forgotten_end,
    "money.refund_not_taken_back": forgotten_failure,
    "money.payable_differs": lambda finance: unposted(finance, "sent"),
    "money.dispute_not_posted": unposted_movement,
    "money.disputed_differs": unposted_movement,
}


@pytest.mark.parametrize("check", BROKEN)
def test_it_is_found(finance: Desk, check: str) -> None:
    BROKEN[check](finance)
    assert check in found(finance)


def test_all_is_well_at_every_stage(finance: Desk) -> None:
    payment = finance.paid()
    finance.request(payment, 100)
    finance.approved(payment, 100)
    finance.sent(payment, 100)
    finance.confirmed(payment, 100)
    _, theirs = finance.sent(payment, 100)
    finance.provider.fail_refund(theirs)
    finance.hear("refund.failed", theirs)
    assert found(finance) == set()
