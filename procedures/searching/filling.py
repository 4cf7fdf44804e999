"""Search terms of what was submitted before there were any, or before more became searchable."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from procedures import library
from procedures.keyring.live import current
from procedures.models import Application, Submission
from procedures.searching.remembering import remember
from procedures.storing import answers as stored

A_BATCH = 200


@dataclass(frozen=True, slots=True)
class Filled:
    """How many cases a batch was of, and the id to go on behind; None at the end."""

    cases: int
    last: str | None


def fill(session: Session, after: str = "", limit: int = A_BATCH) -> Filled:
    """Write the terms of the next cases behind this id anew. Interrupted, it is begun again without harm."""
    next_ones = select(Application.id).where(Application.id > after, Application.reference.is_not(None))
    ids = session.scalars(next_ones.order_by(Application.id).limit(limit)).all()
    current().meet(ids)
    query = (
        select(Application, Submission.answers, Submission.applicant)
        .join(Submission, (Submission.application_id == Application.id) & (Submission.round == Application.round))
        .where(Application.id.in_(ids))
        .order_by(Application.id)
    )
    rows = session.execute(query).all()
    for case, answers, applicant in rows:
        procedure = library.by_digest(session, case.digest)
        remember(session, case.id, procedure, case.reference, stored.unpack(answers), applicant)
    return Filled(len(rows), ids[-1] if ids else None)
