"""What the papers of a case are made of, read from the database: answers, what staff filled in, spellings."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.model import Procedure
from procedures.examining.entries import filled_in
from procedures.models import PaperSpelling
from procedures.papers.shown import Material
from procedures.reading import casefile


def material(session: Session, application_id: str, procedure: Procedure, day: date) -> Material:
    """For papers that are made, or previewed, as of a day of Tokyo."""
    answers = casefile.submission(session, application_id).answers
    query = select(PaperSpelling.place, PaperSpelling.spelling).where(PaperSpelling.application_id == application_id)
    spellings = {row.place: row.spelling for row in session.execute(query)}
    return Material(procedure, answers, day, filled_in(session, application_id), spellings)
