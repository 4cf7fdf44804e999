"""Drafts that several devices share by a code: which this browser has, and whether others have one of its own."""

from sqlalchemy.orm import Session

from procedures import applications
from procedures.actors import Actor
from procedures.applications import OwnRow
from procedures.continuing import resuming
from web.context import current_actor, settings, visit
from web.residents.filling.drafted import Filling


def shares(session: Session, filling: Filling) -> bool:
    """Whether the draft was opened by its code."""
    if current_actor().kind != "visitor":
        return False
    code = resuming.of_draft(session, filling.id, settings().secret_key)
    return code is not None and code.opened > 0


def own_and_shared(session: Session) -> list[OwnRow]:
    """One's own applications, and those that this browser opened by their code."""
    rows = applications.list_own(session, current_actor())
    known = {row.application_id for row in rows}
    for application_id, code in visit().grants.items():
        key = resuming.granted(session, application_id, code) if application_id not in known else None
        if key:
            mine = applications.list_own(session, Actor("visitor", key))
            rows += [row for row in mine if row.application_id == application_id]
    return rows
