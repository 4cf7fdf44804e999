"""What the worker does for payments: handlers by kind, and what it does again and again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from payments.providers import Provider
from procedures.database import Database
from procedures.jobs import Handler


@dataclass(frozen=True, slots=True)
class Periodic:
    """Work to be done every `every`; `run` speaks to the provider and opens its own transactions."""

    name: str
    every: timedelta
    run: Callable[[Database, datetime], None]


def handlers(provider: Provider) -> Mapping[str, Handler]:
    """The handlers of payments' jobs by kind."""
    raise NotImplementedError


def periodic(provider: Provider) -> tuple[Periodic, ...]:
    """The sweep for missed webhooks, lapses, and the import of transactions."""
    raise NotImplementedError
