"""The orders in which a queue is listed, and going on from a place in one of them.

Pages begin after the last case of the page before, not at a number: the thousandth page costs what the first does, and
a case that joins or leaves the queue meanwhile neither repeats nor hides another.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, tuple_

from procedures.models import Application, CaseMessage
from procedures.models.base import UtcDateTime

Rows = TypeVar("Rows", bound=tuple[Any, ...])


@dataclass(frozen=True, slots=True)
class Place:
    """Beside which case a page begins, by what the order goes by; `back`: the page before it is wanted.

    `on` is the due day, where the order goes by it (None for a case without one).
    """

    at: datetime
    application_id: str
    on: date | None = None
    back: bool = False


class Ordering(Protocol):
    """One order."""

    def page(self, query: Select[Rows], place: Place | None) -> Select[Rows]:
        """The query in this order from the place on; before a place, in the opposite order."""
        ...

    def place_of(self, row: Application, message_since: datetime | None) -> Place:
        """The place of a case that was listed; `message_since` is since when a message of it waits."""
        ...


@dataclass(frozen=True, slots=True)
class ByMoment:
    """By one moment, then by the id."""

    moment: ColumnElement[Any]
    of: Callable[[Application, datetime | None], datetime | None]
    newest_first: bool

    def page(self, query: Select[Rows], place: Place | None) -> Select[Rows]:
        """See `Ordering`."""
        falling = self.newest_first is not bool(place and place.back)
        keys = (self.moment, Application.id)
        if place is not None:
            query = query.where(_beyond(keys, (place.at, place.application_id), falling=falling))
        return query.order_by(*(key.desc() if falling else key.asc() for key in keys))

    def place_of(self, row: Application, message_since: datetime | None) -> Place:
        """See `Ordering`."""
        return Place(self.of(row, message_since) or row.created_at, row.id)


@dataclass(frozen=True, slots=True)
class ByDueDay:
    """By the day a case is due, those without one last; of one day, what was submitted first."""

    def page(self, query: Select[Rows], place: Place | None) -> Select[Rows]:
        """See `Ordering`."""
        back = bool(place and place.back)
        if place is not None:
            query = query.where(self._beyond(place))
        due, keys = Application.due_on, (Application.submitted_at, Application.id)
        if back:
            return query.order_by(due.desc().nulls_first(), *(key.desc() for key in keys))
        return query.order_by(due.asc().nulls_last(), *keys)

    @staticmethod
    def _beyond(place: Place) -> ColumnElement[bool]:
        keys = (Application.submitted_at, Application.id)
        due, same = Application.due_on, _beyond(keys, (place.at, place.application_id), falling=place.back)
        if place.on is None:
            here = and_(due.is_(None), same)
            return or_(due.is_not(None), here) if place.back else here
        here = and_(due == place.on, same)
        return or_(due < place.on, here) if place.back else or_(due > place.on, due.is_(None), here)

    def place_of(self, row: Application, message_since: datetime | None) -> Place:
        """See `Ordering`."""
        return Place(row.submitted_at or row.created_at, row.id, row.due_on)


def _beyond(keys: Sequence[ColumnElement[Any]], values: tuple[datetime, str], *, falling: bool) -> ColumnElement[bool]:
    """Behind these values in the order of the keys; databases find it in an index by the whole row of them."""
    place = tuple_(literal(values[0], UtcDateTime), literal(values[1]))
    return tuple_(*keys) < place if falling else tuple_(*keys) > place


_WAITING_SINCE = (
    select(func.min(CaseMessage.at))
    .where(CaseMessage.application_id == Application.id, CaseMessage.settled_at.is_(None))
    .scalar_subquery()
)

BY_DUE_DAY: Ordering = ByDueDay()
BY_END: Ordering = ByMoment(Application.status_changed_at, lambda row, _: row.status_changed_at, newest_first=True)
BY_SUBMISSION: Ordering = ByMoment(Application.submitted_at, lambda row, _: row.submitted_at, newest_first=True)
BY_MESSAGE: Ordering = ByMoment(_WAITING_SINCE, lambda _, since: since, newest_first=False)
"""By when the oldest message that waits for an answer was written."""
