"""Beginning an application from an earlier one: its answers wait in the draft until each page was looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from engine.journey import walk
from engine.model import Procedure
from engine.reuse import given_again, single_answers
from engine.versions.moving import migrate_answers
from procedures import audit, drafts, library
from procedures.actors import Actor
from procedures.amending.versions import between
from procedures.days import tokyo_day
from procedures.errors import NotFound
from procedures.models import Application
from procedures.profiles import origins
from procedures.profiles.known import Source
from procedures.profiles.origins import Origin
from procedures.reading import casefile
from procedures.storing.fixed import Fixed

MOST = 3
_application = Application.__table__
_SENT = Fixed(
    select(_application.c.id, _application.c.digest, _application.c.reference, _application.c.submitted_at)
    .where(
        _application.c.owner == bindparam("person"),
        _application.c.procedure_id == bindparam("procedure"),
        _application.c.round > 0,
    )
    .order_by(_application.c.submitted_at.desc(), _application.c.id)
    .limit(MOST)
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An application that was sent, to begin from."""

    application_id: str
    digest: str
    reference: str | None
    submitted_at: datetime


def earlier(session: Session, actor: Actor, procedure_id: str) -> list[Earlier]:
    """The actor's latest applications of a procedure that were sent, newest first; a visitor's are this browser's."""
    values = {"person": actor.owner_key, "procedure": procedure_id}
    return [Earlier(row.id, row.digest, row.reference, row.submitted_at) for row in _SENT.all(session, values)]


def begin(session: Session, actor: Actor, now: datetime, procedure: Procedure, source_id: str) -> str:
    """Begin a case as `drafts.start` does, with the answers of an earlier one waiting; returns its id.

    Raises `NotFound` where the earlier one is not the actor's, was not sent, or is of another procedure, and what
    `drafts.start` raises.
    """
    found = next((one for one in earlier(session, actor, procedure.id) if one.application_id == source_id), None)
    if found is None:
        raise NotFound(source_id)
    application_id = drafts.start(session, actor, now, procedure)
    today = tokyo_day(now)
    waiting = _carried(session, found, procedure, today)
    source = Source("begun_from", tokyo_day(found.submitted_at), found.digest, source_id)
    marks = {place: (answer, source) for place, answer in single_answers(procedure.fields.values(), waiting)}
    origins.save(session, application_id, Origin(source_id, waiting).marked(marks))
    audit.record(session, actor, now, "draft.begun_from", application_id, sorted(waiting), source_id)
    return application_id


def _carried(session: Session, found: Earlier, procedure: Procedure, today: date) -> dict[str, Any]:
    """The answers on the path of the earlier application, moved to this version, less what is asked anew."""
    old = library.by_digest(session, found.digest)
    answers: Mapping[str, Any] = casefile.submission(session, found.application_id).answers
    answers = walk(old, answers, tokyo_day(found.submitted_at)).answers
    for version in between(session, old, procedure) if old.digest != procedure.digest else ():
        answers = migrate_answers(old, version, answers, today).answers
        old = version
    return given_again(procedure, answers, today)
