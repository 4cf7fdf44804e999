"""Submitting: the whole checked again, priced, and frozen for ever."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from engine.fees import FeeQuote
from engine.lifecycle import Status
from procedures.actors import Actor


@dataclass(frozen=True, slots=True)
class Submitted:
    """The result. `quote` is the frozen price (None: free of charge); `pay_by` is set when it is due now."""

    application_id: str
    reference: str
    status: Status
    quote: FeeQuote | None
    pay_by: date | None


def submit(session: Session, actor: Actor, now: datetime, application_id: str, revision: int, seen: str) -> Submitted:
    """Submit the draft at `revision`; `seen` is what the resident saw and agreed to.

    Raises `NotFound`, `AlreadySubmitted`, `StaleDraft`, `NotComplete`, and engine's `NoRate`/`UnknownFee` (a stop).
    """
    raise NotImplementedError
