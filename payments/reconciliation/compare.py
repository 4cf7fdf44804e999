"""What matches on a day and what does not, from charges, ledger and imported transactions."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that does not match; amounts in yen, None where there is nothing on that side."""

    kind: str
    charge_id: str | None
    reference: str | None
    provider_object: str | None
    expected_yen: int | None
    found_yen: int | None

    def say(self, language: str) -> str:
        """What is wrong and what to do, for the finance officer."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A day compared. `imported_until` is how far the provider's transactions are known; None: never imported."""

    day: date
    matched: int
    matched_yen: int
    mismatches: tuple[Mismatch, ...]
    imported_until: datetime | None


def compare(session: Session, day: date) -> Reconciliation:
    """Compare a day of Tokyo; reads only, asks nobody."""
    raise NotImplementedError
