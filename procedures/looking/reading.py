"""Who looked at what, for an auditor: the newest first, of one case or of one person."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.references import normalise
from procedures.actors import Actor
from procedures.authority import require
from procedures.models import Application, Look, Person
from procedures.reading.names import PREFIX

A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Looked:
    """One look, with names: `reference` is None for a case that is erased, `who` is the key where nobody is known."""

    seq: int
    at: datetime
    who: str
    who_key: str
    application_id: str
    reference: str | None
    what: str
    object_id: str | None


def looks(
    session: Session, actor: Actor, *, case: str = "", person: str = "", before: int | None = None
) -> list[Looked]:
    """A page of looks and one more where there are more. `case` is a number or an id, `person` a key or a name.

    Raises `NotFound` for whom the table of authority does not let read them.
    """
    require(actor, "look.read", None, "looks")
    query = (
        select(Look, Application.reference, Person.name)
        .outerjoin(Application, Application.id == Look.application_id)
        .outerjoin(Person, PREFIX + Person.id == Look.actor)
        .order_by(Look.seq.desc())
        .limit(A_PAGE + 1)
    )
    if case:
        ids = select(Application.id).where(Application.reference == (normalise(case) or ""))
        query = query.where((Look.application_id == case) | Look.application_id.in_(ids))
    if person:
        named = select(PREFIX + Person.id).where(Person.name == person)
        query = query.where((Look.actor == person) | Look.actor.in_(named))
    if before is not None:
        query = query.where(Look.seq < before)
    return [
        Looked(
            look.seq, look.at, name or look.actor, look.actor, look.application_id, reference, look.what, look.object_id
        )
        for look, reference, name in session.execute(query)
    ]
