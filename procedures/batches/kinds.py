"""What can be done to many cases. A kind is one entry here; what it does to one case is a service call."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from procedures.actors import Actor

Act = Callable[[Session, Actor, datetime, "Item"], object]
"""Does it to one case, in a transaction of its own. Raises what the service raises."""
Look = Callable[[Session, Actor, Collection[str]], Mapping[str, str]]
"""What of each case is seen when a batch is prepared: a case that changed meanwhile is told apart by it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One case of a running batch, with what the act needs. `batch_id` tells two batches apart."""

    batch_id: str
    application_id: str
    seen: str | None
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of batch. `action` is its row in the table of authority.

    `at_once`: it needs nothing besides the cases and can be taken back, so that nobody is asked twice. `grave`: who
    confirms it signs in again.
    """

    id: str
    action: str
    act: Act
    look: Look | None = None
    at_once: bool = False
    grave: bool = False
