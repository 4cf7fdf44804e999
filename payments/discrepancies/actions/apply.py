"""充当: money in suspense pays a charge that is still owed and is just as much."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.discrepancies.actions import HELD, Choice, Step
from payments.discrepancies.held import held_payment
from payments.discrepancies.rules import ResolutionRefused
from payments.models import Charge, Discrepancy
from payments.settlement.applying import NotPayable, apply_held
from procedures.models import Application

NAME = "apply"
ORDER = 20
NEEDS_TARGET = True
MOST = 50


def fits(session: Session, discrepancy: Discrepancy) -> bool:
    """Where money is held and something of that amount is owed."""
    return discrepancy.kind in HELD and bool(choices(session, discrepancy))


def choices(session: Session, discrepancy: Discrepancy) -> Sequence[Choice]:
    """The charges of just this amount that are owed, those of the same payer first."""
    payment = held_payment(session, discrepancy)
    if payment is None:
        return ()
    payer = session.scalar(select(Charge.payer).where(Charge.id == payment.charge_id))
    query = (
        select(Charge.id, Charge.payer, Charge.yen, Charge.due_on, Application.reference)
        .join(Application, Application.id == Charge.application_id)
        .where(Charge.status == "demanded", Charge.yen == payment.yen)
        .order_by((Charge.payer != payer) if payer else Charge.due_on, Charge.due_on, Charge.id)
        .limit(MOST)
    )
    return [
        Choice(row.id, f"{row.reference or row.id} {row.payer}", row.yen, row.due_on) for row in session.execute(query)
    ]


def carry_out(session: Session, step: Step) -> int:
    """From suspense to the claim; the charge is paid and its case moves on."""
    payment = held_payment(session, step.discrepancy, lock=True)
    if payment is None:
        raise ResolutionRefused("moved")
    try:
        return apply_held(session, step.now, payment, step.target)
    except NotPayable as why:
        raise ResolutionRefused("moved") from why
