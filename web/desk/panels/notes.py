"""The notes of the office for itself."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from procedures.asides.notes import Note, notes_of
from procedures.authority import may
from procedures.models import new_id
from web.desk.panels import Look


@dataclass(frozen=True, slots=True)
class Notes:
    """All of them, oldest first; `nonce` makes one note of a form that is sent twice."""

    all: tuple[Note, ...]
    nonce: str
    may_write: bool


def read(session: Session, look: Look) -> Notes:
    """One statement."""
    return Notes(notes_of(session, look.case.application_id), new_id(), may(look.actor, "note.write", look.case))
