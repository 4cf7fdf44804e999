"""Of other systems: tokens whose time is over, and files that no submission came for."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from procedures.clients import proving, uploads
from procedures.database import Database
from procedures.periodics import Means, Periodic, in_portions


def tasks(_means: Means) -> Sequence[Periodic]:
    """Two, each hour."""
    return (
        Periodic("client.forget", timedelta(hours=1), _forget),
        Periodic("client.uploads", timedelta(hours=1), in_portions(uploads.give_up)),
    )


def _forget(database: Database, now: datetime) -> None:
    with database.write() as session:
        proving.forget(session, now)
