"""What a case costs, what was paid and given back, and what a payer's bank took back."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from payments.charges import for_application
from payments.disputes import reading as disputes
from payments.refunds import reading as refunds
from payments.views import ChargeView
from web.desk.panels import Look


@dataclass(frozen=True, slots=True)
class Money:
    """All of a case, oldest first. `unpaid`: what a correction costs more and is not paid."""

    charges: Sequence[ChargeView]
    refunds: Sequence[refunds.RefundView]
    disputes: Sequence[disputes.DisputeView]

    @property
    def unpaid(self) -> list[ChargeView]:
        """What a correction costs more, while it is owed."""
        return [one for one in self.charges if one.purpose == "difference" and one.status == "demanded"]


def read(session: Session, look: Look) -> Money:
    """Three statements."""
    id_ = look.case.application_id
    return Money(
        for_application(session, id_), refunds.of_application(session, id_), disputes.of_application(session, id_)
    )
