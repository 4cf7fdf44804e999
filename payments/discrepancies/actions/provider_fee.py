"""A movement of an unknown kind is what the provider took for its services, or gave back of it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.discrepancies.actions import Choice, Step
from payments.discrepancies.rules import ResolutionRefused
from payments.ledger import Entry, fee_account, post, posting_of, provider_account
from payments.models import Discrepancy, ProviderTransaction
from procedures.days import fiscal_year

NAME = "provider_fee"
ORDER = 50
NEEDS_TARGET = False


def fits(session: Session, discrepancy: Discrepancy) -> bool:
    """A movement of yen that is posted nowhere."""
    return _movement(session, discrepancy) is not None


def choices(_session: Session, _discrepancy: Discrepancy) -> Sequence[Choice]:
    """None."""
    return ()


def carry_out(session: Session, step: Step) -> int:
    """From the balance to the provider's fees, on the movement's own day."""
    row = _movement(session, step.discrepancy)
    if row is None:
        raise ResolutionRefused("moved")
    net, fee, balance = row.yen - row.fee_yen, fee_account(row.provider), provider_account(row.provider)
    entry = Entry(fee, balance, -net) if net < 0 else Entry(balance, fee, net)
    source = _source(row)
    return post(session, step.now, NAME, source, [entry], day=row.day, fiscal_year=fiscal_year(row.day))


def _source(row: ProviderTransaction) -> str:
    return f"{NAME}:{row.provider}:{row.transaction_id}"


def _movement(session: Session, discrepancy: Discrepancy) -> ProviderTransaction | None:
    if discrepancy.kind != "unknown_transaction":
        return None
    query = select(ProviderTransaction).where(
        ProviderTransaction.transaction_id == discrepancy.provider_object, ProviderTransaction.currency == "jpy"
    )
    row = session.scalars(query).first()
    if row is None or row.yen == row.fee_yen or posting_of(session, _source(row)) is not None:
        return None
    return row
