"""Money that the provider moved without telling us of its checkout: recorded as held."""

from datetime import datetime
from typing import cast

from sqlalchemy.orm import Session

from payments.models import ProviderTransaction
from payments.providers import Method, Taken
from payments.settlement.judging import unknown
from payments.settlement.outcomes import Arrival, hold

NO_CHECKOUT = "-"


def hold_movement(session: Session, now: datetime, row: ProviderTransaction) -> None:
    """Record a payment from the provider's list of movements, in suspense, as one of an unknown charge."""
    taken = Taken(
        payment_id=str(row.payment_id),
        provider_charge_id=row.source_id or NO_CHECKOUT,
        method=cast("Method", row.method or "unknown"),
        yen=row.yen,
        currency=row.currency,
        authorised_at=row.created_at,
        captured_at=row.created_at,
        transaction_id=row.transaction_id,
        fee_yen=row.fee_yen,
        available_at=row.available_at,
    )
    hold(session, Arrival(row.provider, now, NO_CHECKOUT, {}, taken), [], unknown({}))
