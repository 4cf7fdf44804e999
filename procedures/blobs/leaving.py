"""Bytes leave after the commit that let go of them: by a job, so that none is missed."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from procedures import jobs
from procedures.blobs import Blobs
from procedures.database import Database

JOB = "blob.delete"


def delete_later(session: Session, now: datetime, keys: Iterable[str]) -> None:
    """Have these files' bytes deleted once this transaction has been committed; no keys, no job."""
    if found := sorted(keys):
        jobs.enqueue(session, now, JOB, {"keys": found})


def handler(blobs: Blobs) -> jobs.Handler:
    """Deletes the bytes of files that nobody keeps any more."""

    def delete(_database: Database, job: jobs.ClaimedJob, _now: datetime) -> None:
        for key in job.payload["keys"]:
            blobs.delete(key)

    return delete
