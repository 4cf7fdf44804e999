"""For whom somebody may decide today: who named them, with the posts that those have now."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.model import Stage
from procedures.actors import EVERYWHERE, Actor
from procedures.authority import may
from procedures.models import Deputy, Person, StaffRole


def standing_in(session: Session, deputy: Actor, office: str, stage: Stage | None, day: date) -> list[Actor]:
    """Those in whose place `deputy` may act at this stage of a case of `office` on `day` (Tokyo).

    What the absent one may not do (any more), nobody does for them: their posts are looked up anew.
    """
    query = (
        select(Deputy.absent, Deputy.stages)
        .where(Deputy.deputy == deputy.id, Deputy.ended_at.is_(None), Deputy.office.in_((office, EVERYWHERE)))
        .where(Deputy.from_on <= day, Deputy.until_on >= day)
        .order_by(Deputy.named_at)
    )
    names = [row.absent for row in session.execute(query) if not row.stages or (stage and stage.id in row.stages)]
    role = stage.role if stage else "approver"
    absent = [as_actor(session, person_id) for person_id in dict.fromkeys(names)]
    return [one for one in absent if may(one, "case.endorse", office, as_role=role)]


def as_actor(session: Session, person_id: str) -> Actor:
    """A member of staff with today's posts."""
    name = session.scalar(select(Person.name).where(Person.id == person_id)) or person_id
    rows = session.execute(select(StaffRole.role, StaffRole.office).where(StaffRole.person_id == person_id))
    return Actor("staff", person_id, name, frozenset((row.role, row.office) for row in rows))
