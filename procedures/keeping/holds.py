"""What keeps a case from being erased although its time is over: something about it is not settled."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from procedures.models import Application


@dataclass(frozen=True, slots=True)
class Hold:
    """One reason. `open` is a condition about `Application.id`; the words are `keeping.held_<name>`."""

    name: str
    open: Callable[[], ColumnElement[bool]]


def unheld(holds: Sequence[Hold]) -> list[ColumnElement[bool]]:
    """That none of them holds a case."""
    return [~hold.open() for hold in holds]


def holding(session: Session, holds: Sequence[Hold], cases: Sequence[str]) -> Mapping[str, list[str]]:
    """Of these cases those that are held, with the names of what holds them."""
    found: dict[str, list[str]] = {}
    for hold in holds:
        for case in session.scalars(select(Application.id).where(Application.id.in_(cases), hold.open())):
            found.setdefault(case, []).append(hold.name)
    return found
