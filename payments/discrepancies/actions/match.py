"""A person says which payout the bank's line is."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from payments.bank.matching import open_payouts, settle
from payments.bank.pairing import WINDOW, BankSide, Sent
from payments.discrepancies.actions import Choice, Step
from payments.discrepancies.bank_lines import OF_A_LINE, open_line
from payments.discrepancies.rules import ResolutionRefused
from payments.models import Discrepancy

NAME = "match"
ORDER = 10
NEEDS_TARGET = True


def fits(session: Session, discrepancy: Discrepancy) -> bool:
    """Where a payout of that amount has not arrived."""
    return bool(choices(session, discrepancy))


def choices(session: Session, discrepancy: Discrepancy) -> Sequence[Choice]:
    """The payouts of just this amount around that day."""
    line = open_line(session, discrepancy, OF_A_LINE)
    return [Choice(one.id, one.id, one.yen, one.arrives_on) for one in _payouts(session, line)] if line else ()


def carry_out(session: Session, step: Step) -> int:
    """The payout has arrived."""
    line = open_line(session, step.discrepancy, OF_A_LINE)
    chosen = next((one for one in _payouts(session, line) if one.id == step.target), None) if line else None
    if line is None or chosen is None:
        raise ResolutionRefused("moved")
    return settle(session, step.actor, step.now, line, chosen)


def _payouts(session: Session, line: BankSide) -> list[Sent]:
    near = open_payouts(session, line.day)
    return [one for one in near if one.yen == line.yen and abs(one.arrives_on - line.day) <= 2 * WINDOW]
