"""Money at the provider of which nothing is recorded is taken into suspense, where it can be refunded or applied."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.discrepancies.actions import Choice, Step
from payments.discrepancies.rules import ResolutionRefused
from payments.ledger import posting_of
from payments.models import Discrepancy, Payment, ProviderTransaction
from payments.settlement.holding import hold_movement
from payments.settlement.outcomes import receipt_source

NAME = "hold"
ORDER = 30
NEEDS_TARGET = False


def fits(session: Session, discrepancy: Discrepancy) -> bool:
    """A payment that the provider took and we never recorded."""
    return _movement(session, discrepancy) is not None


def choices(_session: Session, _discrepancy: Discrepancy) -> Sequence[Choice]:
    """None."""
    return ()


def carry_out(session: Session, step: Step) -> int | None:
    """To suspense, with a discrepancy of its own that says so."""
    row = _movement(session, step.discrepancy)
    if row is None:
        raise ResolutionRefused("moved")
    hold_movement(session, step.now, row)
    return posting_of(session, receipt_source(row.provider, str(row.payment_id)))


def _movement(session: Session, discrepancy: Discrepancy) -> ProviderTransaction | None:
    if discrepancy.kind != "not_recorded":
        return None
    recorded = select(Payment.id).where(
        Payment.provider == ProviderTransaction.provider, Payment.payment_id == ProviderTransaction.payment_id
    )
    query = select(ProviderTransaction).where(
        ProviderTransaction.transaction_id == discrepancy.provider_object,
        ProviderTransaction.payment_id.is_not(None),
        ProviderTransaction.currency == "jpy",
        ProviderTransaction.yen > 0,
        ~recorded.exists(),
    )
    return session.scalars(query).first()
