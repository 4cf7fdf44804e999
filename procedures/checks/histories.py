"""Every case has a history that leads from draft to where it stands, by rows of the table of transitions."""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from sqlalchemy import and_, func, literal, select
from sqlalchemy.orm import Session

from engine.lifecycle import TRANSITIONS, Event, Status
from engine.references import normalise
from procedures.checks.finding import Finding, found
from procedures.keeping.erasing import NOBODY
from procedures.models import Application, AuditEvent, Decision, Proposal, StatusHistory

_history, _audit = StatusHistory.__table__.c, AuditEvent.__table__.c
_MOVE = _history.source.concat(literal(" > ")).concat(_history.target)
_LAWFUL = {(row.source.value, row.event.value, row.target.value) for row in TRANSITIONS}


def histories(session: Session) -> Iterator[Finding]:
    """Each change continues the one before, is in the table, and the last one leads to the status."""
    statuses = {row.id: row.status for row in session.execute(select(Application.id, Application.status))}
    query = select(
        StatusHistory.application_id, StatusHistory.event, StatusHistory.source, StatusHistory.target
    ).order_by(StatusHistory.application_id, StatusHistory.id)
    ends: dict[str, str] = {}
    for application_id, changes in groupby(session.execute(query), attrgetter("application_id")):
        at = Status.DRAFT.value
        for change in changes:
            if change.source != at:
                yield found("history_broken", application_id)
            if (change.source, change.event, change.target) not in _LAWFUL:
                yield found("transition_unlawful", application_id)
            at = change.target
        ends[application_id] = at
    for application_id, status in statuses.items():
        if ends.get(application_id, Status.DRAFT.value) != status:
            yield found("status_without_history", application_id)


def audited(session: Session) -> Iterator[Finding]:
    """Every change of a status has its row in the audit log, which says the same."""
    changes = (
        select(_history.application_id, _history.event, _MOVE.label("move"), func.count().label("times"))
        .group_by(_history.application_id, _history.event, _MOVE)
        .subquery()
    )
    links = (
        select(_audit.object_id, _audit.action, _audit.note, func.count().label("times"))
        .group_by(_audit.object_id, _audit.action, _audit.note)
        .subquery()
    )
    same = and_(
        links.c.object_id == changes.c.application_id,
        links.c.action == changes.c.event,
        links.c.note == changes.c.move,
    )
    missing = select(changes.c.application_id).outerjoin(links, same)
    missing = missing.where(func.coalesce(links.c.times, 0) < changes.c.times).distinct()
    for application_id in session.execute(missing).scalars():
        yield found("transition_unaudited", application_id)


def references(session: Session) -> Iterator[Finding]:
    """Whoever submitted has a number, and its check character is right."""
    query = select(Application.id, Application.reference).where(Application.round > 0)
    for row in session.execute(query):
        if row.reference is None:
            yield found("reference_missing", row.id)
        elif normalise(row.reference) != row.reference:
            yield found("reference_wrong", row.id)


def decisions(session: Session) -> Iterator[Finding]:
    """Decided cases have a decision, one a turn, and nobody decided alone."""
    alone = select(Decision.application_id).where(Decision.proposed_by == Decision.decided_by)
    for application_id in session.scalars(alone):
        yield found("decided_alone", application_id)
    decided = select(Decision.application_id, Decision.round)
    query = (
        select(Application.id)
        .join(Proposal, Proposal.application_id == Application.id)
        .where(Proposal.state == "decided", Proposal.outcome != "reopen")
        .where(~decided.where(Decision.proposal_id == Proposal.id).exists())
    )
    for application_id in session.execute(query).scalars():
        yield found("decision_missing", application_id)
    of_turn = decided.where(Decision.application_id == Application.id, Decision.turn == Application.turn)
    ended = (Status.REFUSED, Status.REVOKED)
    undecided = select(Application.id).where(
        Application.status.in_(ended), Application.owner != NOBODY, ~of_turn.exists()
    )
    for application_id in session.execute(undecided).scalars():
        yield found("decision_missing", application_id)


def turns(session: Session) -> Iterator[Finding]:
    """A case has begun as many turns as it was revoked or taken up again."""
    again = (
        select(func.count())
        .where(StatusHistory.application_id == Application.id, StatusHistory.event.in_((Event.REVOKE, Event.REOPEN)))
        .scalar_subquery()
    )
    for application_id in session.execute(select(Application.id).where(Application.turn != again)).scalars():
        yield found("turns_miscounted", application_id)
