"""Working on a discrepancy: who looks after it, and what was found out."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from payments.discrepancies.locking import lock
from payments.discrepancies.rules import ResolutionRefused, checked_text
from payments.models import DiscrepancyNote
from procedures import audit
from procedures.actors import Actor
from procedures.authority import require
from procedures.models import Person, StaffRole, new_id

FINANCE = "finance"


def write_note(session: Session, actor: Actor, now: datetime, discrepancy_id: str, text: str) -> None:
    """Write down what was found out; it stays. Raises `NotFound`, `ResolutionRefused`."""
    require(actor, "finance.discrepancy", None, discrepancy_id)
    row = {
        "id": new_id(),
        "discrepancy_id": lock(session, discrepancy_id).id,
        "author": actor.key,
        "text": checked_text(text, "note"),
        "written_at": now,
    }
    session.execute(insert(DiscrepancyNote), [row])
    audit.record(session, actor, now, "discrepancy.note", discrepancy_id)


def assign(session: Session, actor: Actor, now: datetime, discrepancy_id: str, person_id: str) -> None:
    """Say who looks after it: a person of finance, or nobody (""). Raises `NotFound`, `ResolutionRefused`."""
    require(actor, "finance.discrepancy", None, discrepancy_id)
    if person_id and person_id not in dict(finance_people(session)):
        raise ResolutionRefused("person")
    found = lock(session, discrepancy_id)
    if found.resolved_at is not None:
        raise ResolutionRefused("resolved")
    found.assigned_to = f"person:{person_id}" if person_id else None
    found.assigned_at = now if person_id else None
    session.flush()
    audit.record(session, actor, now, "discrepancy.assign", discrepancy_id)


def finance_people(session: Session) -> list[tuple[str, str]]:
    """Everybody of finance as (id, name), by name."""
    query = (
        select(Person.id, Person.name)
        .join(StaffRole, StaffRole.person_id == Person.id)
        .where(StaffRole.role == FINANCE)
        .distinct()
        .order_by(Person.name, Person.id)
    )
    return [(row.id, row.name) for row in session.execute(query)]
