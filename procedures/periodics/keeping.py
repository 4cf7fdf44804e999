"""What has been kept long enough goes; keys are wrapped anew by the master key in use."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from procedures.database import Database
from procedures.keeping.due import erase_due
from procedures.keeping.short_lived import forget
from procedures.keyring.rotating import rewrap
from procedures.periodics import Means, Periodic, in_portions


def tasks(_means: Means) -> Sequence[Periodic]:
    """Cases, what is short-lived, keys."""

    def forget_short_lived(database: Database, now: datetime) -> object:
        with database.write() as session:
            return forget(session, now)

    return (
        Periodic("keeping.erase", timedelta(hours=1), in_portions(erase_due)),
        Periodic("keeping.forget", timedelta(hours=6), forget_short_lived),
        Periodic("keys.rewrap", timedelta(minutes=10), lambda database, _now: rewrap(database)),
    )
