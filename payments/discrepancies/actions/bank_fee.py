"""What the bank kept of a payout, or took from the account, is a bank's fee."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from payments.bank.matching import open_pairs, settle
from payments.bank.pairing import BankSide, Sent
from payments.discrepancies.actions import Choice, Step
from payments.discrepancies.bank_lines import open_line
from payments.discrepancies.rules import ResolutionRefused
from payments.ledger import BANK, BANK_FEE, Entry, post
from payments.models import Discrepancy
from procedures.days import fiscal_year

NAME = "bank_fee"
ORDER = 40
NEEDS_TARGET = False
DIFFERS = frozenset({"bank_amount_differs"})


def fits(session: Session, discrepancy: Discrepancy) -> bool:
    """Less arrived than was paid out, or an amount went out of which nothing is known."""
    line = open_line(session, discrepancy)
    return line.yen < 0 if line else _short(session, discrepancy) is not None


def choices(_session: Session, _discrepancy: Discrepancy) -> Sequence[Choice]:
    """None."""
    return ()


def carry_out(session: Session, step: Step) -> int:
    """The payout has arrived, what is missing of it is the fee; or the whole line is."""
    line = open_line(session, step.discrepancy)
    if line is not None and line.yen < 0:
        entries = [Entry(BANK_FEE, BANK, -line.yen)]
        return post(session, step.now, NAME, step.source, entries, day=line.day, fiscal_year=fiscal_year(line.day))
    short = _short(session, step.discrepancy)
    if short is None:
        raise ResolutionRefused("moved")
    line, payout = short
    return settle(session, step.actor, step.now, line, payout, kept=(BANK_FEE, payout.yen - line.yen))


def _short(session: Session, discrepancy: Discrepancy) -> tuple[BankSide, Sent] | None:
    """The line and the payout of which it is less."""
    line = open_line(session, discrepancy, DIFFERS)
    payout = open_pairs(session, line.day).differing.get(line.id) if line else None
    return (line, payout) if line and payout and 0 < line.yen < payout.yen else None
