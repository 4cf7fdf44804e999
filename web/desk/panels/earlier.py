"""Other cases of the same applicant, in the offices whose cases this person may read; of others nothing is told."""

from sqlalchemy.orm import Session

from procedures.reading.earlier import Alike, How, alike
from web.desk.panels import Look


def read(session: Session, look: Look) -> tuple[How, tuple[Alike, ...]]:
    """How they were matched, and which. One statement, by index."""
    case = look.case
    account = case.applicant is not None
    return alike(session, look.actor, case.application_id, case.procedure, case.answers, account=account)
