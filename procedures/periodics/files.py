"""Files that nobody keeps: uploads that were given up, and bytes whose row was never written."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from procedures.database import Database
from procedures.periodics import Means, Periodic
from procedures.uploads.forgetting import give_up, sweep


def tasks(means: Means) -> Sequence[Periodic]:
    """Giving up, and sweeping."""

    def sweep_blobs(database: Database, now: datetime) -> int:
        return sweep(database, means.blobs, now)

    return (
        Periodic("upload.give_up", timedelta(hours=1), give_up),
        Periodic("blob.sweep", timedelta(hours=6), sweep_blobs),
    )
