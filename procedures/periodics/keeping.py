"""What has been kept long enough goes; keys are wrapped anew by the master key in use."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from procedures.database import Database
from procedures.keeping.due import erase_due
from procedures.keeping.people import forget_invitations, forget_mandates, forget_people
from procedures.keeping.short_lived import forget, forget_jobs, write_through
from procedures.keyring.rotating import rewrap
from procedures.periodics import Means, Periodic, in_portions


def tasks(means: Means) -> Sequence[Periodic]:
    """Cases, what is short-lived, accounts, keys."""

    def erase_cases(database: Database, now: datetime) -> int:
        erased = in_portions(partial(erase_due, holds=means.holds))(database, now)
        if erased:
            write_through(database)
        return erased

    def forget_short_lived(database: Database, now: datetime) -> object:
        with database.write() as session:
            return forget(session, now)

    def forget_unneeded(database: Database, now: datetime) -> None:
        in_portions(forget_mandates)(database, now)
        in_portions(forget_people)(database, now)
        with database.write() as session:
            forget_invitations(session, now)
        write_through(database)

    return (
        Periodic("keeping.erase", timedelta(hours=1), erase_cases),
        Periodic("keeping.forget", timedelta(hours=6), forget_short_lived),
        Periodic("keeping.jobs", timedelta(hours=6), in_portions(forget_jobs)),
        Periodic("keeping.people", timedelta(days=1), forget_unneeded),
        Periodic("keys.rewrap", timedelta(minutes=10), lambda database, _now: rewrap(database)),
    )
