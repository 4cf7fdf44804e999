"""The condition that a case is found by words."""

from sqlalchemy import ColumnElement, and_, false, or_, select

from engine.references import normalise
from engine.searching.folding import words_of
from procedures.models import Application, SearchTerm

BEHIND_ALL = "\U0010ffff"


def found_by(typed: str) -> ColumnElement[bool]:
    """Cases in which every word is, each at the beginning of a term; a whole number finds its case in any event."""
    words = words_of(typed)
    found = and_(*(Application.id.in_(_with(word)) for word in words)) if words else false()
    number = normalise(typed)
    return or_(Application.reference == number, found) if number else found


def _with(word: str) -> object:
    return select(SearchTerm.application_id).where(SearchTerm.term >= word, SearchTerm.term < word + BEHIND_ALL)
