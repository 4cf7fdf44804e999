"""Notes of the office for itself: never shown to an applicant, never changed."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from procedures import audit, lifecycle
from procedures.actors import Actor
from procedures.authority import require
from procedures.errors import MessageRefused
from procedures.keyring.owned import of
from procedures.models import CaseNote
from procedures.reading.names import names_of

LONGEST = 4_000
"""Characters of one note."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note; `by` is a name."""

    number: int
    text: str
    by: str
    at: datetime


_NOTES = select(CaseNote.__table__).where(CaseNote.application_id == bindparam("case_id")).order_by(CaseNote.number)


def notes_of(session: Session, application_id: str) -> tuple[Note, ...]:
    """The notes of a case, oldest first. The caller has checked that the reader is staff of its office."""
    rows = session.execute(_NOTES, {"case_id": application_id}).all()
    names = names_of(session, (row.by for row in rows)) if rows else {}
    return tuple(Note(row.number, row.text, names.get(row.by, row.by), row.at) for row in rows)


def write(session: Session, actor: Actor, now: datetime, application_id: str, text: str, nonce: str) -> bool:
    """Write a note; False where this form has sent it already (`nonce` is the form's).

    Raises `NotFound` for another office's case, and `MessageRefused` (empty, long).
    """
    case = lifecycle.lock(session, application_id)
    require(actor, "note.write", case, application_id)
    once = once_of(actor, application_id, text, nonce)
    if session.execute(select(CaseNote.number).where(CaseNote.once == once)).first():
        return False
    checked(text)
    row = {"application_id": application_id, "text": of(application_id, text), "by": actor.id, "at": now, "once": once}
    number = session.execute(insert(CaseNote).returning(CaseNote.number), row).scalar_one()
    audit.record(session, actor, now, "note.write", application_id, note=str(number))
    return True


def once_of(actor: Actor, application_id: str, text: str, nonce: str) -> str:
    """The same for a form that is sent twice by the same person with the same words."""
    words = f"{actor.key}\n{nonce}\n{text}"
    return f"{application_id}:{sha256(words.encode()).hexdigest()}"


def checked(text: str) -> None:
    """Raises `MessageRefused` for what cannot be kept."""
    if not text:
        raise MessageRefused("empty")
    if len(text) > LONGEST:
        raise MessageRefused("long")
