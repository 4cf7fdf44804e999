"""Disputes as a provider tells them: a payer's bank takes the money back and asks why it was charged."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

DisputeStatus = Literal["inquiry", "inquiry_closed", "needs_response", "under_review", "won", "lost", "prevented"]
CLOSED: tuple[DisputeStatus, ...] = ("inquiry_closed", "won", "lost", "prevented")


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeMovement:
    """A movement of the balance that a dispute made: `yen` below 0 withdrawn, above 0 reinstated.

    `fee_yen` is what the provider keeps for it; below 0 what it gives back of that.
    """

    id: str
    yen: int
    fee_yen: int
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeState:
    """What the provider knows of a dispute. `evidence_due` is None where the bank allows no answer.

    `inquiry` asks before any money moves; `reason` is the provider's own word.
    """

    id: str
    status: DisputeStatus
    payment_id: str | None
    yen: int
    currency: str
    reason: str
    created_at: datetime
    evidence_due: datetime | None
    evidence_sent: bool
    movements: tuple[DisputeMovement, ...]
