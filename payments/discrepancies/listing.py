"""The worklist: filtered, counted by kind and by age, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from payments.discrepancies.aging import BANDS, age, band_of, moments
from payments.discrepancies.bank_lines import OF_A_LINE
from payments.discrepancies.reading import discrepancies_where
from payments.models import BankLine, Discrepancy, DiscrepancyProposal
from payments.views import DiscrepancyView
from procedures.days import tokyo_day

Standing = Literal["open", "proposed", "resolved"]
PAGE = 50


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for; None is everything. `assigned` is an actor's key, "" for what nobody looks after."""

    standing: Standing = "open"
    kind: str | None = None
    band: int | None = None
    assigned: str | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list: the discrepancy, the day (Tokyo) it was found, its age in days, whether a proposal waits.

    `line` are day and text of the bank's line that it is about.
    """

    view: DiscrepancyView
    found_on: date
    days: int
    proposed: bool
    line: tuple[date, str] | None


@dataclass(frozen=True, slots=True)
class Worklist:
    """A page of what is looked for, how many there are, and what is open in all by kind and by band of age."""

    items: Sequence[Item]
    count: int
    pages: int
    by_kind: Mapping[str, int]
    by_band: Sequence[int]
    proposed: int


def worklist(session: Session, today: date, wanted: Filter) -> Worklist:
    """The oldest first; of what is resolved the latest."""
    conditions = _conditions(wanted, today)
    count = session.scalar(select(func.count()).select_from(Discrepancy).where(*conditions)) or 0
    pages = max(1, -(-count // PAGE))
    page = min(max(wanted.page, 1), pages)
    views = discrepancies_where(
        session, *conditions, limit=PAGE, offset=(page - 1) * PAGE, newest_first=wanted.standing == "resolved"
    )
    waiting = set(session.scalars(select(DiscrepancyProposal.discrepancy_id).where(_OPEN_PROPOSAL)))
    lines = _lines(session, [view.provider_object for view in views if view.kind in OF_A_LINE])
    items = [
        Item(
            view,
            tokyo_day(view.found_at),
            age(view.found_at, today),
            view.id in waiting,
            lines.get(view.provider_object),
        )
        for view in views
    ]
    return Worklist(items, count, pages, _by_kind(session), _by_band(session, today), len(waiting))


_OPEN_PROPOSAL = DiscrepancyProposal.status == "open"
_STILL_OPEN = Discrepancy.resolved_at.is_(None)


def _conditions(wanted: Filter, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [~_STILL_OPEN if wanted.standing == "resolved" else _STILL_OPEN]
    if wanted.standing == "proposed":
        found.append(Discrepancy.id.in_(select(DiscrepancyProposal.discrepancy_id).where(_OPEN_PROPOSAL)))
    if wanted.kind is not None:
        found.append(Discrepancy.kind == wanted.kind)
    if wanted.assigned is not None:
        found.append(
            Discrepancy.assigned_to == wanted.assigned if wanted.assigned else Discrepancy.assigned_to.is_(None)
        )
    if wanted.band is not None:
        since, until = moments(wanted.band, today)
        found += [Discrepancy.found_at >= since] if since else []
        found += [Discrepancy.found_at < until] if until else []
    return found


def _lines(session: Session, ids: Sequence[str]) -> dict[str, tuple[date, str]]:
    query = select(BankLine.id, BankLine.day, BankLine.text).where(BankLine.id.in_(ids))
    return {row.id: (row.day, row.text) for row in session.execute(query)}


def _by_kind(session: Session) -> dict[str, int]:
    query = select(Discrepancy.kind, func.count()).where(_STILL_OPEN).group_by(Discrepancy.kind)
    return {kind: int(count) for kind, count in session.execute(query.order_by(func.count().desc(), Discrepancy.kind))}


def _by_band(session: Session, today: date) -> list[int]:
    counts = [0] * len(BANDS)
    for found_at in session.scalars(select(Discrepancy.found_at).where(_STILL_OPEN)):
        counts[band_of(age(found_at, today))] += 1
    return counts
