"""What an office's manager settles: whether cases are assigned by themselves, and who takes how much."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from procedures import audit
from procedures.actors import Actor
from procedures.assigning import colleagues
from procedures.assigning.choosing import WHOLE
from procedures.authority import require
from procedures.errors import NotFound
from procedures.models import OfficeAssigning, WorkShare

SHARES = (100, 75, 50, 25, 0)
"""Percent that somebody's share can be; at 0 they get nothing by itself."""


def switch(session: Session, actor: Actor, now: datetime, office: str, *, automatic: bool) -> None:
    """Let cases of the office be assigned by themselves, or no more. Raises `NotFound` but for its manager."""
    _require_manager(actor, office)
    row = session.get(OfficeAssigning, office)
    if row is not None and row.automatic is automatic:
        return
    if row is None:
        row = OfficeAssigning(office=office)
        session.add(row)
    row.automatic, row.changed_by, row.changed_at = automatic, actor.id, now
    session.flush()
    audit.record(session, actor, now, "assigning.switch", office, note="on" if automatic else "off")


def is_automatic(session: Session, office: str) -> bool:
    """Whether cases of the office are assigned by themselves."""
    found = session.execute(select(OfficeAssigning.automatic).where(OfficeAssigning.office == office))
    return bool(found.scalar_one_or_none())


def share(session: Session, actor: Actor, now: datetime, office: str, person_id: str, percent: int) -> None:
    """Settle how much of the office's work a clerk takes, one of `SHARES`.

    Raises `NotFound` but for its manager, and for somebody who is no clerk there; `ValueError` for another share.
    """
    _require_manager(actor, office)
    if percent not in SHARES:
        raise ValueError(percent)
    if not colleagues.serves(session, person_id, "clerk", office):
        raise NotFound(person_id)
    row = session.get(WorkShare, (person_id, office))
    if (row.percent if row else WHOLE) == percent:
        return
    if row is None:
        row = WorkShare(person_id=person_id, office=office)
        session.add(row)
    row.percent = percent
    session.flush()
    audit.record(session, actor, now, "assigning.share", person_id, note=f"{office} {percent}")


def _require_manager(actor: Actor, office: str) -> None:
    require(actor, "assigning.settle", office, office)
