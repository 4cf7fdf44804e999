"""Whether each statement of an account begins with the balance on which the one before it ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from payments.models import BankStatement


@dataclass(frozen=True, slots=True)
class Gap:
    """A statement that begins with another balance than the last one before it ended on: a file is missing between."""

    statement_id: str
    account: str
    before_on: date
    before_yen: int
    opening_yen: int


def gaps(session: Session, first_on: date) -> Sequence[Gap]:
    """The statements that begin on the day and do not continue the one before. Those without balances say nothing."""
    starting = session.execute(
        select(BankStatement.id, BankStatement.account, BankStatement.opening_yen)
        .where(BankStatement.first_on == first_on, BankStatement.opening_yen.is_not(None))
        .order_by(BankStatement.id)
    ).all()
    found = []
    for statement_id, account, opening in starting:
        before = closing_before(session, account, first_on)
        if before is not None and before[1] != opening:
            found.append(Gap(statement_id, account, before[0], before[1], opening))
    return found


def closing_before(session: Session, account: str, first_on: date) -> tuple[date, int] | None:
    """The last day and the balance on which the account ended before `first_on`.

    None where nothing is known of it, or where a statement reaches over that day: it covers what lies between.
    """
    over = aliased(BankStatement)
    reaching = select(over.id).where(over.account == account, over.first_on < first_on, over.last_on >= first_on)
    if session.execute(reaching.limit(1)).first() is not None:
        return None
    before = (
        select(BankStatement.last_on, BankStatement.closing_yen)
        .where(
            BankStatement.account == account,
            BankStatement.last_on < first_on,
            BankStatement.closing_yen.is_not(None),
        )
        .order_by(BankStatement.last_on.desc(), BankStatement.first_on, BankStatement.id)
        .limit(1)
    )
    row = session.execute(before).first()
    return None if row is None else (row[0], row[1])
