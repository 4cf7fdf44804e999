"""Proposals that come to one of those who may pass or decide them, where the office's manager wishes it.

Whoever is asked sees it among what waits for them; the others of the stage may still act on it (a decision is nobody's
property). Nobody is asked for what they proposed, or passed at an earlier stage.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Row, func, or_, select, update
from sqlalchemy.orm import Session

from procedures import audit, jobs
from procedures.actors import SYSTEM
from procedures.assigning import colleagues, presence
from procedures.assigning.automatic import AT_ONCE, locked_office, offices
from procedures.assigning.choosing import IN_HAND, WHOLE, Candidate, choose
from procedures.assigning.loads import shares
from procedures.database import Database
from procedures.days import tokyo_day
from procedures.models import Application, Endorsement, Proposal

_proposal, _application = Proposal.__table__, Application.__table__
People = dict[str, Candidate]
"""By id; who is asked about one more is replaced in it."""


def handler() -> jobs.Handler:
    """The handler of these jobs: asks in the transaction that marks the job as done."""

    def ask_somebody(_database: Database, job: jobs.ClaimedJob, now: datetime) -> Callable[[Session], None]:
        return partial(_finish, now, job.payload["application_id"])

    return ask_somebody


def _finish(now: datetime, application_id: str, session: Session) -> None:
    ask(session, now, application_id)


def ask(session: Session, now: datetime, application_id: str) -> str | None:
    """Ask somebody about the open proposal of a case; returns whom, None where there is nothing to ask or nobody."""
    office = session.execute(select(Application.office).where(Application.id == application_id)).scalar_one_or_none()
    if office is None or not locked_office(session, office):
        return None
    found = _waiting(session, now, office, 1, application_id)
    return _give(session, now, *found[0]) if found else None


def ask_waiting(session: Session, now: datetime, office: str, limit: int = AT_ONCE) -> int:
    """Ask about up to `limit` proposals of each role of which nobody, or somebody who is not there, is asked.

    Returns how many somebody is asked about now.
    """
    if not locked_office(session, office):
        return 0
    return sum(_give(session, now, *one) is not None for one in _waiting(session, now, office, limit))


def ask_everywhere(database: Database, now: datetime) -> int:
    """In every office that assigns by itself, in a transaction of its own; returns how many proposals."""
    with database.read() as session:
        wishing = offices(session)
    total = 0
    for office in wishing:
        with database.write() as session:
            total += ask_waiting(session, now, office)
    return total


def _waiting(
    session: Session, now: datetime, office: str, limit: int, application_id: str | None = None
) -> list[tuple[Row[Any], People]]:
    """Open proposals that nobody who is there is asked about, with those who could be; their cases are locked."""
    found: list[tuple[Row[Any], People]] = []
    for role in colleagues.AT_CASES:
        people = _there(session, now, office, role)
        query = (
            select(_proposal.c.id, _proposal.c.application_id, _proposal.c.proposed_by, _proposal.c.asked)
            .join(_application, _application.c.id == _proposal.c.application_id)
            .where(_proposal.c.state == "open", _proposal.c.role == role, _application.c.office == office)
            .where(or_(_proposal.c.asked.is_(None), _proposal.c.asked.not_in(people)))
            .order_by(_proposal.c.proposed_at, _proposal.c.id)
            .limit(limit)
            .with_for_update(of=_application, skip_locked=application_id is None)
        )
        if application_id is not None:
            query = query.where(_proposal.c.application_id == application_id)
        found += [(row, people) for row in session.execute(query)]
    return found


def _give(session: Session, now: datetime, proposal: Row[Any], people: People) -> str | None:
    """Who has least of what waits, for their share, is asked; where nobody can be, it waits for all of them again."""
    acted = {proposal.proposed_by, *_passed_by(session, proposal.id)}
    chosen = choose(one for one in people.values() if one.person_id not in acted)
    person_id = chosen.person_id if chosen else None
    if chosen:
        people[chosen.person_id] = chosen.with_one_more(int(now.timestamp()))
    if person_id != proposal.asked:
        this = update(_proposal).where(_proposal.c.id == proposal.id)
        session.execute(this.values(asked=person_id, asked_at=now if person_id else None))
        audit.record(session, SYSTEM, now, "proposal.asked", proposal.application_id, note=person_id or "")
    return person_id


def _passed_by(session: Session, proposal_id: str) -> set[str]:
    query = select(Endorsement.by, Endorsement.stood_in_for).where(
        Endorsement.proposal_id == proposal_id, Endorsement.undone_at.is_(None)
    )
    return {one for row in session.execute(query) for one in row if one}


def _there(session: Session, now: datetime, office: str, role: str) -> People:
    """Who holds the role in the office and is not away, with what waits for each; `last` is a moment in seconds."""
    everybody = [one.id for one in colleagues.of_office(session, office, role)]
    away = presence.absent(session, everybody, tokyo_day(now))
    people = [one for one in everybody if one not in away]
    asked = _proposal.c.asked
    of_them = select(asked, func.count(), func.max(_proposal.c.asked_at)).where(asked.in_(people)).group_by(asked)
    waiting = {row[0]: row[1] for row in session.execute(of_them.where(_proposal.c.state == "open"))}
    last = {row[0]: int(row[2].timestamp()) for row in session.execute(of_them)}
    percent = shares(session, office)
    return {
        one: Candidate(one, IN_HAND * waiting.get(one, 0), percent.get(one, WHOLE), last.get(one, 0)) for one in people
    }
