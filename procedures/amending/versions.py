"""Which version a draft may be submitted on."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from engine.model import Procedure
from procedures import library
from procedures.models import PublishedProcedure
from procedures.storing.fixed import Fixed

_published = PublishedProcedure.__table__
_LATER = Fixed(
    select(_published.c.digest, _published.c.suspended)
    .where(
        _published.c.procedure_id == bindparam("procedure_id"),
        _published.c.version > bindparam("version"),
        _published.c.version <= bindparam("day"),
    )
    .order_by(_published.c.version)
)


def open_to_drafts(session: Session, procedure: Procedure, day: date) -> Procedure:
    """The version for drafts that are on `procedure`, on `day` in Tokyo: it itself, as long as it is open to them.

    It is until a later version is in force whose days of grace (`draft: {grace_days: …}`) are over. While the version
    in force is suspended, drafts stay where they are: nobody can say what they would move to.
    """
    rows = later(session, procedure, day)
    if not rows or rows[-1].suspended:
        return procedure
    versions = [library.by_digest(session, row.digest) for row in rows]
    closed = any(one.version + timedelta(days=one.draft_grace_days) <= day for one in versions)
    return versions[-1] if closed else procedure


def between(session: Session, old: Procedure, new: Procedure) -> list[Procedure]:
    """The versions on the way from `old`, which is left out, to `new`, in their order."""
    return [library.by_digest(session, row.digest) for row in later(session, old, new.version)]


def later(session: Session, procedure: Procedure, day: date) -> list[Row[Any]]:
    """The later versions in force by `day` (digest, suspended), oldest first: usually none."""
    values = {"procedure_id": procedure.id, "version": procedure.version, "day": day}
    return _LATER.all(session, values)
