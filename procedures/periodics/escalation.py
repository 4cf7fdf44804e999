"""Staff are told of cases that are due, late, or nobody's."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from procedures.clock.escalating import escalate
from procedures.database import Database
from procedures.periodics import Means, Periodic


def tasks(means: Means) -> Sequence[Periodic]:
    """Looking every quarter of an hour; each is told once a day at most."""

    def tell(database: Database, now: datetime) -> int:
        with database.write() as session:
            return escalate(session, now, means.escalation)

    return (Periodic("escalation.tell", timedelta(minutes=15), tell),)
