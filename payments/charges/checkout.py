"""Opening the pay page of a charge: one charge, one open checkout, however often somebody clicks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from payments.providers import Provider
from procedures.actors import Actor
from procedures.database import Database


@dataclass(frozen=True, slots=True)
class Opened:
    """Where the payer goes: `open` with the pay page's `url`; `waiting` with the page of the konbini number, which
    can be paid until `until`; `paid` (being settled, nothing to do), `url` None.
    """

    state: Literal["open", "waiting", "paid"]
    url: str | None
    until: datetime | None


class NothingToPay(Exception):
    """The case has no charge that waits for payment (any more)."""


def open_checkout(
    database: Database,
    provider: Provider,
    actor: Actor,
    now: datetime,
    application_id: str,
    *,
    success_url: str,
    cancel_url: str,
    another_way: bool = False,
) -> Opened:
    """Open the pay page of the actor's case, or find the one that is open. Speaks to the provider: call it outside
    any transaction. `another_way` gives up a konbini number that waits, to pay differently.

    Raises `NotFound` (no such case, or somebody else's), `NothingToPay`, `ProviderUnavailable`, `ProviderRefused`.
    """
    raise NotImplementedError
