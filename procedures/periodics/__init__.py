"""What the worker does for cases again and again. A task is one file in this folder, with a function `tasks`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from sqlalchemy.orm import Session

from procedures.blobs import Blobs
from procedures.clock.finding import Rules
from procedures.database import Database
from procedures.keeping.holds import Hold
from procedures.morning.concerns import CONCERNS, Concern

AT_ONCE = 100
"""How much one transaction takes on, so that nobody waits long for it."""


@dataclass(frozen=True, slots=True)
class Periodic:
    """Work to be done every `every`, and once when the worker starts; `run` opens its own transactions.

    Several workers may do it at the same time: it bears being done twice.
    """

    name: str
    every: timedelta
    run: Callable[[Database, datetime], object]


@dataclass(frozen=True, slots=True)
class Means:
    """What tasks work with.

    `escalation` says when staff are told of cases that are due, late, or nobody's, `concerns` what those who run the
    installation are told of, `holds` what keeps a case from being erased.
    """

    blobs: Blobs
    escalation: Rules = field(default_factory=Rules)
    concerns: Sequence[Concern] = CONCERNS
    holds: Sequence[Hold] = ()


class Room(Protocol):
    """A module of this folder."""

    def tasks(self, means: Means) -> Sequence[Periodic]:
        """Its tasks. Their names are unlike all others: `area.what`."""
        ...


def periodics(means: Means) -> tuple[Periodic, ...]:
    """Every task of cases. Raises `ValueError` where two have one name, since the worker would do but one of them."""
    rooms: list[Room] = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    found = tuple(task for room in rooms for task in room.tasks(means))
    if len({task.name for task in found}) != len(found):
        raise ValueError("two periodic tasks have one name")
    return found


def in_portions(portion: Callable[[Session, datetime, int], int]) -> Callable[[Database, datetime], int]:
    """A task that calls `portion(session, now, limit)` in transactions of their own until one finds less than that."""

    def run(database: Database, now: datetime) -> int:
        total, found = 0, AT_ONCE
        while found == AT_ONCE:
            with database.write() as session:
                found = portion(session, now, AT_ONCE)
            total += found
        return total

    return run
