"""What must hold in a town at every moment, and what when everything has calmed down."""

from sqlalchemy import func, select

from payments import doctor
from payments.models import (
    Charge,
    Discrepancy,
    Dispute,
    LedgerEntry,
    Payment,
    PaymentShare,
    Refund,
)
from tests.payments.holding.stage import Stage


def holds(stage: Stage) -> None:
    """At every moment: the doctor is content, the ledger sums to zero, a paid charge got its yen once, to the yen."""
    stage.till.is_sound()
    with stage.database.read() as session:
        settled = (
            select(Charge.id, Charge.status, Charge.yen, func.sum(PaymentShare.yen), func.count(PaymentShare.yen))
            .outerjoin(PaymentShare, PaymentShare.charge_id == Charge.id)
            .group_by(Charge.id, Charge.status, Charge.yen)
        )
        for charge_id, status, yen, got, times in session.execute(settled):
            expected = (yen, 1) if status == "paid" else (None, 0)
            assert (got, times) == expected, f"charge {charge_id} is {status} and got {got} in {times} payments"
        moved = session.execute(select(LedgerEntry.debit, LedgerEntry.credit, LedgerEntry.yen)).all()
        assert all(row.yen > 0 and row.debit != row.credit for row in moved)
        _given_back_once(stage)


def _given_back_once(stage: Stage) -> None:
    """The provider never gives back more of a payment than it took."""
    provider = stage.provider
    for state in provider.states.values():
        if state.taken is not None:
            mine = [row for row in provider.refunds.values() if row.payment_id == state.taken.payment_id]
            given = sum(row.yen for row in mine if row.status not in {"failed", "canceled"})
            assert given <= state.taken.yen, f"{given} of {state.taken.yen} yen given back through {state.id}"


def has_calmed_down(stage: Stage) -> None:
    """Every yen at the provider is income, in suspense before a person, owed, given back, or on the worklist."""
    holds(stage)
    with stage.database.read() as session:
        assert doctor.run(session) == []
        worklist = select(Discrepancy.kind, Discrepancy.provider_object).where(Discrepancy.resolved_at.is_(None))
        waiting = {(row.kind, row.provider_object) for row in session.execute(worklist)}
        known = {row.payment_id: row for row in session.scalars(select(Payment))}
        for state in stage.provider.states.values():
            if state.taken is None:
                continue
            payment = known.get(state.taken.payment_id)
            if payment is None:
                assert ("not_recorded", state.taken.transaction_id) in waiting, f"{state.id} was paid, nobody is told"
            elif payment.state == "suspense":
                assert _answered(stage, payment.id, payment.payment_id, waiting), f"{state.id} lies there unseen"
        unrecorded = [one for kind, one in waiting if kind == "not_recorded"]
    balance = sum(row.yen - row.fee_yen if row.id not in unrecorded else -row.fee_yen for row in stage.provider.moved)
    assert stage.till.balances().get("provider:stripe", 0) == balance


def _answered(stage: Stage, payment_row: str, payment_id: str, waiting: set[tuple[str, str]]) -> bool:
    """A person is told of it, or has given it back, or its payer's bank took it."""
    if any(subject == payment_id for _, subject in waiting):
        return True
    with stage.database.read() as session:
        refunded = session.scalar(select(func.sum(Refund.yen)).where(Refund.payment_id == payment_row))
        disputed = session.scalar(select(Dispute.id).where(Dispute.payment_id == payment_row))
    return bool(refunded or disputed)
