"""Cases of somebody who does not work in the case's office any more: they fall back to those that nobody has."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from procedures.actors import EVERYWHERE, SYSTEM
from procedures.assigning import hands, moves, telling
from procedures.assigning.arriving import arrived
from procedures.models import Application, StaffRole

_application = Application.__table__


def let_fall(session: Session, now: datetime, limit: int = 100) -> int:
    """Free up to `limit` cases; returns how many. Call again until it finds less."""
    still_there = (
        select(StaffRole.person_id)
        .where(StaffRole.person_id == _application.c.claimed_by, StaffRole.role == "clerk")
        .where(or_(StaffRole.office == _application.c.office, StaffRole.office == EVERYWHERE))
        .exists()
    )
    query = (
        select(_application)
        .where(_application.c.claimed_by.is_not(None), ~still_there)
        .where(_application.c.status.in_([status.value for status in hands.HELD]))
        .order_by(_application.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = session.execute(query).all()
    telling.tell(session, now, SYSTEM, *(case.claimed_by for case in rows))
    for case in rows:
        hands.hold(session, now, case.id, None)
        arrived(session, now, case.id)
        moves.write(session, SYSTEM, now, case, "fallen")
    return len(rows)
