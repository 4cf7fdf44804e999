"""One day's money: demanded, collected by method, outstanding, by account, entry by entry."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from payments.views import ChargeView, DiscrepancyView, PostingView


@dataclass(frozen=True, slots=True)
class Figure:
    """How many, and how much in yen."""

    count: int
    yen: int


@dataclass(frozen=True, slots=True)
class AccountFigure:
    """One 歳入科目 on this day, in yen: demanded, collected, taken back (lapsed or cancelled), and still outstanding."""

    account: str
    title: str
    demanded: int
    collected: int
    reversed: int
    outstanding: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOverview:
    """A day of Tokyo. `outstanding` is as the ledger stands at the end of the day."""

    day: date
    demanded: Figure
    collected: Figure
    lapsed: Figure
    outstanding: Figure
    collected_by_method: dict[str, Figure]
    provider_fees: Figure
    accounts: tuple[AccountFigure, ...]
    charges_demanded: tuple[ChargeView, ...]
    charges_collected: tuple[ChargeView, ...]
    charges_lapsed: tuple[ChargeView, ...]
    charges_outstanding: tuple[ChargeView, ...]
    postings: tuple[PostingView, ...]
    discrepancies: tuple[DiscrepancyView, ...]


def overview(session: Session, day: date) -> DayOverview:
    """The money of `day` (Tokyo)."""
    raise NotImplementedError
