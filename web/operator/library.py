"""The published versions and which of them are in force."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.model import Text
from procedures.library import by_digest
from procedures.models import PublishedProcedure


@dataclass(frozen=True, slots=True)
class Version:
    """One version; `state` is current, later, earlier or suspended."""

    procedure_id: str
    title: Text
    version: date
    published_at: datetime
    digest: str
    state: str


def versions(session: Session, today: date) -> list[Version]:
    """Every published version, by procedure, the newest first."""
    rows = session.execute(
        select(
            PublishedProcedure.procedure_id,
            PublishedProcedure.version,
            PublishedProcedure.published_at,
            PublishedProcedure.digest,
            PublishedProcedure.suspended,
        ).order_by(PublishedProcedure.procedure_id, PublishedProcedure.version.desc())
    ).all()
    in_force: set[str] = set()
    found = []
    for row in rows:
        state = "suspended" if row.suspended else _state(row.version, today, in_force, row.procedure_id)
        if state == "current":
            in_force.add(row.procedure_id)
        title = by_digest(session, row.digest).title
        found.append(Version(row.procedure_id, title, row.version, row.published_at, row.digest, state))
    return found


def _state(version: date, today: date, in_force: set[str], procedure_id: str) -> str:
    if version > today:
        return "later"
    return "earlier" if procedure_id in in_force else "current"
