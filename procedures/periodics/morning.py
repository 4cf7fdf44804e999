"""Operators, managers and finance are told in the morning what failed or waits."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from procedures.database import Database
from procedures.morning.telling import tell
from procedures.periodics import Means, Periodic


def tasks(means: Means) -> Sequence[Periodic]:
    """Looking every quarter of an hour; each person is told once a day at most."""

    def tell_all(database: Database, now: datetime) -> int:
        with database.write() as session:
            return tell(session, now, means.concerns)

    return (Periodic("morning.tell", timedelta(minutes=15), tell_all),)
