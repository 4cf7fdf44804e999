"""Names for people on screens, from the keys that histories keep."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from procedures.models import Person

PREFIX = "person:"


def names_of(session: Session, person_ids: Iterable[str | None]) -> dict[str, str]:
    """Names by `person.id`, in one SELECT."""
    wanted = {person_id for person_id in person_ids if person_id}
    if not wanted:
        return {}
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def name_of_key(session: Session, actor_key: str) -> str:
    """The name of whom a history's `actor` means; the key itself where there is no name."""
    person_id = actor_key.removeprefix(PREFIX)
    return names_of(session, [person_id]).get(person_id, actor_key)
