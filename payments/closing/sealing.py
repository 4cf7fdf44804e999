"""Sealing a day: its sheet frozen, chained by hash to the day before, and nothing posted on it any more."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from payments.closing.computing import first_day, sheet_of
from payments.discrepancies import discrepancies_where
from payments.models import ClosingHead, DayClosing, Discrepancy
from payments.views import DiscrepancyView
from procedures.actors import Actor
from procedures.days import tokyo_day
from procedures.models import to_json

LONGEST_REASON = 400
_head = ClosingHead.__table__


class NotClosable(Exception):
    """The day cannot be closed; `day` is the one that stands in the way."""

    def __init__(self, day: date) -> None:
        self.day = day
        super().__init__(str(day))


class AlreadyClosed(NotClosable):
    """It is closed, and stays so."""


class NotOver(NotClosable):
    """It is not over in Tokyo."""


class OpenDaysBefore(NotClosable):
    """Days before it are open; `day` is the first of them."""


class Unresolved(NotClosable):
    """Something does not match, and nobody said why the day is closed nevertheless."""

    def __init__(self, day: date, open_ones: Sequence[DiscrepancyView]) -> None:
        self.open_ones = tuple(open_ones)
        super().__init__(day)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that did not match when the day was closed, as it stands on the sheet; `found_on` is a day of Tokyo."""

    id: str
    kind: str
    reference: str
    subject: str
    expected: str
    found: str
    found_on: str


def next_to_close(session: Session, today: date) -> date | None:
    """The first open day that is over and can be closed; None when all are, or nothing was ever posted."""
    last = session.execute(select(_head.c.day).where(_head.c.id == 1)).scalar_one()
    day = first_day(session) if last is None else last + timedelta(days=1)
    return day if day is not None and day < today else None


def unresolved(session: Session) -> Sequence[DiscrepancyView]:
    """What does not match and waits for a person, the oldest first."""
    return discrepancies_where(session, Discrepancy.resolved_at.is_(None))


def seal(session: Session, actor: Actor, now: datetime, day: date, reason: str | None = None) -> None:
    """Close a day of Tokyo. The transaction must be one of its own: who posts meanwhile waits for it.

    Raises `AlreadyClosed`, `NotOver`, `OpenDaysBefore`, and `Unresolved` when something does not match and no `reason`
    is given. No audit row is written here: it would be locked in the other order than by who posts. The row itself
    says who and when, and cannot be changed.
    """
    head = session.execute(select(_head.c.day, _head.c.hash).where(_head.c.id == 1).with_for_update()).one()
    _may_be_closed(session, now, day, head.day)
    waiting = unresolved(session)
    if waiting and not reason:
        raise Unresolved(day, waiting)
    figures = {"sheet": sheet_of(session, day).to_json(), "waiting": [asdict(_kept(view)) for view in waiting]}
    row = {"day": day, "closed_at": now, "closed_by": actor.key, "reason": reason or None, "figures": figures}
    row |= {"previous": head.hash}
    row |= {"hash": hash_of(row)}
    session.execute(insert(DayClosing.__table__), row)
    session.execute(update(_head).where(_head.c.id == 1).values(day=day, hash=row["hash"]))


def hash_of(row: dict[str, Any]) -> str:
    """SHA-256 over every column but `hash`, in one spelling, the moment in UTC."""
    content = {key: value for key, value in row.items() if key != "hash"}
    content["closed_at"] = row["closed_at"].astimezone(UTC).isoformat()
    return sha256(to_json({**content, "day": str(row["day"])}).encode()).hexdigest()


def _may_be_closed(session: Session, now: datetime, day: date, last: date | None) -> None:
    if last is not None and day <= last:
        raise AlreadyClosed(day)
    if day >= tokyo_day(now):
        raise NotOver(day)
    first = first_day(session) if last is None else last + timedelta(days=1)
    if first is not None and first < day:
        raise OpenDaysBefore(first)


def _kept(view: DiscrepancyView) -> Waiting:
    found_on = str(tokyo_day(view.found_at))
    return Waiting(view.id, view.kind, view.reference or "", view.provider_object, view.expected, view.found, found_on)
