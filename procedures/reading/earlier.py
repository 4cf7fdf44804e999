"""Other cases of the same applicant: by the account they were sent with, without one by name and date of birth."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.orm import Session, aliased

from engine.lifecycle import Status
from engine.model import Procedure, Text
from engine.searching.terms import terms_of
from procedures import library
from procedures.actors import Actor
from procedures.models import Application, SearchTerm
from procedures.reading import queues
from procedures.searching.keyed import spellings

MOST = 20
"""How many are shown, the newest."""
NAME, BIRTH = "applicant.name", "applicant.birth"

How = Literal["account", "name"]

_THIS = aliased(Application)  # made once: an alias costs more than asking for a row


@dataclass(frozen=True, slots=True)
class Alike:
    """Another case of the same applicant."""

    application_id: str
    reference: str
    title: Text
    status: Status
    submitted_at: datetime


def alike(
    session: Session,
    actor: Actor,
    application_id: str,
    procedure: Procedure,
    answers: Mapping[str, Any],
    *,
    account: bool,
) -> tuple[How, tuple[Alike, ...]]:
    """How they were matched, and the newest of them; only cases that the reader may see. One statement, by index.

    A visitor's case is matched where name and date of birth are both searchable, and both are the same, folded.
    """
    how: How = "account" if account else "name"
    same = _same_owner(application_id) if account else _same_person(procedure, answers)
    query = (
        select(Application.id, Application.reference, Application.digest, Application.status, Application.submitted_at)
        .where(same, Application.id != application_id, Application.round > 0, queues.of_offices(actor))
        .order_by(Application.created_at.desc())
        .limit(MOST)
    )
    return how, tuple(
        Alike(row.id, row.reference, library.by_digest(session, row.digest).title, Status(row.status), row.submitted_at)
        for row in session.execute(query)
    )


def _same_owner(application_id: str) -> ColumnElement[bool]:
    return Application.owner == select(_THIS.owner).where(_THIS.id == application_id).scalar_subquery()


def _same_person(procedure: Procedure, answers: Mapping[str, Any]) -> ColumnElement[bool]:
    terms = [next(_terms(procedure, answers, concept), None) for concept in (NAME, BIRTH)]
    if None in terms:
        return false()
    having = (select(SearchTerm.application_id).where(SearchTerm.term.in_(spellings(term))) for term in terms)
    name, born = (Application.id.in_(cases) for cases in having)
    return name & born


def _terms(procedure: Procedure, answers: Mapping[str, Any], concept: str) -> Iterator[str]:
    """The whole of what is answered to a searchable question of `concept`, folded."""
    for field in procedure.fields.values():
        if field.concept == concept and field.searchable and field.id in answers:
            for text in field.type.found_by(field, answers[field.id]):
                yield from terms_of(text)[:1]
