"""The letters of a case, and opening one: for its owner and whoever reads the case at its office."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from procedures.actors import Actor
from procedures.attachments import Opened
from procedures.authority import may
from procedures.blobs import Blobs
from procedures.errors import NotFound
from procedures.models import Application, Decision, Letter

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class IssuedLetter:
    """A letter; `id` is None while it is being made. `holds`: it is of the decision that holds."""

    id: str | None
    outcome: str
    number: str | None
    issued_on: date | None
    holds: bool


def letters(session: Session, application_id: str) -> tuple[IssuedLetter, ...]:
    """Those of a case, the newest first, also those being made."""
    query = (
        select(Decision.outcome, Decision.turn, Application.turn.label("now"), Letter)
        .join(Application, Application.id == Decision.application_id)
        .outerjoin(Letter, Letter.decision_id == Decision.id)
        .where(Decision.application_id == application_id, Decision.appeal.is_not(None))
        .order_by(Decision.turn.desc())
    )
    return tuple(
        IssuedLetter(
            row.Letter.id if row.Letter and row.Letter.issued_at else None,
            row.outcome,
            row.Letter.number if row.Letter else None,
            row.Letter.issued_on if row.Letter else None,
            row.turn == row.now,
        )
        for row in session.execute(query)
    )


def open_letter(session: Session, blobs: Blobs, actor: Actor, application_id: str, letter_id: str) -> Opened:
    """The sealed PDF. Raises `NotFound` for everybody else and while it is not ready."""
    query = (
        select(Letter, Application)
        .join(Application, Application.id == Letter.application_id)
        .where(Letter.id == letter_id, Letter.application_id == application_id)
    )
    found = session.execute(query).one_or_none()
    if found is None or found.Letter.blob_key is None or not _may_see(actor, found.Application):
        raise NotFound(letter_id)
    row = found.Letter
    return Opened(f"{row.number}.pdf", PDF, row.size, blobs.open(row.blob_key, row.blob_secret))


def _may_see(actor: Actor, case: Application) -> bool:
    return actor.owner_key == case.owner or may(actor, "case.read", case)
