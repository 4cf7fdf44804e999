"""The line of the bank behind a discrepancy while it belongs to nothing."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.bank.pairing import BankSide
from payments.models import BankLine, BankMatch, Discrepancy

UNKNOWN = frozenset({"bank_line_unknown", "bank_line_twice"})
OF_A_LINE = UNKNOWN | {"bank_amount_differs", "bank_match_unsure"}


def open_line(session: Session, discrepancy: Discrepancy, kinds: frozenset[str] = UNKNOWN) -> BankSide | None:
    """The line of a discrepancy of these kinds; None where it is another's, or matched meanwhile."""
    if discrepancy.kind not in kinds:
        return None
    query = (
        select(BankLine.id, BankLine.day, BankLine.yen, BankLine.text)
        .outerjoin(BankMatch, BankMatch.line_id == BankLine.id)
        .where(BankLine.id == discrepancy.provider_object, BankMatch.line_id.is_(None))
    )
    row = session.execute(query).first()
    return None if row is None else BankSide(*row)
