"""What a case owes now, as the pages that lead to payment tell it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from payments import charges
from payments.views import ChargeView


@dataclass(frozen=True, slots=True)
class Owed:
    """Charges that are paid together, oldest first; of `late` ones the day is over. `changed`: see `fee_changed`."""

    charges: tuple[ChargeView, ...]
    late: tuple[ChargeView, ...]
    changed: tuple[int, int] | None
    waiting: bool
    begun: bool

    @property
    def yen(self) -> int:
        """All of it."""
        return sum(charge.yen for charge in self.charges)

    @property
    def due_on(self) -> date:
        """The first last day that is still to come; where all are late, the first of them."""
        return min(charge.due_on for charge in (without(self.charges, self.late) or self.charges))

    @property
    def difference_alone(self) -> bool:
        """Whether only a correction's difference is owed, so that the case does not wait for it."""
        return all(charge.purpose == "difference" for charge in self.charges)


def owed_by(session: Session, application_id: str, now: datetime) -> Owed | None:
    """What the case owes; None where that is nothing. The caller has checked that the reader may see the case.

    `waiting`: a konbini number is out. `begun`: money may still come through a pay page or a number.
    """
    owed = tuple(charges.payable(session, application_id, now))
    if not owed:
        return None
    ids = [charge.id for charge in owed]
    return Owed(
        owed,
        tuple(charge for charge in owed if charge.due_at <= now),
        fee_changed(session, charges.for_application(session, application_id), owed),
        charges.number_is_out(session, ids),
        charges.being_paid(session, ids),
    )


def fee_changed(session: Session, every: Sequence[ChargeView], owed: Sequence[ChargeView]) -> tuple[int, int] | None:
    """The fee as it was paid and not given back, and as the correction made it, where that is owed: in yen."""
    more = sum(charge.yen for charge in owed if charge.purpose == "difference")
    if not more:
        return None
    paid = [charge for charge in every if charge.status == "paid" and charge.purpose != "approval"]
    returned = charges.given_back(session, [charge.id for charge in paid])
    kept = sum(charge.yen for charge in paid) - sum(returned.values())
    return kept, kept + more


def without(every: Sequence[ChargeView], those: Sequence[ChargeView]) -> tuple[ChargeView, ...]:
    """The charges that are not among `those`."""
    return tuple(charge for charge in every if charge not in those)
