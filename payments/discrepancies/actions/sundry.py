"""雑入: money that nobody owed and that cannot go back is kept as sundry revenue."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from payments.discrepancies.actions import HELD, Choice, Step
from payments.discrepancies.bank_lines import open_line
from payments.discrepancies.held import held_payment
from payments.discrepancies.rules import ResolutionRefused
from payments.ledger import BANK, SUNDRY, SUSPENSE, Entry, post
from payments.models import Discrepancy
from payments.settlement.outcomes import KEPT
from procedures.days import fiscal_year, tokyo_day

NAME = "sundry"
ORDER = 60
NEEDS_TARGET = False


def fits(session: Session, discrepancy: Discrepancy) -> bool:
    """Money in suspense, or money in the bank of which nothing is known."""
    if discrepancy.kind in HELD:
        return held_payment(session, discrepancy) is not None
    line = open_line(session, discrepancy)
    return line is not None and line.yen > 0


def choices(_session: Session, _discrepancy: Discrepancy) -> Sequence[Choice]:
    """None."""
    return ()


def carry_out(session: Session, step: Step) -> int:
    """From suspense, or straight from the bank, to sundry revenue; of the day on which it is decided."""
    if step.discrepancy.kind in HELD:
        payment = held_payment(session, step.discrepancy, lock=True)
        if payment is None:
            raise ResolutionRefused("moved")
        payment.state = KEPT
        session.flush()
        entry, day = Entry(SUSPENSE, SUNDRY, payment.yen), tokyo_day(step.now)
    else:
        line = open_line(session, step.discrepancy)
        if line is None or line.yen < 0:
            raise ResolutionRefused("moved")
        entry, day = Entry(BANK, SUNDRY, line.yen), line.day
    return post(session, step.now, NAME, step.source, [entry], day=day, fiscal_year=fiscal_year(day))
