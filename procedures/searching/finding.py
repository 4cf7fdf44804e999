"""The cases that are found by words: read from the index of terms alone, the newest first."""

from collections.abc import Collection

from sqlalchemy import CompoundSelect, Select, Subquery, intersect, literal, or_, select, tuple_, union

from engine.references import normalise
from engine.searching.folding import words_of
from procedures.models import Application, SearchTerm
from procedures.models.base import UtcDateTime
from procedures.reading.ordering import Place
from procedures.searching.keyed import ranges

Found = Select[tuple[str]] | CompoundSelect[tuple[str]]


def found_by(typed: str, offices: Collection[str] | None) -> Found:
    """The ids of cases of these offices (all for None) in which every word is, each at the beginning of a term.

    A whole number finds its case in any event.
    """
    found = _with_every_word(typed, offices)
    ids = select(found.c.application_id)
    number = normalise(typed)
    return union(ids, select(Application.id).where(Application.reference == number)) if number else ids


def newest_found_by(typed: str, offices: Collection[str] | None, place: Place | None, limit: int) -> Found:
    """The first of them by the moment of submission, newest first, behind a place; before it, the other way round."""
    found = _with_every_word(typed, offices)
    back, keys = bool(place and place.back), (found.c.submitted_at, found.c.application_id)
    query = select(found.c.application_id)
    if place is not None:
        here = tuple_(literal(place.at, UtcDateTime), literal(place.application_id))
        query = query.where(tuple_(*keys) > here if back else tuple_(*keys) < here)
    return query.order_by(*(key.asc() if back else key.desc() for key in keys)).limit(limit)


def _with_every_word(typed: str, offices: Collection[str] | None) -> Subquery:
    words = words_of(typed)
    if not words:
        return _terms(None).where(SearchTerm.term == "").subquery()
    return intersect(*(_beginning_with(word, offices) for word in words)).subquery()


def _beginning_with(word: str, offices: Collection[str] | None) -> Select[tuple[str, object]]:
    within = ((SearchTerm.term >= start) & (SearchTerm.term < behind) for start, behind in ranges(word))
    return _terms(offices).where(or_(*within))


def _terms(offices: Collection[str] | None) -> Select[tuple[str, object]]:
    query = select(SearchTerm.application_id, SearchTerm.submitted_at).distinct()
    if offices is None:
        return query
    listed = [literal(office) for office in sorted(offices)]
    return query.where(SearchTerm.office == listed[0] if len(listed) == 1 else SearchTerm.office.in_(listed))
