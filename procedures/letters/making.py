"""Making the letter of a decision: numbered, set as PDF, sealed, kept."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from procedures import audit, jobs, lifecycle
from procedures.actors import SYSTEM
from procedures.blobs import Blobs, Kept
from procedures.database import Database
from procedures.days import tokyo_day
from procedures.keyring.owned import of
from procedures.letters import facts
from procedures.letters.agreed import LETTER
from procedures.letters.contents import TEMPLATE, Particulars, contents
from procedures.models import Decision, Letter
from procedures.papers import agreed
from procedures.papers.numbers import hand_out, reserve
from procedures.papers.typesetting import typeset
from procedures.seal import seal

JOB = "letter.make"

_letter = Letter.__table__


@dataclass(frozen=True, slots=True)
class _Order:
    """One letter to make: everything it says, read before the work outside the transaction begins."""

    letter_id: str
    application_id: str
    number: str
    contents: dict[str, Any]


def order(session: Session, now: datetime, decision_id: str) -> None:
    """Queue the letter of a decision."""
    jobs.enqueue(session, now, JOB, {"decision_id": decision_id}, key=f"letter:{decision_id}")


def handler(blobs: Blobs, templates: Path, seal_folder: Path, authority: str) -> jobs.Handler:
    """The handler of letters. Tried again, a letter has the same number and the same day: that of the decision.

    A letter that would not say what was decided on is not made: `NotAsDecided` leaves the job for a person.
    """

    def make(database: Database, job: jobs.ClaimedJob, now: datetime) -> jobs.Finish | None:
        with database.write() as session:
            ordered = _reserve(session, now, job.payload["decision_id"], authority)
        if ordered is None:
            return None
        sealed = seal(typeset(templates, TEMPLATE, ordered.contents), seal_folder)
        key = blobs.put(sealed)
        return lambda session: _keep(session, now, ordered, sealed, key)

    return make


def _reserve(session: Session, now: datetime, decision_id: str, authority: str) -> _Order | None:
    """The letter's row with its number, new or from an earlier try; None when it is there already."""
    decision = session.get_one(Decision, decision_id)
    case = lifecycle.lock(session, decision.application_id)
    row = session.execute(select(Letter).where(Letter.decision_id == decision_id)).scalar_one_or_none()
    if row is not None and row.issued_at is not None:
        return None
    day = tokyo_day(decision.decided_at)
    about = facts.of_decision(session, decision)
    agreed.check(LETTER, contents(about, Particulars("", day, "")), decision.contents)
    if row is None:
        row = Letter(
            application_id=case.id,
            decision_id=decision_id,
            number=reserve(session, now, "letter", case.office, case.id, decision.outcome),
            issued_on=day,
            reserved_at=now,
        )
        session.add(row)
        session.flush()
    return _Order(row.id, case.id, row.number, contents(about, Particulars(row.number, day, authority)))


def _keep(session: Session, now: datetime, ordered: _Order, pdf: bytes, key: Kept) -> None:
    """Write where the PDF lies; nothing for one that another try kept."""
    this = update(_letter).where(_letter.c.id == ordered.letter_id, _letter.c.issued_at.is_(None))
    digest = sha256(pdf).hexdigest()
    lies = {"blob_key": str(key), "blob_secret": of(ordered.application_id, key.secret), "sha256": digest}
    if session.execute(this.values(**lies, size=len(pdf), issued_at=now)).rowcount != 1:
        return
    hand_out(session, now, ordered.number)
    audit.record(session, SYSTEM, now, "letter", ordered.application_id, note=f"{ordered.number} {digest}")
