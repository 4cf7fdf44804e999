"""The search terms of a case: written when it is submitted, anew when it is submitted again, erased with it.

Only what the procedure marks as searchable, the number and the name of who signed in to submit are copied; everything
else stays in the submission alone.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from engine.model import Procedure
from engine.searching.folding import fold
from engine.searching.terms import Term, terms, terms_of
from procedures.models import Application, SearchTerm
from procedures.searching.keyed import written
from procedures.storing.fixed import Fixed

REFERENCE, APPLICANT = "reference", "applicant"

_table = SearchTerm.__table__
_FORGET = Fixed(delete(_table).where(_table.c.application_id == bindparam("case_id")))
_application = Application.__table__
_WRITE = insert(_table)
_OF = Fixed(select(_application.c.office, _application.c.submitted_at).where(_application.c.id == bindparam("case_id")))
_MOVE = Fixed(update(_table).where(_table.c.application_id == bindparam("case_id")).values(office=bindparam("goal")))


def remember(
    session: Session,
    application_id: str,
    procedure: Procedure,
    reference: str,
    answers: Mapping[str, Any],
    applicant: Mapping[str, Any] | None,
) -> None:
    """Write the terms of the newest submission in place of those of an earlier one."""
    forget(session, application_id)
    [case] = _OF.all(session, {"case_id": application_id})
    placed = {"office": case.office, "submitted_at": case.submitted_at}
    rows = rows_of(application_id, procedure, reference, answers, applicant)
    session.connection().execute(_WRITE, [{**row, "term": written(row["term"]), **placed} for row in rows])


def forget(session: Session, application_id: str) -> None:
    """Nothing of the case is found any more."""
    _FORGET.change(session, {"case_id": application_id})


def moved(session: Session, application_id: str, office: str) -> None:
    """Another office finds the case from now on."""
    _MOVE.change(session, {"case_id": application_id, "goal": office})


def rows_of(
    application_id: str,
    procedure: Procedure,
    reference: str,
    answers: Mapping[str, Any],
    applicant: Mapping[str, Any] | None,
) -> list[dict[str, str]]:
    """The rows of a case, each term of a kind once."""
    found = [Term(REFERENCE, fold(reference)), *terms(procedure, answers)]
    if applicant:
        names = (applicant.get("name"), (applicant.get("business") or {}).get("name"))
        found += [Term(APPLICANT, term) for name in names if name for term in terms_of(name)]
    return [{"application_id": application_id, "kind": one.kind, "term": one.term} for one in dict.fromkeys(found)]
