"""Nothing is posted: it was looked into and is right, or is put right elsewhere."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from payments.discrepancies.actions import HELD, UNPOSTED, Choice, Step
from payments.models import Discrepancy

NAME = "explained"
ORDER = 90
NEEDS_TARGET = False


def fits(_session: Session, discrepancy: Discrepancy) -> bool:
    """Not where money would be left lying."""
    return discrepancy.kind not in HELD | UNPOSTED


def choices(_session: Session, _discrepancy: Discrepancy) -> Sequence[Choice]:
    """None."""
    return ()


def carry_out(_session: Session, _step: Step) -> None:
    """Nothing is posted."""
    return
