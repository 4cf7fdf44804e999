"""Fetching the provider's transactions, keeping each once, posting what the provider kept as its fee."""

from datetime import datetime

from payments.providers import Provider
from procedures.database import Database


def import_transactions(database: Database, provider: Provider, now: datetime, since: datetime) -> int:
    """Import what was created from `since` until `now`; answers how many were new. Raises `ProviderUnavailable`."""
    raise NotImplementedError
