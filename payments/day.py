"""One day's money: demanded, collected by method, outstanding, by account, entry by entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from payments.days import end_of, start_of
from payments.demands.reading import charges_where
from payments.discrepancies import discrepancies_where
from payments.ledger import balances
from payments.models import Charge, Discrepancy, LedgerAccount, LedgerPosting
from payments.postings import postings_where
from payments.views import ChargeView, DiscrepancyView, PostingView


@dataclass(frozen=True, slots=True)
class Figure:
    """How many, and how much in yen."""

    count: int
    yen: int


@dataclass(frozen=True, slots=True)
class AccountFigure:
    """One 歳入科目 on this day, in yen; `reversed` is what lapsed or was cancelled."""

    account: str
    title: str
    demanded: int
    collected: int
    reversed: int
    outstanding: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOverview:
    """A day of Tokyo. `outstanding` is as things stood at the end of the day."""

    day: date
    demanded: Figure
    collected: Figure
    lapsed: Figure
    cancelled: Figure
    outstanding: Figure
    collected_by_method: dict[str, Figure]
    provider_fees: Figure
    accounts: tuple[AccountFigure, ...]
    charges_demanded: tuple[ChargeView, ...]
    charges_collected: tuple[ChargeView, ...]
    charges_lapsed: tuple[ChargeView, ...]
    charges_cancelled: tuple[ChargeView, ...]
    charges_outstanding: tuple[ChargeView, ...]
    postings: tuple[PostingView, ...]
    discrepancies: tuple[DiscrepancyView, ...]


def overview(session: Session, day: date) -> DayOverview:
    """The money of `day` (Tokyo)."""
    since, until = start_of(day), end_of(day)
    demanded = charges_where(session, Charge.demanded_at >= since, Charge.demanded_at < until)
    collected = charges_where(session, Charge.status == "paid", Charge.paid_at >= since, Charge.paid_at < until)
    ended = charges_where(session, Charge.ended_at >= since, Charge.ended_at < until)
    lapsed = [charge for charge in ended if charge.status == "lapsed"]
    cancelled = [charge for charge in ended if charge.status == "cancelled"]
    outstanding = charges_where(
        session,
        Charge.demanded_at < until,
        or_(Charge.paid_at.is_(None), Charge.paid_at >= until),
        or_(Charge.ended_at.is_(None), Charge.ended_at >= until),
    )
    postings = postings_where(session, LedgerPosting.day == day)
    still_open = or_(Discrepancy.resolved_at.is_(None), Discrepancy.resolved_at >= until)
    fees = [entry.yen for posting in postings if posting.kind == "fee" for entry in posting.entries]
    return DayOverview(
        day=day,
        demanded=_figure(demanded),
        collected=_figure(collected),
        lapsed=_figure(lapsed),
        cancelled=_figure(cancelled),
        outstanding=_figure(outstanding),
        collected_by_method=_by_method(collected),
        provider_fees=Figure(len(fees), sum(fees)),
        accounts=_accounts(session, day, postings),
        charges_demanded=tuple(demanded),
        charges_collected=tuple(collected),
        charges_lapsed=tuple(lapsed),
        charges_cancelled=tuple(cancelled),
        charges_outstanding=tuple(outstanding),
        postings=tuple(postings),
        discrepancies=tuple(discrepancies_where(session, Discrepancy.found_at < until, still_open)),
    )


def _figure(charges: Sequence[ChargeView]) -> Figure:
    return Figure(len(charges), sum(charge.yen for charge in charges))


def _by_method(charges: Sequence[ChargeView]) -> dict[str, Figure]:
    methods = sorted({charge.method or "unknown" for charge in charges})
    return {
        method: _figure([charge for charge in charges if (charge.method or "unknown") == method]) for method in methods
    }


def _accounts(session: Session, day: date, postings: Sequence[PostingView]) -> tuple[AccountFigure, ...]:
    """Every 歳入科目 that moved on the day or is still owed something, from the ledger alone."""
    standing = balances(session, day)
    rows = session.execute(
        select(LedgerAccount.revenue_code, LedgerAccount.code, LedgerAccount.title)
        .where(LedgerAccount.kind == "receivable")
        .order_by(LedgerAccount.revenue_code)
    )
    moved = {kind: _moved(postings, *kinds) for kind, kinds in _KINDS.items()}
    figures = [
        AccountFigure(
            str(account),
            title,
            moved["demanded"].get(code, 0),
            -moved["collected"].get(code, 0),
            -moved["reversed"].get(code, 0),
            standing.get(code, 0),
        )
        for account, code, title in rows
    ]
    return tuple(row for row in figures if row.demanded or row.collected or row.reversed or row.outstanding)


_KINDS = {"demanded": ("demand",), "collected": ("receipt",), "reversed": ("lapse", "cancel")}


def _moved(postings: Sequence[PostingView], *kinds: str) -> dict[str, int]:
    """Debits minus credits by account over the postings of these kinds."""
    totals: dict[str, int] = {}
    for posting in postings:
        if posting.kind in kinds:
            for entry in posting.entries:
                totals[entry.debit] = totals.get(entry.debit, 0) + entry.yen
                totals[entry.credit] = totals.get(entry.credit, 0) - entry.yen
    return totals
