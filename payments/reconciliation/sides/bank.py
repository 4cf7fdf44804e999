"""From the bank's side: each line is a payout's, each payout arrives, each statement goes on from the last one."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.bank.continuity import gaps
from payments.bank.matching import open_pairs
from payments.bank.pairing import WINDOW, Pairing
from payments.models import BankLine
from payments.reconciliation.mismatches import Mismatch


def find(session: Session, day: date, bank_until: date | None) -> Iterator[Mismatch]:
    """What is open in the bank on the day, and payouts that should have arrived on it once the bank is known beyond."""
    if bank_until is None:
        return
    pairs = open_pairs(session, day)
    yield from _lines(session, day, pairs)
    if bank_until >= day + WINDOW:
        asked = {(payout.provider, payout.id) for found in pairs.unsure.values() for payout in found}
        asked |= {(payout.provider, payout.id) for payout in pairs.differing.values()}
        paired = {(payout.provider, payout.id) for _, payout in pairs.sure}
        for payout in pairs.payouts:
            if payout.yen > 0 and payout.arrives_on == day and (payout.provider, payout.id) not in asked | paired:
                yield Mismatch("payout_missing_in_bank", None, None, payout.id, payout.yen, None)
    for gap in gaps(session, day):
        yield Mismatch("bank_balance_gap", None, None, gap.statement_id, gap.before_yen, gap.opening_yen)


def _lines(session: Session, day: date, pairs: Pairing) -> Iterator[Mismatch]:
    again = set(session.scalars(select(BankLine.id).where(BankLine.day == day, BankLine.number > 1)))
    for line in pairs.lines:
        if line.day != day:
            continue
        if line.id in pairs.unsure:
            expected = pairs.unsure[line.id][0].yen
            yield Mismatch("bank_match_unsure", None, None, line.id, expected, line.yen)
        elif line.id in pairs.differing:
            yield Mismatch("bank_amount_differs", None, None, line.id, pairs.differing[line.id].yen, line.yen)
        elif line.id in pairs.unknown:
            kind = "bank_line_twice" if line.id in again else "bank_line_unknown"
            yield Mismatch(kind, None, None, line.id, None, line.yen)
